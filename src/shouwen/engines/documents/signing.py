"""Verbs on signatures: under a section, under the whole paper, and taking a section up again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shouwen.ground.foundation import clock, writing
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.org.models import Person

from . import queries, rules
from .access import (
    Hand,
    in_whose_name,
    require_not_void,
    require_open,
    require_unsigned,
    require_version,
)
from .definitions import SectionDef
from .digests import digest_of, signed_keys
from .models import Section, Sheet, Signature
from .sheets import (
    WRITTEN,
    Also,
    checked,
    fill,
    lock,
    locked,
    nothing_more,
    part_of,
    record,
    record_saved,
    require_writable,
    touch,
)

SIGNED = ["signed_by", "signed_at"]


@one_act
def sign_section(
    sheet: Sheet,
    key: str,
    *,
    by: Person,
    at: datetime | None = None,
    opinion: str = "",
    version: int | None = None,
) -> Signature:
    """Put one's name under a complete section; `version` says which text was seen."""
    at = at or clock.now()
    sheet, section = locked(sheet, key)
    require_open(sheet, section.definition)
    hand = Hand(sheet, by, at, queries.data_of(sheet))
    require_unsigned(section)
    if version is not None:
        require_version(section, version)
    name = _signer(hand, section)
    section.signed_by, section.signed_at = by, at
    section.save(update_fields=SIGNED)
    return _signature(hand, Signature.Kind.SECTION, key, name=name, opinion=opinion)


@one_act
def fill_and_sign(
    hand: Hand,
    key: str,
    data: Mapping[str, Any] | None,
    *,
    version: int,
    opinion: str = "",
    also: Also = nothing_more,
) -> Signature:
    """Fill a section and put one's name under it in one act: one check of the version, one write.

    The caller holds `hand.sheet` (`take`). Without `data` what stands there is signed. What reacts
    to the filling finds the section signed.
    """
    sheet, section = hand.sheet, part_of(hand.sheet, key)
    changed = None
    if data is None:
        require_open(sheet, section.definition)
        require_unsigned(section)
        refuse_any(also(section.data, hand))
    else:
        require_writable(hand, section, version)
        changed = fill(section, checked(hand, section, data, also), by=hand.by, at=hand.at)
        hand = replace(hand, data=queries.data_of(sheet))
    # Asked of the new text: the figures just written may be beyond the writer's authority.
    name = _signer(hand, section)
    section.signed_by, section.signed_at = hand.by, hand.at
    writing.update(section, *(SIGNED if changed is None else [*WRITTEN, *SIGNED]))
    if changed is not None:
        record_saved(section, changed, by=hand.by, at=hand.at)
    return _signature(hand, Signature.Kind.SECTION, key, name=name, opinion=opinion)


def _signer(hand: Hand, section: Section) -> Person:
    """In whose name a section is signed; refuses while something is missing in it."""
    definition = section.definition
    name = in_whose_name(hand, definition.by, section.key, definition.clause)
    reasons = [*_unsigned_places(hand.sheet, definition.after)]
    reasons += rules.why_not_complete(definition, section.data, hand.data)
    refuse_any(replace(r, field=f"{section.key}.{r.field}".rstrip(".")) for r in reasons)
    return name


@one_act
def sign_place(
    sheet: Sheet, place: str, *, by: Person, at: datetime | None = None, opinion: str = ""
) -> Signature:
    """Sign the whole paper in one of its places, in their order (R4-69)."""
    at = at or clock.now()
    sheet = lock(sheet)
    form, sections = sheet.definition, queries.data_of(sheet)
    found = form.signature(place)
    if found is None:
        raise ValueError(f"{sheet.form} has no place {place!r} for a signature")
    require_not_void(sheet)
    hand = Hand(sheet, by, at, sections)
    name = in_whose_name(hand, found.role, place, found.clause)
    earlier = [one.key for one in form.signatures[: form.signatures.index(found)]]
    reasons = unsigned_sections(sheet, form.signed_under(found), found.clause)
    reasons += _unsigned_places(sheet, earlier)
    if place in queries.signatures_of(sheet):
        reasons.append(Reason(N_("此处已经签署"), found.clause, place))
    refuse_any(reasons)
    return _signature(hand, Signature.Kind.PLACE, place, name=name, opinion=opinion)


@one_act
def reopen_section(
    sheet: Sheet, key: str, *, reason: str, by: Person | None, at: datetime | None = None
) -> Section:
    """Let a signed section be written again; every signature above its text is revoked."""
    at = at or clock.now()
    sheet, section = locked(sheet, key)
    require_not_void(sheet)
    if not section.signed_at:
        return section
    valid = queries.signatures_of(sheet).values()
    fallen = [one for one in valid if key in signed_keys(sheet, one.kind, one.place)]
    Signature.objects.filter(pk__in=[one.pk for one in fallen]).update(
        revoked_at=at, revoked_reason=reason[:200]
    )
    section.signed_by = section.signed_at = None
    section.save(update_fields=["signed_by", "signed_at"])
    places = [one.place for one in fallen]
    record(
        "sheet.section_reopened", sheet, by=by, at=at, section=key, reason=reason, revoked=places
    )
    return section


def unsigned_sections(sheet: Sheet, sections: list[SectionDef], clause: str) -> list[Reason]:
    """A reason for each of these sections that nobody has signed yet."""
    signed = {part.key for part in sheet.sections.all() if part.signed_at}
    return [
        Reason(
            N_("“%(section)s”尚未签署"), clause or section.clause, section.key,
            facts={"section": str(section.title)},
        )
        for section in sections
        if section.key not in signed
    ]  # fmt: skip


def _unsigned_places(sheet: Sheet, places: list[str]) -> list[Reason]:
    if not places:
        return []
    form, signed = sheet.definition, queries.signatures_of(sheet)
    waiting = [form.signature(place) for place in places if place not in signed]
    return [
        Reason(N_("须先有“%(place)s”的签署"), p.clause, facts={"place": str(p.title)})
        for p in waiting
        if p
    ]


def _signature(
    hand: Hand, kind: Signature.Kind, place: str, *, name: Person, opinion: str
) -> Signature:
    sheet, by, at = hand.sheet, hand.by, hand.at
    signature = writing.insert(
        Signature(
            sheet=sheet, kind=kind, place=place, person=by, for_person=name if name != by else None,
            at=at, opinion=opinion, digest=digest_of(sheet, kind, place, hand.data),
        )
    )  # fmt: skip
    touch(sheet)
    event = "sheet.section_signed" if kind == Signature.Kind.SECTION else "sheet.signed"
    for_person = signature.for_person_id
    facts = {"section": place, "digest": signature.digest, "for_person": for_person}
    record(event, sheet, by=by, at=at, **facts, opinion=opinion)
    return signature
