"""Systems that may use the interface. A token is shown once, on the answer to making it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from shouwen.doors.api import actions
from shouwen.doors.api.models import ApiClient
from shouwen.doors.web.forms import PaperForm, at_fields
from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import gates
from shouwen.doors.web.settings_room.pages import form_page

from .channels import Nothing
from .pages import back, division, page


class ClientForm(PaperForm):
    """Which system, and what it may do."""

    name = forms.CharField(label=_("系统名称"), max_length=60)
    scopes = forms.MultipleChoiceField(label=_("权限"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes()  # type: ignore[attr-defined]


def scopes() -> list[tuple[str, Any]]:
    """What may be allowed, in words."""
    from django.utils.translation import gettext

    return [(key, f"{gettext(word)} ({key})") for key, word in actions.SCOPES.items()]


def listing(request: Request) -> HttpResponse:
    """Who may come in, and who may no more."""
    unit = division(request)
    gates.keeper_only(request, unit)
    found = ApiClient.objects.filter(division=unit).select_related("created_by", "revoked_by")
    return page(request, "clients", unit, clients=found)


def new(request: Request) -> HttpResponse:
    """Let a system in. The form has no token of its own: the answer must not be kept."""
    unit = division(request)
    gates.keeper_only(request, unit)
    form = ClientForm(request.POST if request.method == "POST" else None)
    issued = None
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            issued = actions.create_client(
                unit, form.cleaned_data["name"], form.cleaned_data["scopes"], by=request.person
            )
    context = {
        "form": form, "unit": unit, "issued": issued, "back": back("gateways:clients", unit),
    }  # fmt: skip
    status = 422 if form.errors else 200
    response = render(request, "gateways/client_new.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def revocation(request: Request, pk: int) -> HttpResponse:
    """Shut a system out."""
    client = get_object_or_404(ApiClient.objects.select_related("division"), pk=pk)
    unit = gates.division_in_sight(request, client.division.code)
    gates.keeper_only(request, unit)
    form = Nothing(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, lambda _data: actions.revoke_client(client, by=request.person),
        title=_("停止接入"), hint=client.name, back=back("gateways:clients", unit),
        button=_("停止接入"), done=_("这个系统的令牌已失效"), danger=True,
    )  # fmt: skip
