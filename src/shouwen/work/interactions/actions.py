"""The verbs of interactions: record, correct, pass on, tie to a matter. Nothing is ever deleted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F

from shouwen.engines.documents.numbers import next_number
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock, writing
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import kind_of, record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer
from shouwen.work.customers.phones import read

from . import rules
from .models import Channel, Correction, Direction, Interaction, InteractionText, Nature

SERIES = "{yy}{mm}{dd}-{n:03}"
"""Its running number: the day, and its place among those of the month."""
CALLBACK = "callback"
"""The source of a call-back: we asked how it went, which is no word about the matter itself."""


@dataclass(frozen=True)
class Draft:
    """What is known of an interaction when it is recorded."""

    division: Unit
    body: str
    channel: str = Channel.PHONE
    direction: str = Direction.IN
    nature: str = Nature.PROBLEM
    customer: Customer | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    subject: str = ""
    wanted: str = ""
    spoken_at: datetime | None = None
    """When they spoke; now, unless it is told later."""
    definite: bool = False
    source: str = ""
    external_id: str | None = None
    joins: bool = False
    """It goes where something earlier goes, so that nobody has to pass it on."""
    more: dict[str, Any] = field(default_factory=dict)


Guard = Callable[[Draft, datetime], Iterable[Reason]]
_guards: list[Guard] = []


def register_guard(guard: Guard) -> Guard:
    """Let a storey above say why words may not go out, or come in: `guard(draft, at)`."""
    _guards.append(guard)
    return guard


@one_act
def record_interaction(
    draft: Draft,
    *,
    by: Person | None,
    at: datetime | None = None,
    matter: models.Model | None = None,
) -> Interaction:
    """Record what was said, whoever took it, with a running number (R2-05, R5-16, R5-17).

    The same `external_id` of a source is recorded once: the second time gives the first record.
    `by` None is the system itself: a mail that came in. Raises Refused at the fields at fault.
    """
    moment = at or clock.now()
    if known := known_as(draft.source, draft.external_id):
        return known
    refuse_any(_why_not(draft, moment, by))
    row = Interaction(
        division=draft.division,
        direction=draft.direction,
        channel=draft.channel,
        nature=draft.nature,
        at=draft.spoken_at or moment,
        recorded_at=moment,
        customer=draft.customer,
        taker=by,
        unit=_unit_of(by, moment),
        routed_at=moment if matter is not None or draft.joins else None,
        definite=draft.definite,
        source=draft.source,
        external_id=draft.external_id,
        **_matter(matter),
    )
    row.number = next_number(f"interaction:{draft.division.pk}", SERIES, "month", moment)
    writing.insert(row)
    _keep_words(row, draft)
    record(
        "interaction.recorded", row, by=by, at=moment, matter=matter, number=row.number,
        direction=row.direction, channel=row.channel, nature=row.nature, definite=row.definite,
        customer=row.customer_id,
    )  # fmt: skip
    if row.direction == Direction.IN and row.routed_at is None:
        record("intake.taken", row, by=by, at=moment, channel=row.channel)
    search.touch(row)
    return row


def known_as(source: str, external_id: str | None) -> Interaction | None:
    """What was recorded under the name the outside gave it."""
    if external_id is None:
        return None
    return Interaction.objects.filter(source=source, external_id=external_id).first()


def _why_not(draft: Draft, at: datetime, by: Person | None) -> list[Reason]:
    binding = ruling.clause("checklist", draft.division, at, form="intake", items="content")
    record_of = ruling.clause("document", draft.division, at, form="intake")
    clause = binding or record_of
    # Words that nobody of ours took down are the customer's own, however few.
    taken = by is not None and draft.direction == Direction.IN
    least = int((taken and values.find("R5-17.least_characters", draft.division, at)) or 1)
    reasons = rules.why_not_recorded(
        draft.body, draft.spoken_at or at, at, least, clause.id if clause else ""
    )
    return [*reasons, *(reason for guard in _guards for reason in guard(draft, at))]


def _unit_of(by: Person | None, at: datetime) -> Unit | None:
    post = org.main_post(by, at) if by else None
    return post.post.unit if post else None


def _matter(matter: models.Model | None) -> dict[str, Any]:
    return {"matter_kind": kind_of(matter), "matter_id": matter.pk} if matter is not None else {}


def _keep_words(row: Interaction, draft: Draft) -> None:
    number = read(draft.phone)
    words = InteractionText(
        interaction=row,
        name=draft.name.strip(),
        phone=draft.phone.strip(),
        phone_key=number.key if number else "",
        email=draft.email.strip().lower(),
        subject=draft.subject.strip()[:200],
        body=draft.body.strip(),
        wanted=draft.wanted.strip(),
        more=draft.more,
    )
    writing.insert(words)


@one_act
def correct(
    interaction: Interaction,
    changes: dict[str, str],
    *,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> Interaction:
    """Correct what was written down; every former text stays with its author and reason (R2-05)."""
    moment = at or clock.now()
    text = InteractionText.objects.select_for_update().get(pk=interaction.pk)
    if strangers := set(changes) - set(rules.TOLD):
        raise ValueError(f"not to be corrected: {sorted(strangers)}")
    changed = {
        key: (getattr(text, key), new.strip())
        for key, new in changes.items()
        if getattr(text, key) != new.strip()
    }
    binding = ruling.clause("document", interaction.division_id, moment, form="intake")
    refuse_any(rules.why_not_corrected(reason, changed, binding.id if binding else ""))
    Correction.objects.bulk_create(
        Correction(
            interaction=interaction, field=key, before=old, after=new,
            reason=reason.strip(), by=by, at=moment,
        )
        for key, (old, new) in changed.items()
    )  # fmt: skip
    for key, (_old, new) in changed.items():
        setattr(text, key, new)
    number = read(text.phone)
    text.phone_key = number.key if number else ""
    text.save()
    Interaction.objects.filter(pk=interaction.pk).update(version=F("version") + 1)
    record(
        "interaction.corrected", interaction, by=by, at=moment, reason=reason.strip(),
        fields=sorted(changed),  # the words are kept where they can be forgotten
    )  # fmt: skip
    search.touch(interaction)
    return interaction


@one_act
def tie(
    interaction: Interaction,
    matter: models.Model,
    *,
    by: Person | None,
    at: datetime | None = None,
    repeated: bool = False,
) -> Interaction:
    """Say which matter an interaction belongs to; a former tie is replaced and stays on record.

    `repeated`: the customer had to turn to us once more about a matter that is open (R5-19).
    """
    moment = at or clock.now()
    row = Interaction.objects.select_for_update().get(pk=interaction.pk)
    before, waited = row.matter, row.routed_at is None
    if before == (kind_of(matter), matter.pk):
        return row
    row.matter_kind, row.matter_id = kind_of(matter), matter.pk
    row.routed_at = row.routed_at or moment
    row.repeated = repeated and row.direction == Direction.IN
    row.version += 1
    row.save(update_fields=["matter_kind", "matter_id", "routed_at", "repeated", "version"])
    if waited and row.direction == Direction.IN:
        record("intake.routed", row, by=by, at=moment)
    record(
        "interaction.tied", row, by=by, at=moment, matter=matter,
        before=list(before) if before else None, repeated=row.repeated,
    )  # fmt: skip
    for name in ("matter_kind", "matter_id", "routed_at", "repeated", "version"):
        setattr(interaction, name, getattr(row, name))
    return interaction


@one_act
def know_customer(
    interaction: Interaction, customer: Customer, *, by: Person, at: datetime | None = None
) -> Interaction:
    """Say whose interaction it was, once that is known."""
    if customer.division_id != interaction.division_id:
        raise refuse(N_("客户属于另一单位"), field="customer")
    before = interaction.customer_id
    interaction.customer = customer
    interaction.save(update_fields=["customer"])
    record(
        "interaction.customer_known", interaction, by=by, at=at, before=before, after=customer.pk
    )
    search.touch(interaction)
    return interaction
