"""The monthly review: last month's closed cases, their sanctions, the list to personnel (R4-62)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import paging
from shouwen.doors.web.caselists import exporting
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.words import Words
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import annexes, queries, sanctions
from shouwen.outcomes.assessment.access import spec_of
from shouwen.outcomes.assessment.models import Penalty, SanctionList
from shouwen.outcomes.assessment.sanctions import CLAUSE
from shouwen.work.cases.models import Case


@dataclass(frozen=True)
class Review:
    """One month of one division."""

    division: Unit
    period: str
    sent: SanctionList | None
    waiting: list[Penalty]
    is_over: bool
    may_send: bool

    @property
    def can_send(self) -> bool:
        """Whether the button is there: the month is over, nothing was sent, it is his."""
        return self.may_send and self.is_over and self.sent is None


@require_GET
def review(request: Request) -> HttpResponse:
    """The month that is to be reviewed, and the lists sent before."""
    division, divisions = _division(request)
    month = _month(request, division)
    found = review_of(request, division, month)
    page = paging.page_of(queries.closed_in(division, month), request, order=("closed_at", "id"))
    due = Due.objects.filter(clause=CLAUSE, division=division, period=month).first()
    context = {
        "review": found,
        "due": due,
        "division": division,
        "divisions": divisions,
        "to_review": sanctions.months_to_review(division, clock.today()),
        "page": page,
        "table": Table(columns(division), page.rows, request, empty(), caption=_("结案案件")),
        "lists": lists_table(division),
    }
    return render(request, "assessment/sanctions.html", context)


def review_of(request: Request, division: Unit, month: str) -> Review:
    """What stands to be sent of a month, and whether it may be sent now."""
    at = clock.now()
    role = spec_of(division, CLAUSE, at).owners[0]
    return Review(
        division,
        month,
        SanctionList.objects.filter(division=division, period=month)
        .select_related("sent_by")
        .first(),
        list(sanctions.to_send(division, month)),
        sanctions.month(month).last < clock.day_of(at),
        org.as_whom(request.person, role, division, at) is not None,
    )


def _division(request: Request) -> tuple[Unit, list[Unit]]:
    """The division asked for among those in sight that run under the regulation."""
    running = org.divisions_under(request.person, "R4")
    if not running:
        raise Http404
    wanted = request.GET.get("division", "")
    return next((one for one in running if str(one.pk) == wanted), running[0]), running


def _month(request: Request, division: Unit) -> str:
    """The month asked for, else the oldest that waits, else the one before this."""
    asked = request.GET.get("period", "")
    try:
        return sanctions.month(asked).key
    except ValueError:
        waiting = sanctions.months_to_review(division, clock.today())
        return waiting[0] if waiting else sanctions.month_before(clock.today())


def columns(division: Unit) -> list[Column]:
    """A closed case with what it brought for people."""
    names = annexes.sanctions_of(division, clock.now())
    return [
        Column("label", _("编号"), link=lambda case: reverse("cases:show", args=[case.pk])),
        Column("customer", _("客户"), read="customer.name"),
        Column("title", _("事由"), phone=False),
        Column(
            "liable", _("责任单位"), read=lambda c: c.liable_unit.name if c.liable_unit else "—"
        ),
        Column("closed", _("结案"), kind="day", read=lambda c: clock.day_of(c.closed_at)),
        Column("penalties", _("核准的惩处"), read=lambda case: said(case, names)),
        Column("state", _("行政处分"), kind="badge", read=sanction_state),
    ]


def said(case: Case, names: dict[str, dict[str, str]]) -> str:
    """The penalties of a case in words."""
    return ";".join(_words(one, names) for one in case.penalties.all()) or "—"


def _words(penalty: Penalty, names: dict[str, dict[str, str]]) -> str:
    row = names.get(penalty.sanction)
    what: Any = penalty.get_kind_display()
    if row:
        what = Words(zh=row["name_zh"], en=row["name_en"])
    elif penalty.amount_cents:
        what = f"{what} {penalty.amount_cents / 100:.2f}"
    return f"{org.person(penalty.person_id).name} {what}"


def sanction_state(case: Case) -> tuple[str, Any] | None:
    """Where the sanctions of a case stand."""
    found = [one for one in case.penalties.all() if one.kind == Penalty.Kind.ADMINISTRATIVE]
    if not found:
        return ("plain", _("无"))
    if all(one.announcement_id for one in found):
        return ("done", _("已公布"))
    return (
        ("now", _("已送人事")) if all(one.listed_id for one in found) else ("soon", _("待送人事"))
    )


def empty() -> Empty:
    """What stands here when nothing was closed."""
    return Empty(
        _("这个月没有结案的客诉"),
        _("没有也要审视并送出“本月无”,这是每月十日前的例行事项。"),
        "gavel",
    )


def lists_table(division: Unit) -> Table:
    """The lists of the last two years."""
    rows = [_listed(one) for one in queries.lists_sent(division)[:24]]
    heads = [
        Column("period", _("月份"), link=lambda row: f"?period={row['period']}"),
        Column("reviewed", _("审视案件"), kind="number"),
        Column("count", _("处分"), kind="number"),
        Column("published", _("已公布"), kind="number"),
        Column("sent_by", _("送出人"), kind="person"),
        Column("sent_at", _("送出时间"), kind="moment"),
    ]
    hint = Empty(_("还没有送出过名单"), _("审视上月结案案件之后,名单在这里。"), "send")
    return Table(heads, rows, None, hint, caption=_("已送人事的名单"))


def _listed(one: SanctionList) -> dict[str, Any]:
    penalties = list(one.penalties.all())
    return {
        "period": one.period,
        "reviewed": one.reviewed_cases,
        "count": len(penalties) or _("本月无"),
        "published": sum(1 for penalty in penalties if penalty.announcement_id),
        "sent_by": one.sent_by,
        "sent_at": one.sent_at,
    }


@require_POST
def send(request: Request) -> HttpResponse:
    """Send the reviewed month to personnel, “none” included."""
    division, _divisions = _division(request)
    request.about = division
    try:
        month = sanctions.month(request.POST.get("period", "")).key
    except ValueError:
        raise Http404 from None
    listed = assessment.send_list(division, month, by=request.person)
    count = listed.penalties.count()
    if count:
        messages.success(request, _("已送人事 %(count)s 项") % {"count": count})
    else:
        messages.success(request, _("已送人事:本月无行政处分"))
    return redirect(f"{reverse('assessment:sanctions')}?period={month}&division={division.pk}")


@require_GET
def export(request: Request) -> HttpResponse:
    """The reviewed month as a workbook."""
    division, _divisions = _division(request)
    month = _month(request, division)
    names = annexes.sanctions_of(division, clock.now())
    lines = [
        [
            case.label, case.customer.name, case.title,
            case.liable_unit.name if case.liable_unit else "", _closed_on(case),
            said(case, names), (sanction_state(case) or ("", ""))[1],
        ]
        for case in queries.closed_in(division, month)[: exporting.MOST]
    ]  # fmt: skip
    heads = [str(column.title) for column in columns(division)]
    return exporting.answer(request, f"{_('行政处分审视')} {month}", heads, lines)


def _closed_on(case: Case) -> date | None:
    return clock.day_of(case.closed_at) if case.closed_at else None
