"""A section of a paper as inputs: built from its definition, so a new form needs no screen.

What was typed comes back as it was typed; a reason stands at the input its `field` names.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Model
from django.http import QueryDict

from shouwen.doors.web import one_time
from shouwen.doors.web.people import Request
from shouwen.doors.web.refusals import Said, say
from shouwen.engines.documents import attaching
from shouwen.engines.documents.definitions import FieldDef, SectionDef
from shouwen.engines.documents.models import Attachment
from shouwen.engines.documents.names import options_of
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason, Refused
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit

from .clashes import Conflict

SPARE_ROWS = 1
MOST_ROWS = 200
LONG = frozenset({"longtext", "lines", "files", "choices", "note"})
NUMBERS = frozenset({"integer", "quantity", "percent", "money"})
Data = Mapping[str, Any]


@dataclass
class Input:
    """One blank as the page shows it."""

    field: FieldDef
    name: str
    value: Any = ""
    errors: list[Said] = dataclasses.field(default_factory=list)
    options: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    rows: list[list["Input"]] = dataclasses.field(default_factory=list)
    blank: list["Input"] = dataclasses.field(default_factory=list)
    attachments: list[Attachment] = dataclasses.field(default_factory=list)
    readonly: bool = False
    section: str = ""

    @property
    def template(self) -> str:
        """The partial that draws it."""
        shape = "choice" if self.field.options_from else SHAPES.get(self.field.type, "text")
        return f"papers/inputs/{shape}.html"

    @property
    def wide(self) -> bool:
        """Whether it takes the whole line."""
        return self.field.type in LONG

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.field.type in NUMBERS

    @property
    def asks(self) -> str:
        """When it is asked for, as `field=value|value;…` for the script that hides it."""
        return ";".join(
            f"{key}={'|'.join(_words(value))}" for key, value in self.field.required_if.items()
        )

    @property
    def css_id(self) -> str:
        """Its id on the page, on which two sections may have a blank of one name."""
        return f"in-{self.section}-{self.name}".replace(".", "-")


SHAPES = {
    "longtext": "longtext",
    "date": "date",
    "datetime": "datetime",
    "choice": "choice",
    "choices": "choices",
    "bool": "bool",
    "person": "picker",
    "unit": "picker",
    "role": "picker",
    "lines": "lines",
    "files": "files",
    "note": "note",
}


@dataclass
class SectionForm:
    """The inputs of one section, and what else keeps it from being taken."""

    section: SectionDef
    version: int
    inputs: list[Input]
    errors: list[Said] = dataclasses.field(default_factory=list)
    conflict: Conflict | None = None
    """What somebody else saved here meanwhile."""

    @property
    def wrong(self) -> list[Input]:
        """Inputs with reasons, in the order of the page, rows included."""
        found: list[Input] = []
        for one in self.inputs:
            found += [cell for row in one.rows for cell in row if cell.errors]
            found += [one] if one.errors else []
        return found

    @property
    def has_files(self) -> bool:
        """Whether it uploads."""
        return any(one.field.type == "files" for one in self.inputs)


def section_form(
    section: SectionDef,
    data: Data,
    *,
    division: Unit,
    version: int,
    reasons: Sequence[Reason] = (),
    attachments: Iterable[Attachment] = (),
    conflict: Conflict | None = None,
) -> SectionForm:
    """The form of a section holding `data`: cleaned values, or raw ones that were just typed."""
    known = {str(one.uuid): one for one in attachments}
    make = _Maker(division, known, section.key)
    form = SectionForm(section, version, [make.input(f, data.get(f.key)) for f in section.fields])
    form.conflict = conflict
    _place(form, reasons)
    return form


def raw_of(section: SectionDef, post: QueryDict) -> dict[str, Any]:
    """What was typed, by field; tables as lists of rows, empty rows left out."""
    raw: dict[str, Any] = {}
    for one in section.fields:
        if one.computed or one.type == "note":
            continue
        if one.type == "lines":
            raw[one.key] = _rows_of(one, post)
        elif one.type in ("choices", "files"):
            raw[one.key] = [value for value in post.getlist(one.key) if value]
        elif one.type == "bool":
            raw[one.key] = one.key in post
        else:
            raw[one.key] = post.get(one.key, "")
    return raw


def raw_with_files(
    section: SectionDef, request: Request, *, matter: Model, division: Unit
) -> dict[str, Any]:
    """What was typed, with files uploaded beside it attached to the matter first.

    A refused form keeps them: they are listed again and need not be chosen anew.
    """
    raw = raw_of(section, request.POST)
    reasons: list[Reason] = []
    for one in section.fields:
        if one.type != "files":
            continue
        for file in request.FILES.getlist(f"{one.key}:upload"):
            try:
                kept = attaching.attach(file, by=request.person, matter=matter, division=division)
            except Refused as refused:
                reasons += [replace(r, field=f"{section.key}.{one.key}") for r in refused.reasons]
            else:
                raw[one.key].append(str(kept.uuid))
                again = partial(
                    attaching.keep, _examined(kept), by=request.person, matter=matter,
                    division=division, uuid=kept.uuid,
                )  # fmt: skip
                one_time.keep_although_refused(request, again)
    if reasons:
        raise RefusedFiles(raw, reasons)
    return raw


def _examined(kept: Attachment) -> attaching.Examined:
    blob = kept.blob
    return attaching.Examined(kept.name, blob.size, blob.mime, blob.sha256, blob.path)


class RefusedFiles(Refused):
    """A file was refused; what was typed comes along, so that nothing is lost."""

    def __init__(self, raw: dict[str, Any], reasons: Sequence[Reason]) -> None:
        super().__init__(*reasons)
        self.raw = raw


def _rows_of(table: FieldDef, post: QueryDict) -> list[dict[str, Any]]:
    rows = []
    for index in range(MOST_ROWS):
        names = {column.key: f"{table.key}.{index}.{column.key}" for column in table.columns}
        if not any(name in post for name in names.values()):
            if f"{table.key}.{index}" not in post:
                break
            continue
        row = {key: post.get(name, "").strip() for key, name in names.items()}
        if any(row.values()):
            rows.append(row)
    return rows


class _Maker:
    """Builds inputs; lists of people and units are made once for a page."""

    def __init__(self, division: Unit, attachments: Mapping[str, Attachment], section: str) -> None:
        self.division, self.section = division, section
        self.attachments = attachments
        self._lists: dict[str, list[tuple[str, str]]] = {}

    def input(self, one: FieldDef, value: Any, name: str = "") -> Input:
        """The input of one field with what stands in it."""
        made = Input(
            one, name or one.key, shown(one, value), readonly=bool(one.computed),
            section=self.section,
        )  # fmt: skip
        if one.type in ("choice", "choices"):
            made.options = [(key, str(label)) for key, label in one.choices.items()]
        elif one.type in ("person", "unit"):
            made.options = self._listed(one)
        elif one.options_from:
            made.options = options_of(one.options_from, self.division)
        elif one.type == "files":
            made.attachments = [self.attachments[u] for u in value or () if u in self.attachments]
        elif one.type == "lines":
            rows = [*(value or ()), *([{}] * (0 if one.computed else SPARE_ROWS))]
            if value and one.rows_from:
                rows = list(value)
            made.rows = [self._row(one, row, str(index)) for index, row in enumerate(rows)]
            made.blank = self._row(one, {}, "__")
        return made

    def _row(self, table: FieldDef, row: Data, index: str) -> list[Input]:
        return [
            self.input(column, row.get(column.key), f"{table.key}.{index}.{column.key}")
            for column in table.columns
        ]

    def _listed(self, one: FieldDef) -> list[tuple[str, str]]:
        key = f"{one.type}:{getattr(one, 'function', '') or ''}"
        if key not in self._lists:
            self._lists[key] = self._people() if one.type == "person" else self._units(one)
        return self._lists[key]

    def _people(self) -> list[tuple[str, str]]:
        found = []
        for person in org.all_persons():
            post = org.main_post(person)
            title = f" · {post.post.unit.name} {post.post.title}" if post else ""
            found.append((str(person.pk), f"{person.name}{title}"))
        return found

    def _units(self, one: FieldDef) -> list[tuple[str, str]]:
        function = getattr(one, "function", "") or ""
        day = org.staffing()
        tops = org.units_with(function, self.division) if function else [self.division]
        seen = dict.fromkeys(pk for top in tops for pk in day.below(top.pk))
        return [(str(pk), day.units[pk].name) for pk in seen if pk in day.units]


def shown(one: FieldDef, value: Any) -> Any:
    """A value as an input holds it; what cannot be read is shown as it was typed."""
    if value is None:
        return ""
    if one.type == "money" and isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}"
    if one.type == "datetime" and value:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            return value
        local = moment.astimezone(clock.COMPANY_ZONE) if moment.tzinfo else moment
        return local.strftime("%Y-%m-%dT%H:%M")
    if one.type == "bool":
        return value is True or value in ("on", "true", "1")
    if one.type == "choices":
        return [str(part) for part in value]
    return str(value) if not isinstance(value, list | dict) else value


def _place(form: SectionForm, reasons: Sequence[Reason]) -> None:
    """Put every reason at its input; what names none stands above all of them."""
    places: dict[str, Input] = {}
    for one in form.inputs:
        places[one.name] = one
        for row in one.rows:
            places |= {cell.name: cell for cell in row}
    for reason in reasons:
        name = reason.field.removeprefix(f"{form.section.key}.")
        target = places.get(name) or places.get(name.split(".")[0])
        (target.errors if target else form.errors).append(say(reason))


def _words(value: Any) -> list[str]:
    many = value if isinstance(value, list | tuple) else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in many]
