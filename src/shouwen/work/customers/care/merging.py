"""Two records of one customer become one; whatever pointed at the other points at the survivor.

Nothing is lost: the other record keeps its number and its own timeline, and says into which it went
(R2-08, R6-09). What was moved is kept, so that it can be undone as long as nobody merged further.
Both rows are locked in the order of their ids, so that of two people who merge the same pair, or
the pair the other way round, one is refused. A row that somebody wrote for the old record in the
very moment is brought after by `gather`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Person
from shouwen.work.customers import searching
from shouwen.work.customers.access import require_writer
from shouwen.work.customers.models import Contact, Customer, Merge

from . import completeness, rules

FOLLOWED_FOR = timedelta(days=2)
"""So long after a merge strays are looked for: no transaction and no open form lasts longer."""
Moved = dict[str, list[int]]


@one_act
def merge_customers(
    survivor: Customer, other: Customer, *, reason: str, by: Person, at: datetime | None = None
) -> Merge:
    """Move everything of `other` to `survivor`; `other` rests and says where it went."""
    at = at or clock.now()
    require_writer(by, "customer", survivor.division_id)
    kept, gone = _both(survivor, other)
    refuse_any(_why_not(kept, gone, reason))
    filled = {"main": _one_main_contact(kept, gone), "fields": _fill_in(kept, gone)}
    moved = _move(gone.pk, kept.pk)
    Customer.objects.filter(pk=gone.pk).update(
        merged_into=kept, active=False, version=models.F("version") + 1
    )
    made = Merge.objects.create(
        survivor=kept, merged=gone, reason=reason.strip(), moved=moved, filled=filled, by=by, at=at
    )
    _record(
        "customers.merged", made, by, at, {"reason": reason.strip(), "filled": filled["fields"]}
    )
    _after(survivor, other, at)
    return made


@one_act
def undo_merge(merge: Merge, *, reason: str, by: Person, at: datetime | None = None) -> Merge:
    """Give back what was moved; what came since stays where it is."""
    at = at or clock.now()
    require_writer(by, "customer", merge.survivor.division_id)
    kept, gone = _both(merge.survivor, merge.merged)
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at:
        raise refuse(N_("这次合并已经撤销"))
    if kept.merged_into_id:
        raise refuse(N_("保留的资料后来又被合并"), instead=N_("请先撤销后一次合并"))
    refuse_any(rules.why_not_reason(reason))
    _move_back(row)
    _empty_again(row, kept, gone)
    Customer.objects.filter(pk=gone.pk).update(
        merged_into=None, active=True, version=models.F("version") + 1
    )
    row.undone_by, row.undone_at, row.undone_reason = by, at, reason.strip()
    row.save()
    _record("customers.unmerged", row, by, at, {"reason": reason.strip()})
    _after(kept, gone, at)
    return row


def gather(now: datetime | None = None) -> int:
    """Bring after what was written for a merged record by somebody who still had it before him.

    Cost: one statement a table for each merge of the last days; none when nobody merged.
    """
    now, found = now or clock.now(), 0
    recent = Merge.objects.filter(undone_at__isnull=True, at__gte=now - FOLLOWED_FOR)
    for pk in list(recent.values_list("pk", flat=True)):
        found += _gather(pk)
    return found


@one_act
def _gather(pk: int) -> int:
    merge = Merge.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if merge is None or merge.undone_at:
        return 0
    strays = _move(merge.merged_id, merge.survivor_id)
    if not strays:
        return 0
    for label, ids in strays.items():
        merge.moved.setdefault(label, []).extend(ids)
    merge.save(update_fields=["moved"])
    return sum(map(len, strays.values()))


def _both(one: Customer, other: Customer) -> tuple[Customer, Customer]:
    """Both rows, locked in one order whoever comes first."""
    rows = Customer.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[one.pk], found[other.pk]


def _why_not(kept: Customer, gone: Customer, reason: str) -> list[Reason]:
    reasons = rules.why_not_reason(reason)
    if kept.pk == gone.pk:
        reasons.append(Reason(N_("不能把一份资料并入它自己"), field="other"))
    if kept.division_id != gone.division_id:
        reasons.append(Reason(N_("只能合并同一单位的客户"), field="other"))
    for row in (kept, gone):
        if row.merged_into_id:
            facts = {"code": row.code}
            reasons.append(Reason(N_("%(code)s 已并入另一份资料"), field="other", facts=facts))
    return reasons


@dataclass(frozen=True)
class Pointer:
    """A column that points at a customer; `kind_field` where it may point at other records too."""

    table: type[models.Model]
    column: str
    kind_field: str = ""

    @property
    def label(self) -> str:
        """Its name among what was moved."""
        return f"{self.table._meta.label}.{self.column}"

    def rows(self, customer: int) -> models.QuerySet[Any]:
        """What points at one customer."""
        kind = {self.kind_field: "customer"} if self.kind_field else {}
        return self.table._base_manager.filter(**kind, **{self.column: customer})


def pointers() -> Iterator[Pointer]:
    """Every column of the product that points at a customer; one of a new storey is found too.

    The journal stays as it was written, and so does who was merged into whom.
    """
    for relation in Customer._meta.related_objects:
        table = relation.related_model
        if isinstance(table, type) and table not in (Customer, Merge):
            yield Pointer(table, relation.field.attname)
    for table in apps.get_models():
        names = {field.name for field in table._meta.concrete_fields}
        if table is not Entry and {"matter_kind", "matter_id"} <= names:
            yield Pointer(table, "matter_id", "matter_kind")


def _move(source: int, target: int) -> Moved:
    moved: Moved = {}
    for pointer in pointers():
        ids = list(pointer.rows(source).order_by("pk").values_list("pk", flat=True))
        if ids:
            rows = pointer.table._base_manager.filter(pk__in=ids)
            rows.update(**{pointer.column: target})
            moved[pointer.label] = ids
    return moved


def _move_back(merge: Merge) -> None:
    known = {pointer.label: pointer for pointer in pointers()}
    for label, ids in merge.moved.items():
        rows = known[label].rows(merge.survivor_id).filter(pk__in=ids)
        rows.update(**{known[label].column: merge.merged_id})


def _one_main_contact(kept: Customer, gone: Customer) -> int | None:
    """A customer has one main contact: the survivor's stays it. Whose mark was taken off."""
    if not kept.contacts.filter(main=True).exists():
        return None
    other = gone.contacts.filter(main=True).first()
    if other is not None:
        Contact.objects.filter(pk=other.pk).update(main=False)
    return other.pk if other else None


