"""Administrative sanctions: the month's list to personnel, then the announcement (R4-62, R4-63)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases import queries as cases

from .models import Penalty, SanctionList

FORM = "personnel_announcement"


def month_days(period: str) -> tuple[date, date]:
    """First and last day of a month `2026-04`; raises ValueError on anything else."""
    first = date.fromisoformat(f"{period}-01")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def month_before(day: date) -> str:
    """The month before the one of a day: what is reviewed now."""
    return date.fromordinal(day.replace(day=1).toordinal() - 1).isoformat()[:7]


def to_send(division: Unit, period: str) -> QuerySet[Penalty]:
    """Approved sanctions of the complaints closed in a month that no list carries yet."""
    first, last = month_days(period)
    closed = cases.closed_between(division.pk, first, last)
    found = Penalty.objects.filter(kind=Penalty.Kind.ADMINISTRATIVE, listed__isnull=True)
    return found.filter(case__in=closed.values("pk").order_by()).select_related("person", "case")


@transaction.atomic
def send_list(
    division: Unit, period: str, *, by: Person, at: datetime | None = None
) -> SanctionList:
    """Send the reviewed month to personnel, `none` included; once a month (R4-62)."""
    moment = at or clock.now()
    if org.as_whom(by, "pm_group", division, moment) is None:
        raise refuse(N_("行政处分名单由生产管理组整理送人事"), "R4-62")
    first, last = month_days(period)
    if clock.day_of(moment) <= last:
        raise refuse(N_("该月尚未结束,不能审视"), "R4-62", field="period")
    try:
        with transaction.atomic():
            listed = SanctionList.objects.create(
                division=division,
                period=period,
                reviewed_cases=cases.closed_between(division.pk, first, last).count(),
                sent_by=by,
                sent_at=moment,
            )
    except IntegrityError:
        raise refuse(N_("%(period)s 的名单已送人事"), "R4-62", period=period) from None
    count = Penalty.objects.filter(
        pk__in=list(to_send(division, period).values_list("pk", flat=True))
    )
    sent = count.update(listed=listed)
    record("sanctions.sent", listed, by=by, at=moment, period=period, count=sent,
           division=division.pk)  # fmt: skip
    return listed


@transaction.atomic
def announce(penalty: Penalty, *, by: Person, at: datetime | None = None) -> Sheet:
    """Personnel publishes one sanction of a received list, numbered and dated (R4-63)."""
    moment = at or clock.now()
    penalty = Penalty.objects.select_for_update().get(pk=penalty.pk)
    if penalty.listed_id is None:
        raise refuse(N_("该处分尚未由总经理室送人事"), "R4-62")
    if penalty.announcement_id:
        raise refuse(N_("该处分已公布"), "R4-63")
    division = penalty.case.division
    sheet = documents.open_sheet(FORM, division=division, matter=penalty.case, by=by, at=moment)
    data = {
        "person": penalty.person_id,
        "sanction": sanction_name(penalty),
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
    return issued


def sanction_name(penalty: Penalty) -> str:
    """The company's name of a sanction; its code when the table no longer has it."""
    rows = values.find("R4-46.sanction_kinds", penalty.case.division_id) or []
    return next(
        (row["name_zh"] for row in rows if row["code"] == penalty.sanction), penalty.sanction
    )


def board(division: Unit) -> QuerySet[Penalty]:
    """The notice board: published sanctions, newest first."""
    found = Penalty.objects.filter(case__division=division, announcement__isnull=False)
    return found.select_related("person", "announcement", "approved_by").order_by(
        "-announcement_id"
    )
