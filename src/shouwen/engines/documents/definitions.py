"""What a form is: sections of fields, copies, signatures, how it is numbered.

A form is data of a regulation (`forms.yaml`). A wrong definition is refused when it is loaded, so
that nobody meets it while filling in a paper.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from shouwen.ground.foundation.words import Words

from .checks import Check, Covers, Sum
from .conditions import Key
from .fields import Clause, Definition, FieldDef, no_twins, well_named

__all__ = [
    "AnswersDef",
    "CopyDef",
    "FieldDef",
    "FormDef",
    "SectionDef",
    "SeriesDef",
    "SignatureDef",
    "parse_forms",
]

_ROLE = r"unit:[a-z0-9_-]+(\.[a-z_]+)?|[a-z_]+(\.[a-z_]+)?"
Role = Annotated[str, StringConstraints(pattern=rf"^({_ROLE}|unit_of:[a-z0-9_]+\.[a-z0-9_]+)$")]
"""A role of org, `any`, `decider`, or `unit_of:section.field`: the unit named there."""


class AnswersDef(Definition):
    """This section answers another one, by when and by whom: a due is opened for it."""

    section: Key
    days_value: str | None = None
    due_field: Key | None = None
    owner_field: Key | None = None


class SectionDef(Definition):
    """The part of the paper one post fills in and signs."""

    key: Key
    title: Words
    by: Role
    clause: Clause = ""
    help: Words | None = None
    optional: bool = False
    after: list[Key] = []
    """Signatures that must be there before it may be signed (R4-69)."""
    after_issue: bool = False
    """Filled in when the paper is out already: the warehouse counts what comes in (R4-78)."""
    answers: AnswersDef | None = None
    fields: list[FieldDef] = Field(min_length=1)
    checks: list[Check] = []

    @property
    def is_late(self) -> bool:
        """True when the paper is issued without waiting for it."""
        return self.after_issue or self.answers is not None

    def field(self, key: str) -> FieldDef | None:
        """The field of that key."""
        return next((field for field in self.fields if field.key == key), None)

    def kinds(self) -> dict[str, str]:
        """Types by key, columns as `table.column`."""
        own = {field.key: field.type for field in self.fields}
        inner = {f"{f.key}.{c.key}": c.type for f in self.fields for c in f.columns}
        return {**own, **inner}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        well_named(self.fields, f"fields of {self.key}")
        for check in self.checks:
            self._check_names(check)
        return self

    def _check_names(self, check: Check) -> None:
        table = self.field(check.of) if check.of else None
        if check.of and (table is None or table.type != "lines"):
            raise ValueError(f"{self.key}: `of: {check.of}` is no table of this section")
        outer = {field.key for field in self.fields}
        inner = {column.key for column in table.columns} if table else outer
        named = set(check.names())
        bound = (
            {check.equals} if isinstance(check, Sum) and isinstance(check.equals, str) else set()
        )
        unknown = (named - inner) | (bound - outer) | (set(check.when) - inner - outer)
        if unknown:
            raise ValueError(
                f"{self.key}: rule {check.rule} names unknown fields {sorted(unknown)}"
            )


class CopyDef(Definition):
    """One copy (联) and who keeps it. With `then` the holder only passes it on (R4-72, R4-80)."""

    copy_: int = Field(alias="copy", ge=1, le=20)
    holder: Role
    title: Words
    then: Role | None = None

    @property
    def no(self) -> int:
        """Its number, from 1."""
        return self.copy_


class SignatureDef(Definition):
    """A place for a signature under the whole paper, in the order of signing."""

    key: Key
    role: Role
    title: Words
    clause: Clause = ""
    after_issue: bool = False


class SeriesDef(Definition):
    """How its numbers run: `pattern: "{yy}{mm}{n:02}"`, restarting each `period` (R4-22, R4-23)."""

    pattern: str
    period: Literal["month", "year"] = "year"
    when: Literal["issue", "accept"] = "issue"
    clause: Clause = ""
    name: Key | None = None
    """Forms that share it share their numbers; else each form counts alone."""

    @model_validator(mode="after")
    def _tells_periods_apart(self) -> Self:
        gap = re.compile(r"\{(yy|yyyy|mm|dd|n)(?::0\d{1,2})?\}")
        names = gap.findall(self.pattern)
        if set("{}") & set(gap.sub("", self.pattern)) or names.count("n") != 1:
            raise ValueError("pattern takes {yy} {yyyy} {mm} {dd} and one {n:02}")
        has_year = bool({"yy", "yyyy"} & set(names))
        if not has_year or (self.period == "month" and "mm" not in names):
            raise ValueError(f"pattern {self.pattern} would repeat its numbers each {self.period}")
        return self


class FormDef(Definition):
    """One paper of a regulation."""

    key: Key
    title: Words
    clause: Clause = ""
    internal: bool = False
    """Never for customers: marked on print, cannot be attached to a message (R4-54)."""
    internal_clause: Clause = ""
    files_on: list[Key] = []
    """Kinds of matter on which people file this paper by hand."""
    series: SeriesDef | None = None
    copies_clause: Clause = ""
    copies: list[CopyDef] = []
    signatures: list[SignatureDef] = []
    sections: list[SectionDef] = Field(min_length=1)

    def section(self, key: str) -> SectionDef | None:
        """The section of that key."""
        return next((section for section in self.sections if section.key == key), None)

    def signature(self, key: str) -> SignatureDef | None:
        """The place for a signature of that key."""
        return next((place for place in self.signatures if place.key == key), None)

    def before_issue(self) -> list[SectionDef]:
        """The sections without which the paper is not issued."""
        return [s for s in self.sections if not (s.optional or s.is_late)]

    def signed_under(self, place: SignatureDef) -> list[SectionDef]:
        """The sections that must be signed before this place may be."""
        if place.after_issue:
            return [s for s in self.sections if not s.optional]
        return [s for s in self.before_issue() if place.key not in s.after]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        places = [*(s.key for s in self.sections), *(s.key for s in self.signatures)]
        no_twins(places, f"sections and signatures of {self.key}")
        if [copy.no for copy in self.copies] != list(range(1, len(self.copies) + 1)):
            raise ValueError("copies are numbered 1, 2, 3 … in order")
        for section in self.sections:
            if unknown := set(section.after) - {place.key for place in self.signatures}:
                raise ValueError(f"{section.key}: after unknown signatures {sorted(unknown)}")
            if section.answers and not self.section(section.answers.section):
                raise ValueError(f"{section.key}: answers no section of this form")
        for path in self._paths():
            self._check_path(path)
        return self

    def _paths(self) -> Iterator[str]:
        roles = [s.by for s in self.sections] + [p.role for p in self.signatures]
        roles += [role for copy in self.copies for role in (copy.holder, copy.then or "")]
        yield from (role for role in roles if role.startswith("unit_of:"))
        for section in self.sections:
            named = (
                path for field in section.fields for path in (field.rows_from, field.preset_if)
            )
            yield from (path for path in named if path)
            yield from (check.other for check in section.checks if isinstance(check, Covers))

    def _check_path(self, path: str) -> None:
        section_key, field_key, *rest = path.removeprefix("unit_of:").split(".")
        section = self.section(section_key)
        field = section.field(field_key) if section else None
        known = field is not None and (not rest or field.column(rest[0]) is not None)
        if not known or (path.startswith("unit_of:") and field and field.type != "unit"):
            raise ValueError(f"{path}: there is no such field in this form")


_forms = TypeAdapter(dict[Key, FormDef])


def parse_forms(raw: Any) -> dict[str, FormDef]:
    """All forms of one `forms.yaml`, by their keys."""
    with_keys = {
        key: {"key": key, **body} if isinstance(body, dict) else body
        for key, body in (raw or {}).items()
    }
    return _forms.validate_python(with_keys)
