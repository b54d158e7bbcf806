"""Two departments spot-check the call-back work of a quarter: draw, ask again, score, sign."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.callbacks import access, queries, rules
from shouwen.work.callbacks.models import Audit, AuditItem

from . import drawing

FORM = "callback_audit"
Truth = AuditItem.Truth


def clause_of(division: Unit | int, at: datetime) -> Clause:
    """The clause that wants the call-back work assessed; refuses where none binds."""
    found = ruling.clause("duty", division, at, form=FORM)
    if found is None:
        raise refuse(N_("本单位没有采用要求考核回访工作的制度"))
    return found


@one_act
def draw_audit(
    division: Unit, period: str, role: str, *, by: Person, at: datetime | None = None
) -> Audit:
    """Draw the call-backs a department asks about again; a second draw gives the first."""
    moment = at or clock.now()
    clause = clause_of(division, moment)
    if role not in access.owners_of(clause):
        raise refuse(N_("考核由制度所定的两个部门办理"), clause.id, field="role")
    access.require_role(role, division, clause.id, by=by, at=moment)
    if known := Audit.objects.filter(division=division, period=period, role=role).first():
        return known
    quarter = queries.period_named(clause.spec.every, period)
    if quarter is None or quarter.first > clock.day_of(moment):
        raise refuse(N_("没有“%(period)s”这样的季度"), clause.id, field="period", period=period)
    wanted = int(values.get(f"{clause.id}.calls", division, moment))
    done = queries.done_between(division.pk, quarter.first, quarter.last)
    records = [drawing.Record("callback", pk, reason) for pk, reason in
               done.values_list("pk", "reason")]  # fmt: skip
    if not records:
        raise refuse(
            N_("%(period)s 还没有完成的回访，无从抽查"), clause.id, field="period", period=period
        )
    audit = Audit(
        division=division, period=period, role=role, clause=clause.id,
        seed=secrets.token_hex(16), base=len(records), drawn_at=moment, drawn_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            audit.save(force_insert=True)
    except IntegrityError:  # a colleague was first
        return Audit.objects.get(division=division, period=period, role=role)
    drawn = drawing.draw(records, wanted, audit.seed)
    AuditItem.objects.bulk_create(AuditItem(audit=audit, callback_id=one.pk) for one in drawn)
    record(
        "callback_audit.drawn", audit, by=by, at=moment, period=period, role=role,
        seed=audit.seed, base=audit.base, callbacks=[one.pk for one in drawn],
    )  # fmt: skip
    return audit


@one_act
def check(
    item: AuditItem,
    truth: str,
    score: int | None,
    *,
    finding: str = "",
    by: Person,
    at: datetime | None = None,
) -> AuditItem:
    """Note what asking again showed, and how well the call was made."""
    moment = at or clock.now()
    audit = _draft(item.audit_id, by, moment)
    best = best_score(audit, moment)
    refuse_any(_why_not_checked(truth, score, best, finding, audit.clause))
    row = AuditItem.objects.select_for_update().get(pk=item.pk)
    row.truth, row.finding, row.by, row.at = truth, finding.strip(), by, moment
    row.score = None if truth == Truth.NOT_REACHED else score
    row.save(update_fields=["truth", "score", "finding", "by", "at"])
    record(
        "callback_audit.checked", audit, by=by, at=moment, callback=row.callback_id,
        truth=truth, score=row.score,
    )  # fmt: skip
    return row


def best_score(audit: Audit, at: datetime) -> int:
    """The best score of the company's scale; refuses while it has set none."""
    return int(values.get(f"{audit.clause}.best_score", audit.division_id, at))


def _why_not_checked(
    truth: str, score: int | None, best: int, finding: str, clause: str
) -> list[Reason]:
    reasons = []
    if truth not in Truth.values:
        reasons.append(Reason(N_("请选择核实结果"), clause, "truth"))
    if truth != Truth.NOT_REACHED and (score is None or not 0 <= score <= best):
        reasons.append(
            Reason(N_("评分须在 0 到 %(best)s 之间"), clause, "score", facts={"best": best})
        )
    if truth == Truth.DIFFERENT and not finding.strip():
        reasons.append(Reason(N_("与记录不符的，请写明实际情况"), clause, "finding"))
    return reasons


def _draft(pk: int, by: Person, at: datetime) -> Audit:
    """The audit in one pair of hands, by its own department, while it is not submitted."""
    audit = Audit.objects.select_for_update().select_related("division").get(pk=pk)
    access.require_role(audit.role, audit.division_id, audit.clause, by=by, at=at)
    if audit.submitted_at:
        raise refuse(N_("考核已签署提交，不能再改"), audit.clause)
    return audit


@dataclass(frozen=True)
class Standing:
    """What one department's assessment of a quarter has come to; None: it has none yet."""

    role: str
    audit: Audit | None

    @property
    def score(self) -> Decimal | None:
        """The score under its seal."""
        return self.audit.score if self.audit and self.audit.submitted_at else None


def standings(division: Unit, period: str, at: datetime) -> list[Standing]:
    """How far each department is with a quarter, in the order of the clause (R3-56)."""
    known = {one.role: one for one in Audit.objects.filter(division=division, period=period)}
    return [Standing(role, known.get(role)) for role in access.owners_of(clause_of(division, at))]


def centre_score(found: Iterable[Standing]) -> Decimal | None:
    """What the quarter counts for the centre: the mean of the departments' scores, once signed."""
    scores = [one.score for one in found if one.score is not None]
    return (sum(scores, Decimal()) / len(scores)).quantize(Decimal("0.1")) if scores else None


@one_act
def submit_audit(
    audit: Audit, *, opinion: str = "", by: Person, at: datetime | None = None
) -> Audit:
    """Sign the assessment: its score is the mean of what was scored, and it is locked (R3-56)."""
    moment = at or clock.now()
    row = _draft(audit.pk, by, moment)
    items = list(row.items.all())
    left = sum(not item.truth for item in items)
    if left:
        raise refuse(N_("尚有 %(count)s 件没有核实评分"), row.clause, count=left)
    score = rules.mean([item.score for item in items if item.score is not None])
    if score is None:
        raise refuse(N_("没有一件能够核实，无从评分"), row.clause)
    row.score, row.opinion = score, opinion.strip()
    row.submitted_at, row.submitted_by = moment, by
    row.save(update_fields=["score", "opinion", "submitted_at", "submitted_by"])
    record(
        "callback_audit.submitted", row, by=by, at=moment, period=row.period, role=row.role,
        score=str(score), different=sum(item.truth == Truth.DIFFERENT for item in items),
    )  # fmt: skip
    return row
