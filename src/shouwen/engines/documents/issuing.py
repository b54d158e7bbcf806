"""Verbs on a finished paper: number it, send out its copies, receive them, strike it."""

from datetime import datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit

from . import queries
from .access import holds_copy, named_unit, require_not_void
from .definitions import CopyDef
from .models import Copy, Sheet, VoidNumber
from .numbers import next_number
from .sheets import lock, record
from .signing import unsigned_sections


@one_act
def number_sheet(sheet: Sheet, *, by: Person | None, at: datetime | None = None) -> str:
    """Give a paper its number on acceptance (R4-22); one that has it keeps it. Call it last."""
    at = at or clock.now()
    sheet = lock(sheet)
    if sheet.number:
        return sheet.number
    require_not_void(sheet)
    return _number(sheet, by=by, at=at)


@one_act
def issue(sheet: Sheet, *, by: Person | None, at: datetime | None = None) -> Sheet:
    """Send the paper out: its copies to their holders, its number if it has none yet.

    Refused while a section or signature it needs is missing: no copy exists before (R4-47).
    """
    at = at or clock.now()
    sheet = lock(sheet)
    refuse_any(why_not_issued(sheet))
    form = sheet.definition
    copies = Copy.objects.bulk_create(
        [_copy_of(sheet, copy, at) for copy in form.copies],
        update_conflicts=True, unique_fields=["sheet", "no"], update_fields=HANDED_OUT,
    )  # fmt: skip
    sheet.state, sheet.issued_at = Sheet.State.ISSUED, at
    sheet.version += 1
    sheet.save(update_fields=["state", "issued_at", "version"])
    if form.series and not sheet.number:
        _number(sheet, by=by, at=at)
    record("sheet.issued", sheet, by=by, at=at, copies=[copy.no for copy in copies])
    _record_copies("copy.issued", copies, by=by, at=at)
    return sheet


def why_not_issued(sheet: Sheet) -> list[Reason]:
    """Everything that keeps a paper from being issued."""
    form = sheet.definition
    clause = form.copies_clause or form.clause
    if sheet.state != Sheet.State.DRAFT:
        state = Sheet.State(sheet.state).label
        facts = {"title": sheet.title, "label": sheet.label, "state": str(state)}
        return [Reason(N_("%(title)s %(label)s %(state)s,不能再发出"), clause, facts=facts)]
    reasons = unsigned_sections(sheet, form.before_issue(), clause)
    signed = queries.signatures_of(sheet)
    return reasons + [
        Reason(N_("须先有“%(place)s”的签署"), p.clause, facts={"place": str(p.title)})
        for p in form.signatures
        if not p.after_issue and p.key not in signed
    ]


HANDED_OUT = [
    "holder_role", "then_role", "unit", "issued_at", "sent_on_at", "received_by", "received_at",
    "received_note",
]  # fmt: skip
"""What a copy says of its way; all of it begins anew when a recalled paper is issued again."""


@one_act
def recall(sheet: Sheet, *, reason: str, by: Person | None, at: datetime | None = None) -> Sheet:
    """Take an issued paper back to be written on again; its copies hold nothing until it is out.

    It keeps its number. Who received which copy stands in the journal.
    """
    at = at or clock.now()
    sheet = lock(sheet)
    require_not_void(sheet)
    if sheet.state != Sheet.State.ISSUED:
        return sheet
    sheet.state, sheet.issued_at = Sheet.State.DRAFT, None
    sheet.version += 1
    sheet.save(update_fields=["state", "issued_at", "version"])
    record("sheet.recalled", sheet, by=by, at=at, reason=reason)
    return sheet


@one_act
def receive_copy(copy: Copy, *, by: Person, at: datetime | None = None, note: str = "") -> Copy:
    """Sign for a copy in the name of the unit that holds it."""
    at = at or clock.now()
    copy = _locked_copy(copy)
    _require_member(copy, by, at)
    if copy.sheet.state != Sheet.State.ISSUED:
        raise refuse(
            N_("%(title)s %(label)s 已收回重新办理,各联不能签收"),
            copy.sheet.definition.copies_clause or copy.sheet.definition.clause,
            instead=N_("重新发出后再签收"),
            title=copy.sheet.title,
            label=copy.sheet.label,
        )
    if copy.received_at:
        return copy
    copy.received_by, copy.received_at, copy.received_note = by, at, note[:200]
    copy.save(update_fields=["received_by", "received_at", "received_note"])
    _record_copy("copy.received", copy, by=by, at=at, note=note)
    return copy


