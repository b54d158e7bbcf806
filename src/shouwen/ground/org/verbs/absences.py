"""Verbs on absences: somebody stands in, the absent person comes back."""

from datetime import datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries
from shouwen.ground.org.access import may_keep
from shouwen.ground.org.models import Person, Substitution
from shouwen.ground.org.roster import bump


@one_act
def substitute_while_away(
    person: Person,
    substitute: Person,
    *,
    since: datetime,
    until: datetime,
    reason: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> Substitution:
    """Let somebody act while a person is away; set by himself, his superior or the keeper."""
    at = at or clock.now()
    person, substitute = _locked(person), _locked(substitute)
    _require_may_send_away(person, by)
    _require_substitutable(person, substitute, since, until)
    absence = Substitution.objects.create(
        person=person, substitute=substitute, since=since, until=until, reason=reason
    )
    journal.record(
        "substitution.made", absence, by=by, at=at, matter=person, substitute=substitute.pk,
        since=since.isoformat(), until=until.isoformat(), reason=reason,
    )  # fmt: skip
    bump()
    return absence


def may_send_away(person: Person, by: Person) -> bool:
    """Whether somebody may name a substitute for a person."""
    if by.pk == person.pk or may_keep(by, None):
        return True
    return any(
        above.pk == by.pk
        for division in queries.divisions_visible(person)
        for above in queries.superiors(person, division)
    )


def _require_may_send_away(person: Person, by: Person | None) -> None:
    if by is not None and not may_send_away(person, by):
        raise refuse(N_("代理人由本人、其上级或制度管理员指定"))


def _require_substitutable(
    person: Person, substitute: Person, since: datetime, until: datetime
) -> None:
    if person.pk == substitute.pk:
        raise refuse(N_("代理人不能是本人"), field="substitute")
    if not substitute.active:
        raise refuse(N_("%(person)s已离职"), field="substitute", person=substitute.name)
    if until <= since:
        raise refuse(N_("结束时间必须晚于开始时间"), field="until")
    if not queries.divisions_visible(person) & queries.divisions_visible(substitute):
        raise refuse(N_("代理人必须在同一单位"), field="substitute")
    overlap = Substitution.objects.filter(since__lt=until, until__gt=since)
    if overlap.filter(person=person, substitute=substitute).exists():
        raise refuse(
            N_("%(person)s在此期间已代理%(absent)s"),
            field="substitute",
            person=substitute.name,
            absent=person.name,
        )
    if overlap.filter(person=substitute, substitute=person).exists():
        raise refuse(
            N_("%(person)s在此期间由%(absent)s代理，两人不能互相代理"),
            field="substitute",
            person=substitute.name,
            absent=person.name,
        )


@one_act
def return_early(
    absence: Substitution, *, by: Person | None = None, at: datetime | None = None
) -> Substitution:
    """The absent person is back before the time; from now on he acts himself."""
    at = at or clock.now()
    absence = Substitution.objects.select_for_update().get(pk=absence.pk)
    _require_may_send_away(absence.person, by)
    if absence.until <= at:
        raise refuse(N_("该代理已结束"))
    if absence.since >= at:  # it never began
        journal.record("substitution.dropped", absence, by=by, at=at, matter=absence.person)
        absence.delete()
    else:
        absence.until = at
        absence.save(update_fields=["until"])
        journal.record("substitution.ended", absence, by=by, at=at, matter=absence.person)
    bump()
    return absence


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
