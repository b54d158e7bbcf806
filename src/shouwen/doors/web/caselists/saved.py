"""Views people keep: a name for the filters of a list."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web.models import SavedView
from shouwen.doors.web.people import Request
from shouwen.ground.org.models import Person

MOST = 20
_NOT_KEPT = ("after", "before", "once")


class KeepForm(forms.Form):
    """A name and the filters as the address had them."""

    name = forms.CharField(max_length=40)
    query = forms.CharField(max_length=600, required=False)


def views_of(person: Person, place: str) -> list[SavedView]:
    """What a person kept of a list, by name."""
    return list(SavedView.objects.filter(person=person, place=place)[:MOST])


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep the filters under a name; the same name again replaces them."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请给这组筛选条件起一个 40 字以内的名字。"))
        return redirect("caselists:list")
    query = QueryDict(form.cleaned_data["query"], mutable=True)
    for name in _NOT_KEPT:
        query.pop(name, None)
    with transaction.atomic():
        if len(views_of(request.person, "caselists:list")) >= MOST:
            messages.error(request, _("最多保存 20 个视图，请先删去不用的。"))
            return redirect(f"{reverse('caselists:list')}?{query.urlencode()}")
        SavedView.objects.update_or_create(
            person=request.person,
            place="caselists:list",
            name=form.cleaned_data["name"].strip(),
            defaults={"query": query.urlencode()[:600]},
        )
    messages.success(request, _("已保存这个视图。"))
    return redirect(f"{reverse('caselists:list')}?{query.urlencode()}")


@require_POST
def forget(request: Request, pk: int) -> HttpResponse:
    """Drop a view; only one's own."""
    gone, _rows = SavedView.objects.filter(pk=pk, person=request.person).delete()
    if not gone:
        raise Http404(pk)
    messages.success(request, _("已删去这个视图。"))
    return redirect("caselists:list")
