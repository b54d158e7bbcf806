"""Taboo phrases 服务忌语: kept as a list, refused in writing, found where they were said.

What goes out in writing is refused while it can still be mended. What was spoken is recorded as it
was said, or the record would be untrue; the next look finds it there and tells the director.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Direction, Interaction

from . import access, matching
from .models import ScanWaiting, TabooHit, TabooPhrase

WRITTEN = frozenset({Channel.LETTER, Channel.FAX, Channel.MAIL, Channel.WEB, Channel.API})
INSTEAD = "我马上为您了解清楚，再给您答复"
"""What is said in place of the phrases that the regulation itself names, until somebody says it
better."""


@one_act
def add_phrase(
    division: Unit,
    phrase: str,
    *,
    instead: str,
    note: str = "",
    since: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> TabooPhrase:
    """Put a phrase on the list; what was said from its first day on is read again."""
    moment = at or clock.now()
    day = since or clock.day_of(moment)
    key = matching.key_of(phrase)
    access.require_keeper(division, by, moment)
    seed(division, moment)
    refuse_any(_why_not_added(division, key, instead, day, moment))
    row = TabooPhrase.objects.create(
        division=division, phrase=phrase.strip(), key=key, instead=instead.strip(),
        note=note.strip(), since=day, added_by=by, added_at=moment,
    )  # fmt: skip
    record("taboo.added", row, by=by, at=moment, phrase=row.phrase, since=day.isoformat())
    said = Interaction.objects.filter(
        division=division, direction=Direction.OUT, at__gte=clock.local(day)
    )
    ScanWaiting.objects.bulk_create(
        (ScanWaiting(interaction_id=pk) for pk in said.values_list("pk", flat=True)),
        batch_size=1000,
    )
    return row


def _why_not_added(
    division: Unit, key: str, instead: str, since: date, at: datetime
) -> list[Reason]:
    clause = access.taboo_clause(division, at)
    reasons = []
    if len(key) < 2:
        reasons.append(Reason(N_("忌语至少要有两个字"), clause, "phrase"))
    elif TabooPhrase.objects.filter(division=division, key=key, until__isnull=True).exists():
        reasons.append(Reason(N_("忌语表里已有这一句"), clause, "phrase"))
    if not instead.strip():
        reasons.append(Reason(N_("请写明应当怎样说"), clause, "instead"))
    if since < clock.day_of(at):
        reasons.append(Reason(N_("忌语自今日起生效,不能追溯"), clause, "since"))
    return reasons


@one_act
def end_phrase(phrase: TabooPhrase, *, by: Person, at: datetime | None = None) -> TabooPhrase:
    """Take a phrase off the list; today is its last day. What was found by it stays."""
    moment = at or clock.now()
    access.require_keeper(phrase.division, by, moment)
    last = max(clock.day_of(moment), phrase.since)
    ended = TabooPhrase.objects.filter(pk=phrase.pk, until__isnull=True).update(until=last)
    if not ended:
        raise refuse(N_("这一句已经停用"), access.taboo_clause(phrase.division, moment))
    phrase.until = last
    record("taboo.ended", phrase, by=by, at=moment, phrase=phrase.phrase)
    return phrase


def seed(division: Unit, at: datetime) -> None:
    """Begin a division's list with the phrases that its regulation itself names."""
    binding = ruling.clause("norm", division, at, item=access.TABOO)
    if binding is None or TabooPhrase.objects.filter(division=division).exists():
        return
    TabooPhrase.objects.bulk_create(
        [
            TabooPhrase(
                division=division, phrase=phrase, key=matching.key_of(phrase), instead=INSTEAD,
                since=clock.day_of(at), added_at=at,
            )
            for phrase in binding.spec.phrases
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def in_force(division: Unit | int, day: date) -> QuerySet[TabooPhrase]:
    """The phrases that may not be said on a day."""
    ended = Q(until__isnull=True) | Q(until__gte=day)
    return TabooPhrase.objects.filter(ended, division=division, since__lte=day)


def found_in(text: str, phrases: Iterable[TabooPhrase]) -> list[tuple[matching.Found, TabooPhrase]]:
    """Which of the phrases stand in some words, and where."""
    by_key = {one.key: one for one in phrases}
    return [(found, by_key[found.phrase]) for found in matching.find(text, by_key)]


def look_into(text: str, division: Unit, at: datetime) -> list[tuple[matching.Found, TabooPhrase]]:
    """The same for whatever holds in a division now."""
    if not access.taboo_clause(division, at):
        return []
    seed(division, at)
    return found_in(text, in_force(division, clock.day_of(at)))


@interactions.register_guard
def why_not_said(draft: interactions.Draft, at: datetime) -> list[Reason]:
    """No taboo phrase leaves the house in writing."""
    if draft.direction != Direction.OUT or draft.channel not in WRITTEN:
        return []
    words = f"{draft.subject}\n{draft.body}"
    found = look_into(words, draft.division, at)
    clause = access.taboo_clause(draft.division, at)
    return [
        Reason(
            N_("答复中有服务忌语“%(phrase)s”:%(excerpt)s"),
            clause,
            "text",
            N_("可以说:%(better)s"),
            {
                "phrase": phrase.phrase,
                "excerpt": matching.excerpt(words, one).strip(),
                "better": phrase.instead,
            },
        )
        for one, phrase in found
    ]


@reacts_to("interaction.recorded", "interaction.corrected")
def wait_for_a_look(entry: Entry, said: Interaction) -> None:
    """What we said is read by the next look, and again when its record is corrected."""
    if said.direction == Direction.OUT:
        ScanWaiting.objects.create(interaction=said)


def find_spoken(now: datetime | None = None, limit: int = 500) -> int:
    """Read what was recorded for taboo phrases; returns how many are new. Any number of workers."""
    moment = now or clock.now()
    with transaction.atomic():
        waiting = list(
            ScanWaiting.objects.select_for_update(skip_locked=True).order_by("id")[:limit]
        )
        if not waiting:
            return 0
        ids = {row.interaction_id for row in waiting}
        said = Interaction.objects.filter(pk__in=ids).select_related("text", "taker", "division")
        hits = _hits(list(said), moment)
        known = set(
            TabooHit.objects.filter(interaction__in=ids).values_list("interaction", "phrase")
        )
        new = [one for one in hits if (one.interaction_id, one.phrase_id) not in known]
        for one in new:
            _tell(one, moment)
        ScanWaiting.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    return len(new)


def _hits(said: list[Interaction], now: datetime) -> list[TabooHit]:
    """What stands in the records; a phrase counts on the days it held."""
    lists: dict[int, list[TabooPhrase]] = {}
    for division in {one.division_id: one.division for one in said}.values():
        bound = access.taboo_clause(division, now)
        if bound:
            seed(division, now)
        rows = TabooPhrase.objects.filter(division=division) if bound else []
        lists[division.pk] = list(rows)
    hits = []
    for one in said:
        day = clock.day_of(one.at)
        held = [p for p in lists[one.division_id] if p.since <= day <= (p.until or day)]
        words = f"{one.text.subject}\n{one.text.body}"
        hits += [
            TabooHit(
                division_id=one.division_id, interaction=one, phrase=phrase, person=one.taker,
                excerpt=matching.excerpt(words, found).strip()[:200], at=one.at, found_at=now,
            )
            for found, phrase in found_in(words, held)
        ]  # fmt: skip
    return hits


def _tell(hit: TabooHit, now: datetime) -> None:
    """Keep a hit and let the director know."""
    hit.save(force_insert=True)
    clause = access.taboo_clause(hit.division_id, now)
    who = hit.person.pk if hit.person else None
    record("taboo.found", hit, by=None, at=now, phrase=hit.phrase.phrase, person=who)
    notices.tell(
        org.people(access.DIRECTOR, hit.division_id, now),
        N_("往来记录中有服务忌语“%(phrase)s”:%(excerpt)s"), about=hit, key=f"taboo:{hit.pk}",
        link="/knowledge/taboo/hits/", at=now, clause=clause,
        phrase=hit.phrase.phrase, excerpt=hit.excerpt,
    )  # fmt: skip
