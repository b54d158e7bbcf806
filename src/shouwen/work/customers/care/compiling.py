"""The month's valuable opinions, sent to the departments they concern (R8-31)."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.access import require_writer
from shouwen.work.customers.models import Compilation, Opinion

ANSWER_DAYS = "R8-31.answer_days"


@one_act
def send_compilation(
    division: Unit, month: date, *, by: Person, at: datetime | None = None
) -> list[Compilation]:
    """Give each department its own list of the valuable opinions of a month that is over.

    What was marked too late for an earlier month goes along. A month without any is sent empty:
    that too was looked at.
    """
    at = at or clock.now()
    first = month.replace(day=1)
    found = ruling.clause("duty", division, at, form="opinion_compilation")
    clause = found.id if found else ""
    _require_hand(by, division, found.spec.owners[0] if found else "", clause, at)
    end = (first + timedelta(days=32)).replace(day=1)
    if clock.local(end) > at:
        raise refuse(N_("%(month)s 还没有结束"), clause, field="month", month=f"{first:%Y-%m}")
    by_target: dict[int, list[int]] = defaultdict(list)
    for pk, target in _waiting(division, end).values_list("pk", "target"):
        by_target[target].append(pk)
    made = [
        _send(division, first, target, ids, clause, by, at)
        for target, ids in sorted(by_target.items())
    ]
    journal.record(
        "compilation.sent", division, by=by, at=at, division=division.pk,
        form="opinion_compilation", period=f"{first:%Y-%m}",
        opinions=sum(map(len, by_target.values())), compilations=[one.pk for one in made],
    )  # fmt: skip
    return made


def _waiting(division: Unit, end: date) -> QuerySet[Opinion]:
    """Marked, not sent yet, heard before a day; the rows are locked."""
    locked = Opinion.objects.select_for_update().order_by("pk")
    found = locked.filter(division=division, compilation__isnull=True, heard_on__lt=end)
    return found.exclude(theme="")


def _require_hand(by: Person, division: Unit, role: str, clause: str, at: datetime) -> None:
    if not role:
        require_writer(by, "customer", division)
    elif org.as_whom(by, role, division, at) is None:
        raise refuse(N_("意见汇编由%(role)s发出"), clause, role=org.role_title(role, division, at))


def _send(
    division: Unit, first: date, target: int, ids: list[int], clause: str, by: Person, at: datetime
) -> Compilation:
    made = Compilation.objects.create(
        division=division, month=first, target_id=target, sent_by=by, sent_at=at
    )
    Opinion.objects.filter(pk__in=ids).update(compilation=made)
    journal.record(
        "compilation.given", made, by=by, at=at, division=division.pk, unit=target,
        form="opinion_compilation", opinions=ids,
    )  # fmt: skip
    days = values.find(ANSWER_DAYS, division, at)
    if Opinion.objects.filter(compilation=made, answered_at__isnull=True).exists():
        dues.open_due(
            N_("答复 %(month)s 的客户意见汇编"),
            subject=made,
            division=division,
            unit=target,
            clause=clause,
            days=int(days) if days is not None else None,
            params={"month": f"{first:%Y-%m}"},
            link=f"/opinions/compilations/{made.pk}/",
            by=by,
            at=at,
        )
    else:
        Compilation.objects.filter(pk=made.pk).update(answered_at=at)
    return made
