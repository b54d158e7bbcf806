"""Administrative sanctions: the month's list to personnel, then the announcement (R4-62, R4-63)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.tied import periods
from shouwen.engines.dues.tied.periods import Period
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import queries as cases

from . import annexes
from .access import require, spec_of
from .models import Penalty, SanctionList

FORM = "personnel_announcement"
CLAUSE = "R4-62"
GROUP = (
    N_("行政处分名单由生产管理组整理送人事"),
    "R4-62",
    N_("请生产管理组审视上月结案案件后送出"),
)


def month(period: str) -> Period:
    """The month of a name like `2026-04`; raises ValueError on anything else."""
    return periods.period_of("month", date.fromisoformat(f"{period}-01"))


def month_before(day: date) -> str:
    """The month before the one of a day: what is reviewed now."""
    return periods.before("month", periods.period_of("month", day)).key


def to_send(division: Unit, period: str) -> QuerySet[Penalty]:
    """Approved sanctions of the complaints closed in a month that no list carries yet."""
    span = month(period)
    closed = cases.closed_between(division.pk, span.first, span.last)
    found = Penalty.objects.filter(kind=Penalty.Kind.ADMINISTRATIVE, listed__isnull=True)
    return found.filter(case__in=closed.values("pk").order_by()).select_related("person", "case")


@one_act
def send_list(
    division: Unit, period: str, *, by: Person, at: datetime | None = None
) -> SanctionList:
    """Send the reviewed month to personnel, `none` included; once a month (R4-62)."""
    moment = at or clock.now()
    require(by, spec_of(division, "R4-62", moment).owners[0], division, moment, GROUP)
    span = month(period)
    if clock.day_of(moment) <= span.last:
        raise refuse(N_("该月尚未结束,不能审视"), "R4-62", field="period")
    listed = _new_list(division, span, by=by, at=moment)
    wanted = list(to_send(division, period).values_list("pk", flat=True))
    sent = Penalty.objects.filter(pk__in=wanted).update(listed=listed)
    record("sanctions.sent", listed, by=by, at=moment, period=period, count=sent,
           division=division.pk)  # fmt: skip
    if sent:
        _ask_personnel(listed, sent, by=by, at=moment)
    return listed


def _new_list(division: Unit, span: Period, *, by: Person, at: datetime) -> SanctionList:
    try:
        with transaction.atomic():
            return SanctionList.objects.create(
                division=division,
                period=span.key,
                reviewed_cases=cases.closed_between(division.pk, span.first, span.last).count(),
                sent_by=by,
                sent_at=at,
            )
    except IntegrityError:
        raise refuse(N_("%(period)s 的名单已送人事"), "R4-62", period=span.key) from None


def _ask_personnel(listed: SanctionList, count: int, *, by: Person, at: datetime) -> None:
    dues.open_due(
        N_("公布行政处分:%(period)s 共 %(count)s 项"),
        kind="task",
        clause="R4-63",
        subject=listed,
        division=listed.division_id,
        role=spec_of(listed.division_id, "R4-63", at).by,
        start=at,
        params={"period": listed.period, "count": count},
        link="/announcements/",
        by=by,
        at=at,
    )


@one_act
def announce(penalty: Penalty, *, by: Person, at: datetime | None = None) -> Sheet:
    """Personnel publishes one sanction of a received list, numbered and dated (R4-63)."""
    moment = at or clock.now()
    penalty = Penalty.objects.select_for_update().get(pk=penalty.pk)
    if penalty.listed_id is None:
        raise refuse(
            N_("该处分尚未由总经理室送人事"), "R4-62", instead=N_("请待生产管理组送出当月名单")
        )
    if penalty.announcement_id:
        raise refuse(N_("该处分已公布"), "R4-63")
    division = penalty.case.division
    sheet = documents.open_sheet(FORM, division=division, matter=penalty.case, by=by, at=moment)
    data = {
        "person": penalty.person_id,
        "sanction": sanction_words(penalty, moment).zh,
        "reason": penalty.reason,
        "announced_on": clock.day_of(moment).isoformat(),
        "approver": penalty.approved_by_id,
    }
    documents.save_section(sheet, "announcement", data, version=0, by=by, at=moment)
    documents.sign_section(sheet, "announcement", by=by, at=moment)
    issued = documents.issue(sheet, by=by, at=moment)
    penalty.announcement = issued
    penalty.save(update_fields=["announcement"])
    record("announcement.published", sheet, by=by, at=moment, matter=penalty.case,
           person=penalty.person_id, number=issued.number)  # fmt: skip
    if not Penalty.objects.filter(listed=penalty.listed_id, announcement__isnull=True).exists():
        dues.settle(subject=penalty.listed, clause="R4-63", by=by, at=moment)
    return issued


def sanction_words(penalty: Penalty, at: datetime) -> Words:
    """The company's name of a sanction; its code when the table no longer has it."""
    row = annexes.sanctions_of(penalty.case.division_id, at).get(penalty.sanction)
    if row is None:
        return Words(zh=penalty.sanction, en=penalty.sanction)
    return Words(zh=row["name_zh"], en=row["name_en"])


def months_to_review(division: Unit, day: date) -> list[str]:
    """Months that wait for their review, the oldest first: by the duties that are open (R4-62)."""
    waiting = Due.objects.open().filter(clause=CLAUSE, division=division)
    found = list(waiting.order_by("period").values_list("period", flat=True))
    last = month_before(day)
    sent = SanctionList.objects.filter(division=division, period=last).exists()
    return found if sent or last in found else [*found, last]