@one_act
def send_on(copy: Copy, *, by: Person, at: datetime | None = None) -> Copy:
    """Pass a copy from the unit that had it first to the one that keeps it (R4-80)."""
    at = at or clock.now()
    copy = _locked_copy(copy)
    _require_member(copy, by, at)
    if not copy.then_role or copy.sent_on_at:
        raise refuse(N_("第 %(no)s 联不需要转送"), copy.sheet.definition.clause, no=copy.no)
    before = copy.unit_id
    copy.unit = _holder(copy.sheet, copy.then_role)
    copy.holder_role, copy.sent_on_at = copy.then_role, at
    if copy.unit_id != before:
        copy.received_by, copy.received_at, copy.received_note = None, None, ""
    copy.save()
    _record_copy("copy.sent_on", copy, by=by, at=at, before=before)
    return copy


@one_act
def void(sheet: Sheet, *, reason: str, by: Person | None, at: datetime | None = None) -> Sheet:
    """Strike a paper; its number goes to the void register and is never used again."""
    at = at or clock.now()
    sheet = lock(sheet)
    if not reason.strip():
        raise refuse(N_("作废必须写明原因"), sheet.definition.clause, field="reason")
    if sheet.state == Sheet.State.VOID:
        return sheet
    sheet.state, sheet.void_at, sheet.void_reason = Sheet.State.VOID, at, reason.strip()[:200]
    sheet.version += 1
    sheet.save(update_fields=["state", "void_at", "void_reason", "version"])
    if sheet.number:
        VoidNumber.objects.create(
            series=sheet.series, number=sheet.number, sheet=sheet, division=sheet.division,
            reason=sheet.void_reason, by=by, at=at,
        )  # fmt: skip
    record("sheet.voided", sheet, by=by, at=at, reason=sheet.void_reason)
    return sheet


def _number(sheet: Sheet, *, by: Person | None, at: datetime) -> str:
    series = sheet.definition.series
    if series is None:
        raise ValueError(f"{sheet.form} has no numbers")
    sheet.series = f"{sheet.division.code}:{series.name or sheet.form}"
    sheet.number = next_number(sheet.series, series.pattern, series.period, at)
    sheet.numbered_at = at
    sheet.save(update_fields=["series", "number", "numbered_at"])
    record("sheet.numbered", sheet, by=by, at=at)
    return sheet.number


def _copy_of(sheet: Sheet, copy: CopyDef, at: datetime) -> Copy:
    return Copy(
        sheet=sheet, no=copy.no, holder_role=copy.holder, then_role=copy.then or "",
        unit=_holder(sheet, copy.holder), issued_at=at,
    )  # fmt: skip


def _holder(sheet: Sheet, role: str) -> Unit:
    """The unit that holds a copy: a role's topmost unit, a named one, or the one on the paper."""
    if role.startswith("unit_of:"):
        unit = named_unit(role, queries.data_of(sheet))
        if unit is None:
            raise refuse(N_("表上尚未填写收存该联的单位"), sheet.definition.clause)
        return org.current(unit)
    if role.startswith("unit:"):
        return org.current(org.unit(role.removeprefix("unit:").split(".")[0]))
    return org.unit_for(role.split(".")[0], sheet.division_id)


def _locked_copy(copy: Copy) -> Copy:
    sheet = Sheet.objects.select_for_update().get(pk=copy.sheet_id)
    require_not_void(sheet)
    found = Copy.objects.select_related("unit", "received_by").get(pk=copy.pk)
    found.sheet = sheet
    return found


def _require_member(copy: Copy, by: Person, at: datetime) -> None:
    if not holds_copy(by, copy, at):
        raise refuse(
            N_("第 %(no)s 联由 %(unit)s 收存,须由该单位签收"),
            copy.sheet.definition.copies_clause or copy.sheet.definition.clause,
            no=copy.no,
            unit=org.current(copy.unit, at).name,
        )


def _record_copy(
    event: str, copy: Copy, *, by: Person | None, at: datetime, **data: object
) -> None:
    _record_copies(event, [copy], by=by, at=at, **data)


def _record_copies(
    event: str, copies: list[Copy], *, by: Person | None, at: datetime, **data: object
) -> None:
    """One fact for each copy, in one statement."""
    facts = []
    for copy in copies:
        sheet = copy.sheet
        assert sheet.matter_id is not None
        told = {
            "sheet": sheet.pk, "form": sheet.form, "number": sheet.number, "no": copy.no,
            "unit": copy.unit_id, "holder": copy.holder_role, "division": sheet.division_id,
        }  # fmt: skip
        facts.append(journal.Fact(copy, (sheet.matter_kind, sheet.matter_id), {**told, **data}))
    journal.record_all(event, facts, by=by, at=at)
