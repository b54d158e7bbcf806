"""Customers' opinions and what the market does: passed on, acknowledged, answered, told back."""

from dataclasses import dataclass
from datetime import date, datetime

from shouwen.engines.dues import actions as dues
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer, Opinion
from shouwen.work.customers.models.choices import BY_WAY

from . import rules
from .keeping import require_standing


@dataclass(frozen=True)
class OpinionDraft:
    """What somebody passes on; without a `target` it goes to the division's sales department."""

    division: Unit
    kind: str
    text: str
    source: str
    customer: Customer | None = None
    voice: str = ""
    heard_on: date | None = None
    target: Unit | None = None


@one_act
def record_opinion(draft: OpinionDraft, *, by: Person, at: datetime | None = None) -> Opinion:
    """Pass an opinion or market information on; it stands in the department's inbox (R1-11)."""
    at = at or clock.now()
    own = org.main_post(by, at)
    unit = own.post.unit if own else draft.division
    heard_on = draft.heard_on or clock.day_of(at)
    customer = require_standing(draft.customer) if draft.customer else None
    reasons = rules.why_not_opinion(
        draft.text, draft.source, heard_on, clock.day_of(at), customer is not None,
        draft.kind == Opinion.Kind.MARKET,
    )  # fmt: skip
    refuse_any([*reasons, *_why_not_there(draft, unit, at)])
    made = Opinion.objects.create(
        division=draft.division, customer=customer, kind=draft.kind, text=draft.text.strip(),
        voice=draft.voice.strip(), source=draft.source.strip(), heard_on=heard_on, unit=unit,
        target=draft.target or org.unit_for("sales", draft.division, at),
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    _tell_target(made, at)
    _record("opinion.recorded", made, by, at, unit=made.target_id)
    return made


def _why_not_there(draft: OpinionDraft, unit: Unit, at: datetime) -> list[Reason]:
    """A centre names the department that is to know; market information has sales (R8-32)."""
    if draft.kind not in Opinion.Kind.values:
        return [Reason(N_("请选择是意见、建议还是市场信息"), field="kind")]
    if draft.customer and draft.customer.division_id != draft.division.pk:
        return [Reason(N_("客户属于另一单位"), field="customer")]
    found = ruling.clause("notice", draft.division, at, after="opinion.recorded")
    bound = found is not None and draft.kind != Opinion.Kind.MARKET
    clause = found.id if found and bound else ""
    if draft.target is None:
        if not bound and org.units_with("sales", draft.division, at):
            return []
        instead = N_("请选择由公司哪个部门处理")
        return [Reason(N_("请写明反映给哪个部门"), clause, "target", instead)]
    if bound and draft.target.pk == unit.pk:
        return [Reason(N_("不能反映给自己的部门"), clause, "target")]
    return []


def _tell_target(opinion: Opinion, at: datetime) -> None:
    clause = ruling.clause("notice", opinion.division_id, at, after="opinion.recorded")
    notices.tell(
        org.people(f"unit:{opinion.target.code}", opinion.division_id, at),
        N_("%(unit)s转来一条客户意见或市场信息"),
        about=opinion,
        key=f"opinion:{opinion.pk}",
        link=f"/opinions/{opinion.pk}/",
        at=at,
        clause=clause.id if clause else "",
        unit={"zh": opinion.unit.name_zh, "en": opinion.unit.name_en or opinion.unit.name_zh},
    )


def _record(event: str, opinion: Opinion, by: Person, at: datetime, **more: object) -> None:
    """Its facts stand on the customer's timeline; the words stay in the row, which can forget."""
    journal.record(
        event, opinion, by=by, at=at, matter=opinion.customer, division=opinion.division_id,
        kind=opinion.kind, waits="yes" if opinion.customer_id else "no", **more,
    )  # fmt: skip


def require_of_unit(unit: Unit, division: int, by: Person, at: datetime, clause: str = "") -> None:
    """Refuse whoever does not work in a unit, nor stands in for somebody who does."""
    if org.as_whom(by, f"unit:{unit.code}", division, at) is None:
        raise refuse(
            N_("此事由%(unit)s办理"),
            clause,
            instead=N_("请交由该部门的人员办理"),
            unit={"zh": unit.name_zh, "en": unit.name_en or unit.name_zh},
        )


@one_act
def acknowledge_opinion(opinion: Opinion, *, by: Person, at: datetime | None = None) -> Opinion:
    """The department has read it (R1-11)."""
    at = at or clock.now()
    row = locked(opinion)
    require_of_unit(row.target, row.division_id, by, at, _clause_of("R1-11", row, at))
    if row.acknowledged_at:
        raise refuse(N_("这条意见已经确认收到"))
    row.acknowledged_by, row.acknowledged_at = by, at
    row.save(update_fields=["acknowledged_by", "acknowledged_at"])
    _record("opinion.acknowledged", row, by, at)
    return row


@one_act
def mark_valuable(
    opinion: Opinion, theme: str, *, by: Person, at: datetime | None = None
) -> Opinion:
    """Mark it for the month's compilation by its theme, or take the mark back with none (R8-31)."""
    at = at or clock.now()
    row = locked(opinion)
    require_of_unit(row.unit, row.division_id, by, at)
    if row.compilation_id:
        raise refuse(N_("这条意见已经汇编发出"), _clause_of("R8-31", row, at), field="theme")
    row.theme = theme.strip()[:60]
    row.save(update_fields=["theme"])
    _record("opinion.marked", row, by, at, theme=row.theme)
    return row


@one_act
def answer_opinion(
    opinion: Opinion, decision: str, answer: str, *, by: Person, at: datetime | None = None
) -> Opinion:
    """The department says what it does about it; from now on the customer waits to be told."""
    at = at or clock.now()
    row = locked(opinion)
    clause = _clause_of("R8-31", row, at)
    require_of_unit(row.target, row.division_id, by, at, clause)
    if row.answered_at:
        raise refuse(N_("这条意见已经答复过"), clause)
    refuse_any(_why_not_answered(decision, answer, clause))
    if not row.acknowledged_at:
        row.acknowledged_by, row.acknowledged_at = by, at
        _record("opinion.acknowledged", row, by, at)
    row.decision, row.answer = decision, answer.strip()
    row.answered_by, row.answered_at = by, at
    row.save()
    _record("opinion.answered", row, by, at, unit=row.unit_id, decision=decision)
    if row.compilation_id:
        _finish(row, by, at)
    return row


def _why_not_answered(decision: str, answer: str, clause: str) -> list[Reason]:
    reasons = []
    if decision not in Opinion.Decision.values:
        reasons.append(Reason(N_("请选择处理决定"), clause, "decision"))
    if not answer.strip():
        reasons.append(Reason(N_("请写明处理意见"), clause, "answer"))
    return reasons


def _finish(opinion: Opinion, by: Person, at: datetime) -> None:
    """The list of a department is done when each of its opinions is answered."""
    compilation = opinion.compilation
    assert compilation is not None
    if compilation.opinions.filter(answered_at__isnull=True).exists():
        return
    compilation.answered_at = at
    compilation.save(update_fields=["answered_at"])
    dues.settle(subject=compilation, by=by, at=at)
    journal.record(
        "compilation.answered", compilation, by=by, at=at, division=compilation.division_id,
        form="opinion_compilation",
    )  # fmt: skip


@one_act
def tell_customer(
    opinion: Opinion,
    channel: str,
    *,
    told_at: datetime | None = None,
    by: Person,
    at: datetime | None = None,
) -> Opinion:
    """The customer knows what became of it: by which channel and when (R8-33)."""
    at = at or clock.now()
    row = locked(opinion)
    told = told_at or at
    clause = _clause_of("R8-33", row, at)
    require_of_unit(row.unit, row.division_id, by, at, clause)
    if row.told_at:
        raise refuse(N_("已经通报过客户"), clause)
    reasons = rules.why_not_told(row.answered_at, told, at, clause)
    if channel not in BY_WAY:
        reasons.append(Reason(N_("请写明用什么方式通报的"), clause, "channel"))
    if row.customer_id is None:
        raise Refused(Reason(N_("这条信息不是客户说的，无须通报"), clause))
    refuse_any(reasons)
    row.told_channel, row.told_at, row.told_by = channel, told, by
    row.save(update_fields=["told_channel", "told_at", "told_by"])
    _record("opinion.told", row, by, at, channel=channel, told_at=told.isoformat())
    return row


def locked(opinion: Opinion) -> Opinion:
    """The opinion as it is now; whoever else acts on it waits."""
    return Opinion.objects.select_for_update().get(pk=opinion.pk)


def _clause_of(number: str, row: Opinion, at: datetime) -> str:
    """A clause, where the division works by its regulation."""
    regulation = number.split("-")[0]
    return number if org.adopted(row.division_id, regulation, at) else ""
