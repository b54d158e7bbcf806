"""Verbs on papers: open and fill in. Each is one fact of the journal."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from shouwen.ground.foundation import clock, writing
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy

from . import matters, queries, rules
from .access import Hand, in_whose_name, require_open, require_unsigned, require_version
from .definitions import SectionDef
from .models import Attachment, Section, Sheet
from .names import files_in

Also = Callable[[dict[str, Any], Hand], Iterable[Reason]]
"""What a storey above asks of a section: `also(cleaned, hand)`; fields begin with its key."""


def nothing_more(data: dict[str, Any], hand: Hand) -> Iterable[Reason]:
    """Nothing else is asked."""
    return ()


@one_act
def open_sheet(
    form: str,
    *,
    division: Unit,
    matter: Model | None = None,
    by: Person | None,
    at: datetime | None = None,
    data: Mapping[str, Mapping[str, Any]] | None = None,
    origin: Sheet | None = None,
) -> Sheet:
    """Begin a paper under the edition the division runs by. Without a matter it is its own.

    `data` fills sections in advance, by whoever opens it; `origin` is the paper it is filed anew
    for (R4-48).
    """
    at = at or clock.now()
    regulation, _newest = policy.edition_of(form, clock.day_of(at))
    edition = org.require_adopted(division, regulation, at)
    sheet = writing.insert(
        Sheet(
            form=form, regulation=regulation, edition=edition, division=division, origin=origin,
            created_by=by, created_at=at, **(matters.reference(matter) if matter else {}),
        )
    )  # fmt: skip
    if matter is None:
        Sheet.objects.filter(pk=sheet.pk).update(**matters.reference(sheet))
        sheet.matter_kind, sheet.matter_id = "sheet", sheet.pk
    given = _cleaned(sheet, data or {}, at)
    Section.objects.bulk_create(
        Section(
            sheet=sheet, key=section.key, data=given.get(section.key, {}),
            version=int(section.key in given),
            saved_by=by if section.key in given else None,
            saved_at=at if section.key in given else None,
        )
        for section in sheet.definition.sections
    )  # fmt: skip
    record("sheet.opened", sheet, by=by, at=at, data=given, origin=origin.pk if origin else None)
    return sheet


@one_act
def save_section(
    sheet: Sheet,
    key: str,
    data: Mapping[str, Any],
    *,
    version: int,
    by: Person,
    at: datetime | None = None,
    also: Also = nothing_more,
) -> Section:
    """Keep what was typed. Refused when somebody else saved meanwhile: nothing is overwritten."""
    at = at or clock.now()
    sheet, section = locked(sheet, key)
    hand = Hand(sheet, by, at, queries.data_of(sheet))
    require_writable(hand, section, version)
    return _write(section, checked(hand, section, data, also), by=by, at=at)


@one_act
def fill_computed(
    sheet: Sheet,
    key: str,
    data: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime | None = None,
) -> Section:
    """Write the fields of a section that nobody types; a signed section keeps what was signed."""
    at = at or clock.now()
    sheet, section = locked(sheet, key)
    computed = {field.key for field in section.definition.fields if field.computed}
    if strangers := set(data) - computed:
        raise ValueError(f"{sheet.form}.{key}: not computed: {sorted(strangers)}")
    require_unsigned(section)
    clean, reasons = rules.clean(section.definition, {**section.data, **data}, now=at)
    refuse_any(replace(reason, field=f"{key}.{reason.field}") for reason in reasons)
    return _write(section, clean, by=by, at=at)


def record(event: str, sheet: Sheet, *, by: Person | None, at: datetime, **data: Any) -> None:
    """One fact about a paper, on the timeline of its matter."""
    assert sheet.matter_id is not None
    matter = matters.stand_in(sheet.matter_kind, sheet.matter_id)
    facts = {"form": sheet.form, "number": sheet.number, **data}
    journal.record(event, sheet, by=by, at=at, matter=matter, **facts)


def lock(sheet: Sheet) -> Sheet:
    """The paper as it is now, its sections at hand; other writers of it wait."""
    return _current.one(sheet.pk)


@prepared
def _current(pk: int) -> QuerySet[Sheet]:
    return Sheet.objects.select_for_update().prefetch_related("sections").filter(pk=pk)


def locked(sheet: Sheet, key: str) -> tuple[Sheet, Section]:
    """The paper and one section of it, as they are now."""
    current = lock(sheet)
    return current, part_of(current, key)


def part_of(sheet: Sheet, key: str) -> Section:
    """One section of a paper that was read with its sections."""
    found = next((part for part in sheet.sections.all() if part.key == key), None)
    if found is None:
        raise Section.DoesNotExist(f"{sheet.form}.{key}")
    return found


def _cleaned(
    sheet: Sheet, data: Mapping[str, Mapping[str, Any]], at: datetime
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    reasons: list[Reason] = []
    for key, raw in data.items():
        definition = sheet.definition.section(key)
        if definition is None:
            raise ValueError(f"{sheet.form} has no section {key!r}")
        found[key], wrong = rules.clean(definition, raw, now=at)
        wrong += rules.why_not_saved(definition, found[key], found)
        wrong += _strange_files(sheet, definition, found[key])
        reasons += [replace(reason, field=f"{key}.{reason.field}") for reason in wrong]
    refuse_any(reasons)
    return found


def _strange_files(sheet: Sheet, definition: SectionDef, data: Mapping[str, Any]) -> list[Reason]:
    """Files that are not of this paper or its matter: nobody reaches a file by naming its id."""
    wanted = files_in(definition, data)
    if not wanted:
        return []
    here = Q(sheet=sheet) | Q(matter_kind=sheet.matter_kind, matter_id=sheet.matter_id)
    known = Attachment.objects.filter(here, removed_at__isnull=True)
    uuids = known.filter(uuid__in=[uuid for _path, uuid in wanted]).values_list("uuid", flat=True)
    have = set(map(str, uuids))
    return [
        Reason(N_("找不到这个文件,请重新上传"), definition.clause, path)
        for path, uuid in wanted
        if uuid not in have
    ]


def _with_computed(
    definition: SectionDef, clean: dict[str, Any], before: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Reason]]:
    """Computed fields keep what was worked out; whoever types something else is told."""
    reasons = []
    for field in definition.fields:
        if not field.computed:
            continue
        if field.key in clean and clean[field.key] != before.get(field.key):
            facts = {"label": str(field.label)}
            message = N_("“%(label)s”由系统核算,不能改写")
            reasons.append(Reason(message, field.clause or definition.clause, field.key, "", facts))
        clean.pop(field.key, None)
        if field.key in before:
            clean[field.key] = before[field.key]
    return clean, reasons


def require_writable(hand: Hand, section: Section, version: int) -> None:
    """Refuse whoever may not write in a section now, and whoever read another version of it."""
    definition = section.definition
    require_open(hand.sheet, definition)
    in_whose_name(hand, definition.by, section.key, definition.clause)
    require_unsigned(section)
    require_version(section, version)


def checked(hand: Hand, section: Section, data: Mapping[str, Any], also: Also) -> dict[str, Any]:
    """What was typed, cleaned; refused with every reason against it."""
    definition = section.definition
    clean, reasons = rules.clean(definition, data, now=hand.at)
    clean, kept = _with_computed(definition, clean, section.data)
    reasons = [*reasons, *kept, *rules.why_not_saved(definition, clean, hand.data)]
    reasons += _strange_files(hand.sheet, definition, clean)
    refuse_any(replace(reason, field=f"{section.key}.{reason.field}") for reason in reasons)
    refuse_any(also(clean, hand))
    return clean


def _write(section: Section, data: dict[str, Any], *, by: Person | None, at: datetime) -> Section:
    changed = fill(section, data, by=by, at=at)
    if changed is None:
        return section
    section.save(update_fields=WRITTEN)
    touch(section.sheet)
    record_saved(section, changed, by=by, at=at)
    return section


WRITTEN = ["data", "version", "saved_by", "saved_at"]
"""The columns that `fill` changes."""
Changed = dict[str, list[Any]]


def fill(
    section: Section, data: dict[str, Any], *, by: Person | None, at: datetime
) -> Changed | None:
    """Put data into a section without writing it yet: what changed, None when nothing did."""
    keys = section.data.keys() | data.keys()
    changed = {
        key: [section.data.get(key), data.get(key)]
        for key in sorted(keys)
        if section.data.get(key) != data.get(key)
    }
    if not changed and section.version:
        return None
    section.data, section.version = data, section.version + 1
    section.saved_by, section.saved_at = by, at
    return changed


def record_saved(section: Section, changed: Changed, *, by: Person | None, at: datetime) -> None:
    """The fact that a section was filled, with every value before and after."""
    record(
        "sheet.section_saved", section.sheet, by=by, at=at, section=section.key,
        version=section.version, changed=changed,
    )  # fmt: skip


def touch(sheet: Sheet) -> None:
    """Make whoever read the sheet before notice that it changed."""
    Sheet.objects.filter(pk=sheet.pk).update(version=F("version") + 1)
