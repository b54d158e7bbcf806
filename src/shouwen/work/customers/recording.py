"""Write a record and its fact in one go: what was, what is, who, when."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import searching
from .phones import masked

Record = TypeVar("Record", bound=models.Model)
_PHONES = {"phone", "other_phone"}
_PERSONAL: dict[str, Callable[[str], str]] = {
    "name": lambda text: text[0] + "＊" * (len(text) - 1),
    "email": lambda text: f"{text[0]}***@{text.partition('@')[2]}",
    "address": lambda text: text[:3] + "…",
    "habits": lambda text: text[:3] + "…",
}
"""How a contact's name, an e-mail and an address stand in a fact."""
_DERIVED = {
    "phone_key", "phone_reversed", "other_key", "other_reversed", "pinyin", "initials", "version",
}  # fmt: skip


def create(
    record: Record,
    event: str,
    taken: Reason,
    *,
    by: Person | None,
    at: datetime | None,
    **about: Any,
) -> Record:
    """Insert a record and journal it; `taken` is said when its key exists already."""
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(taken) from error
    searching.touch(record)
    journal.record(event, record, by=by, at=at, **about, values=_told(record))
    return record


def change(
    record: Record,
    values: dict[str, Any],
    event: str,
    taken: Reason,
    *,
    version: int | None,
    by: Person | None,
    at: datetime | None,
    parts: dict[str, Any] | None = None,
    **about: Any,
) -> bool:
    """Write what differs, if nobody wrote in between; False when nothing differs.

    `parts` are changes of the record's parts, already made, each `[old, new]`.
    """
    changed = {key: value for key, value in values.items() if getattr(record, key) != value}
    if not set(changed) - _DERIVED and not parts:
        return False
    seen = version if version is not None else record.version  # type: ignore[attr-defined]
    old = {key: getattr(record, key) for key in changed}
    try:
        with transaction.atomic():
            rows = type(record)._default_manager.filter(pk=record.pk, version=seen)
            written = rows.update(**changed, version=seen + 1)
    except IntegrityError as error:
        raise Refused(taken) from error
    if not written:
        raise stale(record)
    for key, value in changed.items():
        setattr(record, key, value)
    record.version = seen + 1  # type: ignore[attr-defined]
    searching.touch(record)
    told = {k: [_plain(k, old[k]), _plain(k, changed[k])] for k in changed if k not in _DERIVED}
    journal.record(event, record, by=by, at=at, **about, changes=told | (parts or {}))
    return True


def stale(record: models.Model) -> Refused:
    """Somebody else changed the record meanwhile; says who and when."""
    last = (
        Entry.objects.filter(subject_kind=journal.kind_of(record), subject_id=record.pk)
        .order_by("-id")
        .first()
    )
    who = org.person(last.actor_id).name if last and last.actor_id else ""
    when = last.at.astimezone(clock.COMPANY_ZONE).strftime("%m-%d %H:%M") if last else ""
    return refuse(
        N_("这份资料刚被 %(who)s 改过（%(when)s），您看到的已不是最新"),
        instead=N_("刷新后再改"),
        who=who or "—",
        when=when or "—",
    )


def _told(record: models.Model) -> dict[str, Any]:
    """The values of a new record as its fact keeps them, empty ones left out."""
    found = {}
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        if field.name not in _DERIVED and not field.primary_key and value not in (None, ""):
            found[field.name] = _plain(field.name, value)
    return found


def _plain(name: str, value: Any) -> Any:
    """A value as JSON. Whatever leads to a person is masked: the journal cannot forget (0011)."""
    if name in _PHONES:
        return masked(value)
    if name in _PERSONAL and value:
        return _PERSONAL[name](str(value))
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value
