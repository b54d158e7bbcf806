"""What the pages of this room share: the tabs, and a form on a page of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web import links
from shouwen.doors.web.forms import PaperForm, at_fields
from shouwen.doors.web.people import Request

TABS = (
    ("settings:organisation", _("组织")),
    ("settings:calendar", _("工作日历")),
    ("settings:values", _("公司规定值")),
    ("settings:adoptions", pgettext_lazy("tab", "采用制度")),
    ("mail:boxes", _("邮箱")),
    ("gateways:channels", _("渠道与接入")),
)


def tabs(request: Request) -> list[tuple[str, Any]]:
    """The tabs that open to the reader."""
    return [(name, word) for name, word in TABS if links.opens(request.person, name)]


def page(request: Request, template: str, tab: str, **context: Any) -> HttpResponse:
    """A page of the room with its tabs."""
    context |= {"tabs": tabs(request), "tab": f"settings:{tab}"}
    return render(request, f"settings_room/{template}.html", context)


def form_page(
    request: Request,
    form: PaperForm,
    act: Callable[[dict[str, Any]], object],
    *,
    title: Any,
    back: str,
    button: Any,
    done: Any,
    hint: Any = "",
    danger: bool = False,
) -> HttpResponse:
    """Show a form, or do what it asks and go back; what is refused stands at its field."""
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form), _shape_at_fields(form):
            act(form.cleaned_data)
        if form.is_valid():
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form, "title": title, "back": back, "button": button, "hint": hint,
        "danger": danger, "draft": request.path.strip("/").replace("/", "-"),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "settings_room/form.html", context, status=status)


@contextmanager
def _shape_at_fields(form: PaperForm) -> Iterator[None]:
    """A record that the model itself does not take: the reason goes to its field."""
    try:
        yield
    except ValidationError as error:
        for name, texts in error.message_dict.items():
            for text in texts:
                form.add_error(name if name in form.fields else None, text)
