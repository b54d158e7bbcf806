"""Verbs around one matter from the web: file it, add to it, answer it, say whether it is good.

The customer has no account: `by` is None, the system. Photos are examined before anything is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.base import File
from django.db import models

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.matters import stand_in
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers import phones
from shouwen.work.customers import queries as customers
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Direction, Interaction, Nature
from shouwen.work.interactions.wording import own

from . import adding, continuing, rules
from .models import Filing, PlaceLabel, Verdict

Photos = Sequence["File[bytes]"]
WEB = "web"
ONLY_PHOTOS = own(N_("（附照片）"))


@dataclass(frozen=True)
class FromWeb:
    """What a customer types into the portal."""

    division: Unit
    name: str
    phone: str
    body: str
    wanted: str = ""
    label: PlaceLabel | None = None
    language: str = "zh-hans"
    once: str = ""
    """The token of the form: the same form sent twice is filed once."""


@one_act
def file(told: FromWeb, photos: Photos = (), *, at: datetime | None = None) -> Interaction:
    """File a matter without an account: numbered, on channel web, for customer service to route."""
    moment = at or clock.now()
    number = phones.read(told.phone)
    clause = _clause(told.division, moment)
    names = [photo.name or "" for photo in photos]
    if known := interactions.known_as(WEB, told.once or None):
        return known
    refuse_any(
        rules.why_not_filed(told.name, number.key if number else None, told.body, names, clause)
    )
    if told.label and (told.label.retired_at or told.label.division_id != told.division.pk):
        raise refuse(N_("这张标签已停用"), field="label", instead=N_("请从门户首页填报"))
    draft = interactions.Draft(
        division=told.division, body=told.body, channel=Channel.WEB, nature=Nature.PROBLEM,
        customer=customers.of_number(told.phone, told.division.pk), name=told.name,
        phone=told.phone, wanted=told.wanted,
        subject=told.label.name_zh if told.label else "", source=WEB,
        external_id=told.once or None,
        more={"label": told.label.code, "place": told.label.name_zh} if told.label else {},
    )  # fmt: skip
    row = interactions.record_interaction(draft, by=None, at=moment)
    Filing.objects.create(interaction=row, label=told.label, language=told.language)
    _keep(photos, row, moment)
    return row


def _keep(photos: Photos, row: Interaction, at: datetime) -> None:
    for photo in photos:
        try:
            documents.attach(photo, by=None, at=at, matter=row, division=row.division)
        except Refused as refused:  # said at the field of the photos, whatever was wrong
            raise Refused(*(replace(one, field="photos") for one in refused.reasons)) from refused


def _clause(division: Unit | int, at: datetime) -> str:
    clause = ruling.clause("document", division, at, form="intake")
    return clause.id if clause else ""


@one_act
def add(
    to: Interaction, body: str, photos: Photos = (), *, once: str = "", at: datetime | None = None
) -> Interaction:
    """The customer adds a word or a photo to what he brought; it belongs to the same matter."""
    moment = at or clock.now()
    if known := interactions.known_as(WEB, once or None):
        return known
    names = [photo.name or "" for photo in photos]
    refuse_any(rules.why_not_added(body, names, _clause(to.division_id, moment)))
    row = _said(to, body.strip() or ONLY_PHOTOS, by=None, at=moment, once=once)
    _keep(photos, row, moment)
    return row


@one_act
def answer(
    to: Interaction, body: str, *, by: Person, definite: bool = False, at: datetime | None = None
) -> Interaction:
    """Answer a customer where he follows his matter; he reads these words and nothing else."""
    return _said(to, body, by=by, at=at or clock.now(), out=True, definite=definite)


def _said(
    to: Interaction,
    body: str,
    *,
    by: Person | None,
    at: datetime,
    once: str = "",
    out: bool = False,
    definite: bool = False,
) -> Interaction:
    draft = interactions.Draft(
        division=to.division, body=body, channel=Channel.WEB, nature=Nature.FOLLOW_UP,
        direction=Direction.OUT if out else Direction.IN, customer=to.customer,
        name=to.text.name, phone=to.text.phone, definite=definite,
        source="" if out else WEB, external_id=once or None, joins=True,
    )  # fmt: skip
    row = interactions.record_interaction(draft, by=by, at=at, matter=_matter(to))
    adding.join(row, to)
    return row


def _matter(to: Interaction) -> models.Model | None:
    """What it became, or in what that went on."""
    matters = continuing.matters_of(to)
    return stand_in(*matters[-1]) if matters else None


@one_act
def judge(
    of: Interaction,
    satisfied: bool,
    words: str = "",
    *,
    once: str = "",
    at: datetime | None = None,
) -> Verdict:
    """The customer says whether he is satisfied; the newest word counts, all of them stay.

    Whose matter it is hears of it and acts (R3-33). The same form sent twice is one word.
    """
    moment = at or clock.now()
    Interaction.objects.select_for_update().get(pk=of.pk)  # two clicks come one after the other
    if once and (known := Verdict.objects.filter(of=of, once=once).first()):
        return known
    refuse_any(rules.why_not_judged(satisfied, words))
    if len(words) > 500:
        raise Refused(Reason(N_("最多 %(most)s 个字"), field="words", facts={"most": 500}))
    row = Verdict.objects.create(
        of=of, satisfied=satisfied, words=words.strip(), once=once or None, at=moment
    )
    record(
        "verdict.given", row, by=None, at=moment, matter=_matter(of) or of,
        satisfied=satisfied, of=of.number,
    )  # fmt: skip
    return row
