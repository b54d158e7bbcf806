"""Verbs on adoptions: from which day a division runs under which edition."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.access import require_keeper
from shouwen.ground.org.models import Adoption, Person, Unit
from shouwen.ground.org.roster import bump


@one_act
def adopt_regulation(
    division: Unit,
    regulation: str,
    edition: int,
    *,
    since: date | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> Adoption:
    """Run a division under an edition from a day on; the edition before ends the day before."""
    at = at or clock.now()
    since = since or clock.day_of(at)
    division = Unit.objects.select_for_update().get(pk=division.pk)
    require_keeper(by, division)
    if not division.division:
        raise refuse(N_("“%(unit)s”不是独立采用制度的单位"), unit=division.name)
    rivals = Adoption.objects.filter(division=division, regulation=regulation)
    later = rivals.filter(since__gte=since).first()
    if later:
        raise refuse(
            N_("%(regulation)s自%(day)s起已采用第%(edition)s版，新版须晚于此日"),
            field="since",
            regulation=regulation,
            day=later.since.isoformat(),
            edition=later.edition,
        )
    for before in rivals.filter(Q(until__isnull=True) | Q(until__gte=since)):
        before.until = since - timedelta(days=1)
        before.save(update_fields=["until"])
    adoption = Adoption.objects.create(
        division=division, regulation=regulation, edition=edition, since=since
    )
    journal.record(
        "regulation.adopted", adoption, by=by, at=at, matter=division,
        regulation=regulation, edition=edition, since=since.isoformat(),
    )  # fmt: skip
    bump()
    return adoption


@one_act
def end_adoption(
    adoption: Adoption,
    *,
    last_day: date,
    reason: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> Adoption:
    """Stop running under a regulation; matters already judged by it keep their edition."""
    adoption = Adoption.objects.select_for_update().get(pk=adoption.pk)
    require_keeper(by, adoption.division)
    if adoption.until is not None:
        raise refuse(N_("该制度已于%(day)s停止采用"), day=adoption.until.isoformat())
    if last_day < adoption.since:
        raise refuse(N_("结束日不能早于开始日"), field="last_day")
    adoption.until = last_day
    adoption.save(update_fields=["until"])
    journal.record(
        "regulation.left", adoption, by=by, at=at, matter=adoption.division,
        until=last_day.isoformat(), reason=reason,
    )  # fmt: skip
    bump()
    return adoption
