"""What else can be begun on a case: papers beside the sheet, and what is possible after its end."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.papers.filing import filable
from shouwen.doors.web.refusals import Said, say
from shouwen.engines.documents.models import Sheet
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason, Refused
from shouwen.ground.org.models import Person
from shouwen.work.cases.access import require_role, role_of
from shouwen.work.cases.models import Case
from shouwen.work.cases.refiling import CLAUSE as REFILING
from shouwen.work.cases.refiling import why_not_refiled
from shouwen.work.cases.reopening import why_no_objection, why_no_petition


@dataclass(frozen=True)
class Way:
    """One thing that can be begun: an address, or the reasons why not."""

    key: str
    title: Any
    icon: str
    clause: str
    url: str
    reasons: list[Said] = field(default_factory=list)


def after_the_end(case: Case, person: Person, run: Run, sheet: Sheet) -> list[Way]:
    """What somebody would look for on a closed case, possible or not."""
    form = reverse("papers:new", args=[case.pk, "_"])
    ways = [
        Way("refile", _("客户不接受结论:另填新表"), "copy-plus", REFILING,
            reverse("cases:refile", args=[case.pk]), _said(_why_not_refile(case, person))),
        Way("objection", _("客户对不成立有异议:呈报上级"), "message-exclamation", "R4-58",
            form.replace("_", "objection"), _said(why_no_objection(case))),
        Way("petition", _("部门对决议有异议:提签呈"), "file-import", "R4-55",
            form.replace("_", "petition"), _said(why_no_petition(run, sheet))),
        Way("change", _("更改原表"), "pencil-off", "R4-47", "", _said([_SEALED])),
    ]  # fmt: skip
    return sorted(ways, key=lambda way: bool(way.reasons))


_SEALED = Reason(
    N_("已结案并发出五联,原表不能再改"),
    "R4-47",
    instead=N_("客户不接受的另填新表;部门有异议的提签呈,准予复议后重新核决"),
)


def _why_not_refile(case: Case, person: Person) -> list[Reason]:
    if found := why_not_refiled(case):
        return found
    now = clock.now()
    try:
        require_role(role_of(REFILING, now), case.division, REFILING, by=person, at=now)
    except Refused as refused:
        return [*refused.reasons]
    return []


def _said(reasons: list[Reason]) -> list[Said]:
    return [say(reason) for reason in reasons]


def to_file(case: Case, person: Person) -> list[Any]:
    """The papers this person may file on the case now."""
    return [one for one in filable(case, person) if one.allowed]