def _empty_again(merge: Merge, kept: Customer, gone: Customer) -> None:
    """What the survivor took from the other goes back, unless it was changed since."""
    taken = [name for name in merge.filled.get("fields", ()) if _same(kept, gone, name)]
    values: dict[str, Any] = {name: "" for name in taken if name != "salesperson"}
    if "phone" in taken:
        values |= {"phone_key": "", "phone_reversed": ""}
    if "salesperson" in taken:
        values["salesperson"] = None
    Customer.objects.filter(pk=kept.pk).update(**values, version=models.F("version") + 1)
    if main := merge.filled.get("main"):
        Contact.objects.filter(pk=main, customer=gone).update(main=True)


def _same(kept: Customer, gone: Customer, name: str) -> bool:
    return bool(getattr(kept, name) == getattr(gone, name))


FILLED = ("phone", "email", "address", "industry", "wares", "contract", "segment", "short_name",
          "likes_way", "likes_language", "habits")  # fmt: skip


def _fill_in(kept: Customer, gone: Customer) -> list[str]:
    """What the survivor lacks and the other knows; what both know stays the survivor's."""
    empty = [name for name in FILLED if not getattr(kept, name) and getattr(gone, name)]
    values = {name: getattr(gone, name) for name in empty}
    if "phone" in values:
        values |= {name: getattr(gone, name) for name in ("phone_key", "phone_reversed")}
    if kept.salesperson_id is None and gone.salesperson_id is not None:
        values["salesperson_id"] = gone.salesperson_id
        empty.append("salesperson")
    Customer.objects.filter(pk=kept.pk).update(**values, version=models.F("version") + 1)
    return empty


def _record(event: str, merge: Merge, by: Person, at: datetime, more: dict[str, Any]) -> None:
    """One fact on the timeline of each: whoever reads either knows where the other is."""
    counts = {label: len(ids) for label, ids in merge.moved.items()}
    pair: dict[str, Any] = {
        "merge": merge.pk, "survivor": merge.survivor_id, "merged": merge.merged_id,
        "codes": [merge.survivor.code, merge.merged.code], "moved": counts,
    }  # fmt: skip
    subject = merge.survivor if event == "customers.merged" else merge.merged
    other = merge.merged if event == "customers.merged" else merge.survivor
    journal.record(event, subject, by=by, at=at, **pair, **more)
    journal.record("customer.told_of_merge", other, by=by, at=at, **pair)


def _after(one: Customer, other: Customer, at: datetime) -> None:
    for row in (one, other):
        row.refresh_from_db()
        completeness.note(row, at)
        searching.touch(row)
