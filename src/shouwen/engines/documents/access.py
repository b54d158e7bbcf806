"""Who may read a paper, fill in a section, sign it. Gates for the doors, and the verbs' own check.

A higher floor narrows this further: it registers a guard (this stage, this unit only) and says who
the decider of a matter is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.roles import Rank

from .conditions import Data
from .definitions import SectionDef
from .models import Attachment, Copy, Section, Sheet

ANYBODY, DECIDER = "any", "decider"
To = Literal["read", "edit", "print"]


@dataclass(frozen=True)
class Hand:
    """Somebody at a paper, at a moment; `data` is what stands on it, section by section."""

    sheet: Sheet
    by: Person
    at: datetime
    data: Mapping[str, Data]
    found: dict[str, Any] = field(default_factory=dict)
    """What guards gathered for this act: what one has read, the next need not read again."""


Guard = Callable[[Hand, str], Iterable[Reason]]
Decider = Callable[[Hand, str], Person | None]
_guards: list[Guard] = []
_deciders: list[Decider] = []


def register_guard(guard: Guard) -> Guard:
    """Let a higher floor say why a place is closed to somebody: `guard(hand, place)`."""
    _guards.append(guard)
    return guard


def register_decider(decider: Decider) -> Decider:
    """Let a higher floor say in whose name somebody decides: `(hand, place) -> person`."""
    _deciders.append(decider)
    return decider


def access_sheet(person: Person | None, pk: int, to: To = "read") -> Sheet:
    """The sheet, or 404 outside the divisions the person sees, or 403 when it is not his to edit.

    A customer is no person of the company and never passes here.
    """
    sheet = Sheet.objects.select_related("division").filter(pk=pk).first()
    if sheet is None or not _sees(person, sheet.division_id):
        raise Http404
    if to == "edit" and not _has_something_to_fill(sheet, person):
        raise PermissionDenied
    return sheet


def access_copy(person: Person | None, pk: int) -> Copy:
    """The copy, for people of the division."""
    copy = Copy.objects.select_related("sheet", "unit").filter(pk=pk).first()
    if copy is None or not _sees(person, copy.sheet.division_id):
        raise Http404
    return copy


def holds_copy(person: Person, copy: Copy, at: datetime) -> bool:
    """Whether somebody works in the unit that keeps a copy, and so may sign for it."""
    unit = org.current(copy.unit, at)
    return org.as_whom(person, f"unit:{unit.code}", copy.sheet.division_id, at) is not None


def access_attachment(person: Person | None, uuid: Any) -> Attachment:
    """The file, for people of the division; a removed one is gone for everybody."""
    found = Attachment.objects.select_related("blob").filter(uuid=uuid, removed_at__isnull=True)
    attachment = found.first()
    if attachment is None or not _sees(person, attachment.division_id):
        raise Http404
    return attachment


def refuse_to_customer(sheet: Sheet) -> None:
    """Refuse an internal paper wherever something goes to a customer (R4-54)."""
    form = sheet.definition
    if form.internal:
        raise refuse(
            N_("“%(title)s”是内部文件,不得影印或发送给客户"),
            form.internal_clause or form.clause,
            instead=N_("请以书信或电话转达批示事项"),
            title=sheet.title,
        )


def in_whose_name(hand: Hand, role: str, place: str, clause: str) -> Person:
    """By whom a role is filled here: `by` himself, or one he stands in for; else a refusal.

    `place` is the section or the place for a signature.
    """
    reasons = [one for guard in _guards for one in guard(hand, place)]
    if reasons:
        # A guard knows why: the step is elsewhere, or the amount is beyond one's authority.
        raise Refused(*reasons)
    found = _filler(hand, role, place)
    if found is None:
        raise refuse(
            N_("此栏须由 %(role)s 办理"),
            clause,
            field=place,
            instead=N_("请交由该岗位人员或其代理人办理"),
            role=role_name(hand.sheet, role, hand.data),
        )
    return found


def may_fill(hand: Hand, role: str, place: str) -> bool:
    """Whether a form may be offered: the role fits and no guard objects."""
    try:
        in_whose_name(hand, role, place, "")
    except Refused:
        return False
    return True


def named_unit(role: str, data: Mapping[str, Data]) -> Unit | None:
    """The unit that `unit_of:section.field` names on this paper."""
    section, field = role.removeprefix("unit_of:").split(".")
    pk = data.get(section, {}).get(field)
    try:
        return org.unit_by_id(int(pk)) if pk else None
    except Unit.DoesNotExist:
        return None


def role_name(sheet: Sheet, role: str, data: Mapping[str, Data]) -> str:
    """A role as people call it: the unit that fills it."""
    if role in {ANYBODY, DECIDER}:
        return gettext(N_("核决主管")) if role == DECIDER else gettext(N_("本单位人员"))
    if role.startswith("unit_of:"):
        named = named_unit(role, data)
        return named.name if named else gettext(N_("表上所列单位"))
    if role.startswith("unit:"):
        return org.unit(role.removeprefix("unit:").split(".")[0]).name
    function, _dot, rank = role.partition(".")
    units = org.units_with(function, sheet.division_id)
    name = units[0].name if units else function
    return f"{name} · {Rank(rank).label}" if rank else name


def _filler(hand: Hand, role: str, place: str) -> Person | None:
    division = hand.sheet.division_id
    if role == ANYBODY:
        return hand.by if _sees(hand.by, division) else None
    if role == DECIDER:
        found = (decider(hand, place) for decider in _deciders)
        return next((person for person in found if person), None)
    if role.startswith("unit_of:"):
        named = named_unit(role, hand.data)
        if named is None:
            return None
        role = f"unit:{named.code}"
    return org.as_whom(hand.by, role, division, hand.at)


def _sees(person: Person | None, division: int) -> bool:
    if not isinstance(person, Person) or not person.active:
        return False
    return division in org.divisions_visible(person)


def _has_something_to_fill(sheet: Sheet, person: Person | None) -> bool:
    if person is None or sheet.state == Sheet.State.VOID:
        return False
    data = {section.key: section.data for section in sheet.sections.all()}
    hand = Hand(sheet, person, clock.now(), data)
    return any(_filler(hand, section.by, section.key) for section in sheet.definition.sections)


def require_not_void(sheet: Sheet) -> None:
    """Refuse what was declared void."""
    if sheet.state == Sheet.State.VOID:
        raise refuse(
            N_("%(title)s %(label)s 已作废"), sheet.definition.clause, title=sheet.title,
            label=sheet.label,
        )  # fmt: skip


def require_open(sheet: Sheet, section: SectionDef) -> None:
    """Refuse to change an issued sheet, but for the sections that are filled in later."""
    require_not_void(sheet)
    if sheet.state == Sheet.State.ISSUED and not (section.is_late or section.optional):
        raise refuse(
            N_("%(title)s %(label)s 已发出,不能再改"), section.clause, title=sheet.title,
            label=sheet.label,
        )  # fmt: skip


def require_unsigned(section: Section) -> None:
    """Refuse to change what somebody signed."""
    if section.signed_at:
        assert section.signed_by is not None
        raise refuse(
            N_("本栏已由 %(who)s 于 %(when)s 签署,不能再改"),
            section.definition.clause,
            field=section.key,
            instead=N_("需要更正时,请由有权的主管退回重签"),
            who=section.signed_by.name,
            when=_when(section.signed_at),
        )


def require_version(section: Section, version: int) -> None:
    """Refuse to write over what somebody else saved meanwhile."""
    if section.version == version:
        return
    who = section.saved_by.name if section.saved_by else "—"
    when = _when(section.saved_at) if section.saved_at else "—"
    raise Refused(
        Reason(
            N_("%(who)s 已于 %(when)s 保存了本栏;您的内容没有覆盖它,也没有丢失"),
            section.definition.clause,
            section.key,
            N_("请对照对方的内容修改后再保存"),
            {"who": who, "when": when, "version": section.version},
        )
    )


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(clock.COMPANY_ZONE):%Y-%m-%d %H:%M}"
