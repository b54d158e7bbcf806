"""The lists of this room: improvements, notices, claims."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.words import listed
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.outcomes.assessment import access, queries
from shouwen.outcomes.assessment.improvements import PAPERS, is_late
from shouwen.outcomes.assessment.models import Claim, Improvement, Notice

from .forms import ClaimFilters, ImprovementFilters, NoticeFilters, below

PAGE = "assessment/list.html"
State, Status = Improvement.State, Claim.Status
GOOD = {paper.good for paper in PAPERS.values()}


def case_url(row: Any) -> str:
    """The complaint of a row."""
    return reverse("cases:show", args=[row.case_id])


def paper_url(row: Any) -> str:
    """The paper of a row."""
    return reverse("papers:show", args=[row.sheet_id])


def _improvements(filters: ImprovementFilters, divisions: set[int]) -> QuerySet[Improvement]:
    found = queries.improvements_in(divisions).filter(filters.of_the_case("plan"))
    if kind := filters.asked("kind"):
        found = found.filter(kind=kind)
    if unit := filters.asked("unit"):
        found = found.filter(owner__in=queries.people_of(below(unit)))
    state = filters.asked("state") or ""
    if state in State.values:
        return found.filter(state=state)
    if state == "late":
        return queries.running_late(found)
    return found if state == "all" else found.exclude(state=State.CLOSED)


def _improvement_columns(rows: list[Any]) -> list[Column]:
    reminded = reminders(rows)
    return [
        Column("plan", _("改善方案"), link=paper_url),
        Column("case", _("客诉"), read="case.label", link=case_url),
        Column("customer", _("客户"), read="case.customer.name", phone=False),
        Column("kind", _("种类"), read="get_kind_display"),
        Column("owner", _("负责人"), kind="person"),
        Column("due_on", _("期限"), kind="day"),
        Column("state", _("状态"), kind="badge", read=improvement_state),
        Column("reminded", _("督促"), read=lambda row: _times(reminded.get(row.sheet_id))),
    ]


def reminders(rows: list[Any]) -> dict[int, tuple[int, Any]]:
    """How often the owners of some papers were reminded, and when last; two statements."""
    dues = dict(
        Due.objects.filter(
            subject_kind="sheet", subject_id__in=[row.sheet_id for row in rows]
        ).values_list("pk", "subject_id")
    )
    said = (
        Entry.objects.filter(event="due.reminded", subject_kind="due", subject_id__in=dues)
        .values("subject_id")
        .annotate(times=Count("id"), last=Max("at"))
    )
    found: dict[int, tuple[int, Any]] = {}
    for one in said:
        sheet = dues[one["subject_id"]]
        times, last = found.get(sheet, (0, one["last"]))
        found[sheet] = (times + one["times"], max(last, one["last"]))
    return found


def _times(reminded: tuple[int, Any] | None) -> str:
    if reminded is None:
        return "—"
    times, last = reminded
    day = clock.day_of(last)
    return _("%(times)s 次,最近 %(day)s") % {"times": times, "day": f"{day:%m-%d}"}


def improvement_state(row: Improvement) -> tuple[str, Any]:
    """Where an improvement stands, in a word."""
    if is_late(row):
        return ("late", _("已逾期"))
    if row.state == State.CLOSED:
        return ("done" if row.verdict in GOOD else "off", verdict_word(row))
    return ("soon" if row.state == State.REPORTED else "now", row.get_state_display())


def verdict_word(row: Improvement) -> str:
    """The verdict as its form calls it."""
    paper = PAPERS[row.sheet.form]
    section = policy.form(row.sheet.form, edition=row.sheet.edition).section(paper.last)
    return str(section.field(paper.verdict).choices.get(row.verdict, row.verdict))


def _mark(row: Improvement) -> str:
    return "late" if is_late(row) else ""


def _notices(filters: NoticeFilters, divisions: set[int]) -> QuerySet[Notice]:
    found = queries.notices_in(divisions, filters.asked("state") or "")
    found = found.filter(filters.of_the_case("sheet__number"))
    if kind := filters.asked("kind"):
        found = found.filter(reward=kind == "reward")
    if unit := filters.asked("unit"):
        found = found.filter(unit__in=below(unit))
    if first := filters.asked("approved_from"):
        found = found.filter(approved_at__gte=clock.local(first))
    if last := filters.asked("approved_to"):
        found = found.filter(approved_at__lt=clock.end_of(last))
    return found


def notice_url(row: Notice) -> str:
    """The page of a notice."""
    return reverse("assessment:notice", args=[row.pk])


def _notice_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("number", _("编号"), read="sheet.label", link=notice_url),
        Column("case", _("客诉"), read="case.label", link=case_url),
        Column("unit", _("责任单位"), read="unit.name"),
        Column("person", _("责任个人"), read=lambda row: row.person.name if row.person else "—"),
        Column("kind", _("奖罚"), read=lambda row: _("奖") if row.reward else _("罚")),
        Column("amount_cents", _("金额"), kind="money"),
        Column("drafted", _("拟单日期"), kind="day", read=_drafted),
        Column("approved", _("批准日期"), kind="day", read=_approved, phone=False),
        Column("state", _("状态"), kind="badge", read=notice_state),
    ]


def _drafted(row: Notice) -> Any:
    return clock.day_of(row.sheet.created_at)


def _approved(row: Notice) -> Any:
    return clock.day_of(row.approved_at) if row.approved_at else None


def notice_state(row: Notice) -> tuple[str, Any]:
    """What has to come next, in a word."""
    if row.declined_at:
        return ("void", _("未获批准"))
    if row.approved_at is None:
        return ("draft", _("待总经理批准"))
    if row.checked_at and row.deducted_at:
        return ("done", _("已办毕"))
    if row.checked_at is None and row.deducted_at is None:
        return ("now", _("待查核与办理"))
    return ("now", _("待部门办理") if row.checked_at else _("待会计查核"))


def _claims(filters: ClaimFilters, divisions: set[int]) -> QuerySet[Claim]:
    found = queries.claims_in(divisions).filter(filters.of_the_case("party"))
    if kind := filters.asked("kind"):
        found = found.filter(kind=kind)
    status = filters.asked("status") or Status.OPEN
    return found if status == "all" else found.filter(status=status)


def _claim_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("party", _("对方"), link=paper_url),
        Column("kind", _("类别"), read="get_kind_display"),
        Column("case", _("客诉"), read="case.label", link=case_url),
        Column("customer", _("客户"), read="case.customer.name", phone=False),
        Column(
            "share", _("责任比率"), kind="percent", read=lambda row: f"{row.share.normalize():f}"
        ),
        Column("amount_cents", _("索赔金额"), kind="money"),
        Column("paid_cents", _("实收金额"), kind="money"),
        Column("opinions", _("会同意见"), read=opinions),
        Column("opened", _("开始"), kind="day", read=lambda row: clock.day_of(row.opened_at)),
        Column("status", _("状态"), kind="badge", read=claim_state),
    ]


def opinions(row: Claim) -> str:
    """How many of the units invited have answered, and who has not."""
    asked = list(row.invitations.all())
    silent = [one.unit.name for one in asked if one.answered_at is None]
    told = f"{len(asked) - len(silent)}/{len(asked)}"
    if not silent or row.status != "open":
        return told
    return _("%(told)s · 待 %(units)s") % {"told": told, "units": listed(silent)}


def claim_state(row: Claim) -> tuple[str, Any]:
    """What came of a claim, in a word."""
    states = {Status.OPEN: "now", Status.PAID: "done", Status.REFUSED: "off"}
    return (states.get(Status(row.status), "void"), row.get_status_display())


IMPROVEMENTS = Listing(
    "improvements", gettext_lazy("改善追踪"), ImprovementFilters, _improvements,
    _improvement_columns, ("due_on", "id"),
    lambda: Empty(
        _("没有这样的改善事项"),
        _("客诉结案时列案追踪的改善、质量管理部提出的对策,在这里追踪到效果确认。"), "target",
    ),
    _mark, PAGE,
)  # fmt: skip
NOTICES = Listing(
    "notices", gettext_lazy("奖罚通知单"), NoticeFilters, _notices, _notice_columns, ("-id",),
    lambda: Empty(
        _("没有这样的奖罚通知单"), _("总经理室依核准的惩处拟单,呈总经理批准后发出三联。"),
        "certificate",
    ),
    None, "assessment/notices.html",
)  # fmt: skip
CLAIMS = Listing(
    "claims", gettext_lazy("对外索赔"), ClaimFilters, _claims, _claim_columns, ("-id",),
    lambda: Empty(
        _("没有这样的索赔"),
        _("涉及其他公司或供应商责任时,由总经理室在案件页登记,会同有关单位处理。"),
        "users-group",
    ),
    None, PAGE,
)  # fmt: skip
LISTINGS = {one.key: one for one in (IMPROVEMENTS, NOTICES, CLAIMS)}


def listing_of(key: str, person: Person) -> Listing:
    """One of the lists as this person may read it; KeyError for what is none."""
    found = LISTINGS[key]
    if found is not NOTICES:
        return found
    readable = access.notices_of(person)
    return replace(NOTICES, rows=lambda asked, seen: _notices(asked, seen).filter(readable))
