"""The decisions of a paper, pure: what was typed, what is missing, what contradicts itself.

`field` of a reason is the path inside the section: `amount`, `lines.2.defective` (rows from 0, as
the form names them; people read `第 3 行`).
"""

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason

from . import cleaning
from .checks import column
from .conditions import Data, holds, is_empty
from .definitions import FieldDef, SectionDef

ROWS = 200
"""Rows of one table, when its definition sets no fewer."""


def clean(
    section: SectionDef, raw: Mapping[str, Any], *, now: datetime | None = None
) -> tuple[dict[str, Any], list[Reason]]:
    """What to store of what was typed, and a reason for each field that could not be read.

    Empty fields are left out, `False` and 0 are kept; a key the section does not have is refused.
    """
    return _clean_fields(section.fields, raw, section.clause, now or clock.now())


def why_not_complete(
    section: SectionDef, data: Data, sections: Mapping[str, Data] | None = None
) -> list[Reason]:
    """Everything that keeps the section from being signed. `sections`: the data of the others."""
    found = _missing(section.fields, data, section.clause)
    return [*found, *_breaches(section, data, sections or {}, at_save=False)]


def why_not_saved(
    section: SectionDef, data: Data, sections: Mapping[str, Data] | None = None
) -> list[Reason]:
    """What is refused already on saving: figures that contradict each other, `at_save` fields."""
    early = [field for field in section.fields if field.at_save]
    found = [r for f in early for r in _missing_field(f, data, section.clause)]
    return [*found, *_breaches(section, data, sections or {}, at_save=True)]


def presets(section: SectionDef, sections: Mapping[str, Data]) -> dict[str, Any]:
    """What an untouched section starts with: presets, and a row per value of `rows_from`."""
    start = {f.key: f.preset for f in section.fields if _is_preset(f, sections)}
    for field in section.fields:
        if field.rows_from:
            name = field.rows_from.rpartition(".")[2]
            target = name if field.column(name) else field.columns[0].key
            values = dict.fromkeys(column(sections, field.rows_from))
            start[field.key] = [{target: value} for value in values]
    return {key: value for key, value in start.items() if not is_empty(value)}


def _is_preset(field: FieldDef, sections: Mapping[str, Data]) -> bool:
    if field.preset is None or field.preset_if is None:
        return field.preset is not None
    section, _dot, key = field.preset_if.partition(".")
    return bool(sections.get(section, {}).get(key))


def _clean_fields(
    fields: list[FieldDef], raw: Any, clause: str, now: datetime
) -> tuple[dict[str, Any], list[Reason]]:
    if not isinstance(raw, Mapping):
        return {}, [Reason(N_("请按表格的栏目填写"), clause)]
    known = {field.key: field for field in fields if field.type != "note"}
    unknown = (cleaning.tidy(str(key))[:60] for key in raw if key not in known)
    reasons = [
        Reason(N_("表上没有“%(key)s”这一栏"), clause, name, facts={"key": name}) for name in unknown
    ]
    data: dict[str, Any] = {}
    for key, field in known.items():
        value, found = _clean_field(field, raw.get(key), clause, now)
        reasons += found
        if value is not None:
            data[key] = value
    return data, reasons


def _clean_field(field: FieldDef, raw: Any, clause: str, now: datetime) -> tuple[Any, list[Reason]]:
    if field.type == "lines":
        return _clean_table(field, raw, clause, now)
    try:
        return cleaning.value(field, raw, now), []
    except cleaning.Unclear as unclear:
        facts = {"label": str(field.label), **unclear.facts}
        return None, [Reason(unclear.message, field.clause or clause, field.key, facts=facts)]


def _clean_table(
    field: FieldDef, raw: Any, clause: str, now: datetime
) -> tuple[list[dict[str, Any]] | None, list[Reason]]:
    clause = field.clause or clause
    if is_empty(raw):
        return None, []
    if not isinstance(raw, (list, tuple)):
        return None, [Reason(N_("请按表格的栏目填写"), clause, field.key)]
    most = int(field.max or ROWS)
    if len(raw) > most:
        return None, [Reason(N_("最多 %(most)s 行"), clause, field.key, facts={"most": most})]
    rows, reasons = [], []
    for place, one in enumerate(raw):
        row, found = _clean_fields(field.columns, one, clause, now)
        reasons += [_in_row(reason, field.key, place) for reason in found]
        if row:
            rows.append(row)
    return rows or None, reasons


def _in_row(reason: Reason, table: str, place: int) -> Reason:
    path = f"{table}.{place}.{reason.field}".rstrip(".")
    facts = {**reason.facts, "row": place + 1}
    return Reason(reason.message, reason.clause, path, reason.instead, facts)


def _missing(fields: list[FieldDef], data: Data, clause: str) -> list[Reason]:
    return [reason for field in fields for reason in _missing_field(field, data, clause)]


def _missing_field(field: FieldDef, data: Data, clause: str) -> list[Reason]:
    value, clause = data.get(field.key), field.clause or clause
    asked = field.required or (bool(field.required_if) and holds(field.required_if, data))
    facts = {"label": str(field.label)}
    if field.must is not None and asked and bool(value) is not field.must:
        return [Reason(N_("“%(label)s”须先确认"), clause, field.key, facts=facts)]
    if is_empty(value):
        return [Reason(N_("“%(label)s”未填"), clause, field.key, facts=facts)] if asked else []
    if field.type == "lines" and isinstance(value, list):
        return _missing_rows(field, value, clause)
    return []


def _missing_rows(field: FieldDef, rows: list[Data], clause: str) -> list[Reason]:
    found = [
        _in_row(reason, field.key, place)
        for place, row in enumerate(rows)
        for reason in _missing(field.columns, row, clause)
    ]
    least = int(field.min or Decimal(0))
    if len(rows) < least:
        facts = {"label": str(field.label), "least": least}
        found.append(Reason(N_("“%(label)s”至少 %(least)s 行"), clause, field.key, facts=facts))
    return found


def _breaches(
    section: SectionDef, data: Data, sections: Mapping[str, Data], *, at_save: bool
) -> list[Reason]:
    """Breaches of the section's rules; on saving only of those refused at once."""
    kinds = section.kinds()
    others = {**sections, section.key: data}
    return [
        reason if reason.clause else dataclasses.replace(reason, clause=section.clause)
        for check in section.checks
        if check.at_save or not at_save
        for reason in check.why_not(data, others, kinds)
    ]
