"""Taking a contact of a service centre: who, what, what is wanted; one key makes a matter of it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web import refusals
from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.quick import channels
from shouwen.doors.web.quick.calls import call_of
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.circumstances import flow_of
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import actions as cases
from shouwen.work.cases import queries as case_lists
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting
from shouwen.work.cases.course import classes, courses
from shouwen.work.cases.models import Case, Kind
from shouwen.work.customers import access
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import access as contact_access
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import queries as contacts
from shouwen.work.interactions.models import Channel, Interaction, Nature
from shouwen.work.telephony import actions as telephony

from . import calling
from .looking import Who, about, look

KINDS = (Kind.COMPLAINT, Kind.CONSULTATION, Kind.REPAIR, Kind.REQUEST)
NATURES = {
    Kind.COMPLAINT: Nature.PROBLEM,
    Kind.CONSULTATION: Nature.ENQUIRY,
    Kind.REPAIR: Nature.SERVICE,
    Kind.REQUEST: Nature.DEMAND,
}
"""What kind of contact becomes what kind of matter."""
KIND_OF = {nature: kind for kind, nature in NATURES.items()}
EARLIER = 5


def home_of(person: Person) -> Unit | None:
    """The service centre a person takes contacts for: a division of his whose matters are general.

    None for whoever works in a division that runs quality complaints: there the other form is used.
    """
    if org.divisions_under(person, "R4"):
        return None
    seen = [org.unit_by_id(pk) for pk in sorted(org.divisions_visible(person))]
    return next((one for one in seen if _takes(one)), None)


def _takes(division: Unit) -> bool:
    found = courses.courses_of(Kind.COMPLAINT)
    return bool(found) and any(org.adopted(division, code) for code in ("R2", "R3", "R6"))


class GeneralForm(PaperForm):
    """What the customer says. Errors of the verbs come back at these fields."""

    clauses = {"wanted": "R2-04", "description": "R5-17", "kind": "R5-06"}
    wide = {"title"}

    phone = forms.CharField(label=gettext_lazy("来电号码"), max_length=40, required=False)
    words = forms.CharField(label=gettext_lazy("或按客户查找"), max_length=60, required=False)
    customer = forms.ModelChoiceField(
        queryset=Customer.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("请先选定客户：输入来电号码，或按名称、编号查找")},
    )
    caller = forms.CharField(label=gettext_lazy("反映人"), max_length=40)
    channel = forms.ChoiceField(label=gettext_lazy("渠道"), choices=Channel.choices)
    received_at = forms.DateTimeField(label=gettext_lazy("接到时间"))
    kind = forms.ChoiceField(label=gettext_lazy("事项"), widget=forms.RadioSelect)
    category = forms.ChoiceField(label=gettext_lazy("内容类别"), required=False)
    title = forms.CharField(label=gettext_lazy("事由"), max_length=120)
    description = forms.CharField(
        label=gettext_lazy("客户怎么说"), max_length=4000, widget=forms.Textarea
    )
    wanted = forms.CharField(
        label=gettext_lazy("客户希望的结果"), max_length=1000, widget=forms.Textarea, required=False
    )
    address = forms.CharField(label=gettext_lazy("地址或地点"), max_length=200, required=False)

    def __init__(self, person: Person, division: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Customer.objects.filter(access.visible_customers(person), division=division)
        self.fields["customer"].queryset = seen.select_related("division", "salesperson")  # type: ignore[attr-defined]
        published = [one for one in channels.choices(person) if one[0].startswith(channels.PREFIX)]
        self.fields["channel"].choices = [*published, *Channel.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(one.value, one.label) for one in KINDS]  # type: ignore[attr-defined]
        known = classes.choices(division.pk, classes.CATEGORIES)
        self.fields["category"].choices = [("", gettext_lazy("待分类")), *known]  # type: ignore[attr-defined]
        self._dress()

    def begin_at(self, name: str) -> None:
        """Who calls is known: the hand begins where something is still to be written."""
        self.fields["phone"].widget.attrs.pop("autofocus", None)
        self.fields[name].widget.attrs["autofocus"] = True

    def _dress(self) -> None:
        looks = {
            "autocomplete": "off",
            "hx-get": reverse_lazy("intake:who_general"),
            "hx-trigger": "input changed delay:250ms, change",
            "hx-target": "#who",
            "hx-include": "#id_phone, #id_words, #shown",
        }
        self.fields["phone"].widget.input_type = "tel"
        self.fields["phone"].widget.attrs.update(looks, autofocus=True, inputmode="tel")
        self.fields["words"].widget.attrs.update(looks, placeholder=_("名称、拼音首字母或编号"))
        self.fields["caller"].widget.attrs.update(list="contacts", autocomplete="off")
        self.fields["description"].widget.attrs["rows"] = 4
        self.fields["wanted"].widget.attrs["rows"] = 2


def new(request: Request, division: Unit) -> HttpResponse:
    """The form of a service centre, empty or with what was typed."""
    if request.method == "POST":
        return _take(request, division)
    spoken = _waiting(request, request.GET.get("interaction", ""))
    call = call_of(request.person, request.GET.get("call", ""))
    phone = request.GET.get("phone", "")[:60] or (call.caller if call else "")
    if spoken:
        return _page(request, _from(request, division, spoken), _whose(request, spoken))
    start = {
        "phone": phone,
        "channel": request.GET.get("channel") or channels.first_phone(request.person),
        "received_at": clock.now(),
        "kind": request.GET.get("kind") or Kind.COMPLAINT,
    }
    panel = look(request.person, phone, request.GET.get("words", "")[:60])
    form = GeneralForm(request.person, division, initial={**start, "caller": panel.caller})
    if panel.customer:
        form.begin_at("title" if panel.caller else "caller")
    return _page(request, form, panel)


def _take(request: Request, division: Unit) -> HttpResponse:
    form = GeneralForm(request.person, division, request.POST)
    again = number_of(request.POST.get("same", ""))
    if again is not None:  # what it is about stands on the matter
        form.fields["title"].required = False
    if form.is_valid():
        try:
            case = _keep(request, form)
        except Refused as refused:
            refusals.keep(request, refused)
            refusals.add_reasons(form, refused)
        else:
            told = _("已登记 %(number)s。")
            if again is not None:
                told = _("已记在 %(number)s 名下，计为同一事再次来电。")
            messages.success(request, told % {"number": case.label})
            return redirect("cases:show", case.pk)
    customer = form.cleaned_data.get("customer")
    caller = request.POST.get("caller", "")
    panel = about(request.person, customer, caller) if customer else None
    panel = panel or look(request.person, form["phone"].value() or "", form["words"].value() or "")
    return _page(request, form, panel, status=422)


def _waiting(request: Request, word: str) -> Interaction | None:
    """The contact an address names, while nobody deals with it yet."""
    number = number_of(word)
    if number is None:
        return None
    found = contact_access.access_interaction(request.person, number)
    return found if found.matter is None else None


def _from(request: Request, division: Unit, spoken: Interaction) -> GeneralForm:
    """The form with what the contact says already."""
    told = spoken.text
    start = {
        "phone": told.phone, "caller": told.name, "channel": spoken.channel,
        "received_at": spoken.at, "title": told.subject or told.body[:60],
        "description": told.body, "wanted": told.wanted,
        "kind": KIND_OF.get(Nature(spoken.nature), Kind.COMPLAINT),
    }  # fmt: skip
    return GeneralForm(request.person, division, initial=start)


def _whose(request: Request, spoken: Interaction) -> Who:
    told = spoken.text
    if spoken.customer:
        return about(request.person, spoken.customer, told.name)
    return look(request.person, told.phone, "")


@one_act
def _keep(request: Request, form: GeneralForm) -> Case:
    """The contact, and the matter it becomes or belongs to: both or neither."""
    data = form.cleaned_data
    call = call_of(request.person, request.POST.get("call", ""))
    way = channels.chosen(data["channel"], request.person)
    data["channel"] = way.channel
    spoken = _waiting(request, request.POST.get("interaction", ""))
    if spoken is None:
        draft = replace(_draft(data), more=way.more, **calling.named(call))
        spoken = interactions.record_interaction(draft, by=request.person)
    if call:
        telephony.bind(call, spoken, by=request.person)
    same = number_of(request.POST.get("same", ""))
    if same is not None:
        mine = case_lists.of_customer(request.person, data["customer"].pk)
        case = get_object_or_404(mine, pk=same)
        contacting.tie_contact(spoken, case, by=request.person)
        return case
    case = contacting.open_from(spoken, _intake(data, request.person), by=request.person)
    return _pass_on(case, request.person)


def _draft(data: dict[str, Any]) -> interactions.Draft:
    customer: Customer = data["customer"]
    return interactions.Draft(
        customer.division, data["description"], channel=data["channel"],
        nature=NATURES[data["kind"]], customer=customer, name=data["caller"], phone=data["phone"],
        subject=data["title"], wanted=data["wanted"], spoken_at=data["received_at"],
    )  # fmt: skip


def _intake(data: dict[str, Any], by: Person) -> Intake:
    customer: Customer = data["customer"]
    return Intake(
        customer.division, customer, data["category"] or classes.UNSORTED, data["title"],
        data["description"], channel=data["channel"], caller=data["caller"], phone=data["phone"],
        kind=data["kind"], wanted=data["wanted"],
        sheet={"address": data["address"] or customer.address, "handler": by.pk},
    )  # fmt: skip


def _pass_on(case: Case, by: Person) -> Case:
    """What is complete goes on at once; what is not waits for its owner, and says what it lacks."""
    run = flow_queries.run_of(case)
    flow = flow_of(run)
    section = flow.stage(run.stage).section
    version = next(p.version for p in cases.sheet_of(case).sections.all() if p.key == section)
    try:
        with transaction.atomic():
            cases.move(case, flow.moves_from(run.stage)[0].move, by=by, version=version)
    except Refused:
        return case
    case.refresh_from_db()
    return case


def _page(request: Request, form: GeneralForm, panel: Who, status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    context = {
        "form": form,
        "who": panel,
        "spoken": _waiting(request, asked.get("interaction", "")),
        "call": call_of(request.person, asked.get("call", "")),
        **_beside(request, panel),
    }
    return render(request, "intake/general.html", context, status=status)


def _beside(request: Request, panel: Who) -> dict[str, list[Interaction]]:
    """What was said before with this customer, the newest first."""
    if panel.customer is None:
        return {"earlier": []}
    return {"earlier": list(contacts.of_customer(panel.customer)[:EARLIER])}


@require_GET
def who_general(request: Request) -> HttpResponse:
    """The panel for what was typed, or nothing while it still shows the same customer."""
    number = number_of(request.GET.get("customer", ""))
    panel = None
    if number is not None:
        try:
            known = access.access_customer(request.person, number)
        except Customer.DoesNotExist:
            known = None
        panel = about(request.person, known, request.GET.get("caller", "")[:40]) if known else None
    if panel is None:
        panel = look(request.person, request.GET.get("phone", ""), request.GET.get("words", ""))
        shown = request.GET.get("shown", "")
        if shown and panel.customer and str(panel.customer.pk) == shown:
            return HttpResponse(status=204)
    division = home_of(request.person)
    caller = {"caller": panel.caller}
    form = GeneralForm(request.person, division, initial=caller) if division else None
    context = {"who": panel, "form": form, "here": reverse("intake:new"), **_beside(request, panel)}
    return render(request, "intake/_who_general.html", context)
