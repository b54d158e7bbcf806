"""Labels with a QR code for places and equipment."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.numbers import numbers_of
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import gates
from shouwen.doors.web.settings_room.pages import form_page
from shouwen.ground.org.models import Unit
from shouwen.work.ways import actions, queries
from shouwen.work.ways.models import PlaceLabel
from shouwen.work.ways.printing import print_labels
from shouwen.work.ways.rules import MOST_LABELS

from .channels import Nothing
from .pages import back, division, page


class LabelForm(PaperForm):
    """One place a line; behind a bar its English name."""

    names = forms.CharField(
        label=_("地点或设备"), max_length=12_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("每行一个；英文名称写在竖线后，例如：一栋一单元电梯 | Lift, block 1"),
    )  # fmt: skip

    def pairs(self) -> list[tuple[str, str]]:
        """(name, English name) of every line."""
        lines = self.cleaned_data["names"].replace("｜", "|").splitlines()
        parts = (line.partition("|") for line in lines if line.strip())
        return [(zh.strip(), en.strip()) for zh, _bar, en in parts]

    def clean_names(self) -> str:
        """Names that fit on a label."""
        text: str = self.cleaned_data["names"]
        self.cleaned_data["names"] = text
        if any(len(zh) > 60 or len(en) > 80 for zh, en in self.pairs()):
            raise forms.ValidationError(_("名称最多 60 个字，英文最多 80 个字符"))
        return text


def _labeller_only(request: Request, unit: Unit) -> None:
    if not actions.may_label(request.person, unit):
        raise PermissionDenied


def listing(request: Request) -> HttpResponse:
    """The labels of a division, the newest first."""
    unit = division(request)
    found = page_of(queries.labels(unit), request)
    mine = actions.may_label(request.person, unit)
    return page(request, "labels", unit, page=found, labeller=mine)


def new(request: Request) -> HttpResponse:
    """Make labels, many at once."""
    unit = division(request)
    _labeller_only(request, unit)
    form = LabelForm(request.POST if request.method == "POST" else None)

    def act(_data: dict[str, Any]) -> None:
        actions.make_labels(form.pairs(), division=unit, by=request.person)

    return form_page(
        request, form, act, title=_("制作标签"), hint=unit.name,
        back=back("gateways:labels", unit), button=_("制作"), done=_("标签已制作，可以打印"),
    )  # fmt: skip


def sheet(request: Request) -> HttpResponse:
    """The labels as PDF: those asked for, else every one in use."""
    unit = division(request)
    _labeller_only(request, unit)
    found = PlaceLabel.objects.filter(division=unit, retired_at__isnull=True).order_by("id")
    asked = numbers_of(request.GET.getlist("label")[:MOST_LABELS])
    if asked:
        found = found.filter(pk__in=asked)
    paper = print_labels(list(found[:MOST_LABELS]), division=unit, by=request.person)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="labels.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def retirement(request: Request, pk: int) -> HttpResponse:
    """Take a label out of use."""
    label = get_object_or_404(PlaceLabel.objects.select_related("division"), pk=pk)
    unit = gates.division_in_sight(request, label.division.code)
    _labeller_only(request, unit)
    form = Nothing(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, lambda _data: actions.retire_label(label, by=request.person),
        title=_("停用标签"), hint=label.name, back=back("gateways:labels", unit),
        button=_("停用"), done=_("标签已停用"), danger=True,
    )  # fmt: skip
