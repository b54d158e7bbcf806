"""Put on the desk whose turn has come. A sweep costs whose turn it is, not how many there are."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from shouwen.engines.dues import opening
from shouwen.engines.dues.models import Beat, Due, Rhythm
from shouwen.engines.dues.tied import clauses
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import following, rules

SLICE = 500
MOST_SLICES = 50


def open_rhythms(now: datetime | None = None) -> int:
    """Open the dues of every record whose turn has come; returns how many. Any number of workers.

    A clause that a division newly works by begins here; a new figure of the company moves the turns
    of its class. Both are done once, and a sweep that finds nothing to do reads two index ranges.
    """
    now = now or clock.now()
    kept = begin(now)
    by_rhythm = {rhythm.pk: (rhythm, clause) for rhythm, clause in kept}
    opened = 0
    for _turn in range(MOST_SLICES if by_rhythm else 0):
        done = _slice(by_rhythm, now)
        opened += done
        if not done:
            break
    return opened


def begin(now: datetime) -> list[tuple[Rhythm, Clause]]:
    """The rhythms that the divisions keep today, begun and with today's figures."""
    known = {(one.clause, one.division_id): one for one in Rhythm.objects.all()}
    kept = []
    for division, clause in _ruling(now):
        figures = rules.figures_of(values.find(clause.spec.value, division, now))
        rhythm = known.get((clause.id, division.pk)) or _begun(clause, division, figures, now)
        if rhythm.figures != figures:
            _redate(rhythm, figures)
        kept.append((rhythm, clause))
    return kept


def _ruling(now: datetime) -> Iterator[tuple[Unit, Clause]]:
    """Of clauses that say the same in two regulations, the first one asks for both."""
    day = clock.day_of(now)
    for division in org.divisions(day):
        said: list[Any] = []
        adopted = ruling.editions(division.pk, day)
        for clause in policy.in_force("duty", day, adopted=adopted):
            if clauses.is_rhythm(clause) and clause.spec not in said:
                said.append(clause.spec)
                yield division, clause


@one_act
def _begun(clause: Clause, division: Unit, figures: dict[str, Any], now: datetime) -> Rhythm:
    rhythm, new = Rhythm.objects.get_or_create(
        clause=clause.id,
        division=division,
        defaults={"kind": clause.spec.each, "figures": figures, "begun_at": now},
    )
    if new:
        following.enrol(rhythm, clause, now)
    return rhythm


@one_act
def _redate(rhythm: Rhythm, figures: dict[str, Any]) -> None:
    """The turns of every class by the new figures: one statement a class."""
    rhythm.figures = figures
    rhythm.save(update_fields=["figures"])
    others = Beat.objects.filter(rhythm=rhythm)
    for segment in filter(None, figures):
        _date(others.filter(segment=segment), rules.figure(figures, segment, "days"))
    _date(
        others.exclude(segment__in=list(filter(None, figures))), rules.figure(figures, "", "days")
    )


def _date(beats: Any, days: int | None) -> None:
    beats.update(next_at=None if days is None else F("last_at") + timedelta(days=days))


@one_act
def _slice(by_rhythm: Mapping[int, tuple[Rhythm, Clause]], now: datetime) -> int:
    waiting = Beat.objects.filter(
        Q(active=True, asked_at__isnull=True, next_at__lte=now), rhythm__in=by_rhythm
    )
    locked = waiting.select_for_update(skip_locked=True).order_by("next_at", "id")
    beats = list(locked[:SLICE])
    for kind in sorted({by_rhythm[beat.rhythm_id][0].kind for beat in beats}):
        _ask(
            kind, [one for one in beats if by_rhythm[one.rhythm_id][0].kind == kind], by_rhythm, now
        )
    return len(beats)


def _ask(
    kind: str, beats: list[Beat], by_rhythm: Mapping[int, tuple[Rhythm, Clause]], now: datetime
) -> None:
    followers = following.followers_of(kind)
    facts = followers.facts({beat.subject_id for beat in beats}) if followers else {}
    here = [beat for beat in beats if beat.subject_id in facts]
    dues = [_due(beat, *by_rhythm[beat.rhythm_id], facts[beat.subject_id], now) for beat in here]
    opening.place_all(dues, by=None, at=now)
    Beat.objects.filter(pk__in=[beat.pk for beat in here]).update(asked_at=now)
    gone = [beat.pk for beat in beats if beat.subject_id not in facts]
    if gone:
        Beat.objects.filter(pk__in=gone).update(active=False)


def _due(
    beat: Beat, rhythm: Rhythm, clause: Clause, facts: Mapping[str, Any], now: datetime
) -> Due:
    spec, words = clause.spec, clause.spec.title or clause.text
    within = rules.figure(rhythm.figures, beat.segment, "within")
    place = {"subject_id": beat.subject_id, "matter_id": beat.subject_id}
    person = facts.get(spec.named) if spec.named else None
    return Due(
        kind=Due.Kind.DUTY,
        title="%(title)s",
        params={"title": {"zh": words.zh, "en": words.en}, "matter": facts.get("title", "")},
        clause=clause.id,
        key=f"{clause.id}:{rhythm.kind}:{beat.subject_id}:{beat.last_at:%Y%m%d%H%M%S}",
        subject_kind=rhythm.kind,
        matter_kind=rhythm.kind,
        **place,
        division_id=rhythm.division_id,
        person_id=person,
        role="" if person else spec.owners[0],
        start_at=now,
        due_at=clock.end_of(clock.day_of(now) + timedelta(days=within)) if within else None,
        warn_days=list(spec.warn_days),
        warn_hours=list(spec.warn_hours),
        stops=spec.ends,
        link=spec.link.format(**place) if spec.link else str(facts.get("link", "")),
    )
