"""Make a call: take the next one, note a try, submit what the customer said, correct it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from shouwen.engines.documents.matters import stand_in
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.foundation.refusal import Reason as Why
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import access, figures, handing, rules, spoken
from .models import Attempt, Callback, CallbackCorrection, Reason, Result, State
from .oversight import sampling, suggesting
from .planning import key_of
from .rules import Answer

TAKEN_FOR = timedelta(minutes=20)
"""How long a call somebody has before him is kept from his colleagues."""
SAID = 300
"""So much of his words the fact carries, for whoever sends the matter back."""
CORRECTABLE = ("satisfied", "words", "opinion", "suggestion", "problem")


@one_act
def take_next(by: Person, *, at: datetime | None = None, after: int = 0) -> Callback | None:
    """The call that is a person's next, kept from his colleagues while he makes it.

    `after` puts that one off: it comes again when all others had their turn.
    """
    moment = at or clock.now()
    free = Q(taken_by__isnull=True) | Q(taken_by=by) | Q(taken_at__lt=moment - TAKEN_FOR)
    waiting = Callback.objects.filter(
        free, access.mine(by, moment), state=State.OPEN, next_at__lte=moment
    )
    if after:
        waiting = waiting.exclude(pk=after)
    in_turn = waiting.order_by(F("due_at").asc(nulls_last=True), "next_at", "id")
    found = in_turn.select_for_update(skip_locked=True).first()
    if found is not None:
        found.taken_by, found.taken_at = by, moment
        found.save(update_fields=["taken_by", "taken_at"])
    return found


@one_act
def attempt(
    callback: Callback, outcome: str, *, by: Person, at: datetime | None = None, note: str = ""
) -> Callback:
    """Note one try with its outcome; after the company's number of tries nobody has to try on."""
    moment = at or clock.now()
    row = _locked(callback, by, moment)
    meaning = figures.meaning_of(outcome, row.division_id, moment)
    _note(row, outcome, meaning, by, moment, note)
    if meaning == rules.MISSED:
        quota = figures.repair_quota(row.division_id, moment)
        row.tries += 1
        row.next_at = moment + timedelta(
            minutes=figures.find(quota, "retry_minutes", row.division_id, moment) or 0
        )
        row.save(update_fields=["tries", "next_at"])
        if rules.gave_up(row.tries, figures.find(quota, "tries", row.division_id, moment)):
            _finish(row, State.UNREACHABLE, by, moment)
    elif meaning == rules.DECLINED:
        _finish(row, State.DECLINED, by, moment)
    return row


def _note(
    row: Callback, outcome: str, meaning: str, by: Person, at: datetime, note: str = ""
) -> None:
    Attempt.objects.create(
        callback=row, outcome=outcome, meaning=meaning, at=at, by=by, note=note.strip()[:200]
    )
    row.taken_by, row.taken_at = (by, at) if meaning == rules.REACHED else (None, None)
    row.save(update_fields=["taken_by", "taken_at"])
    record(
        "callback.attempted", row, by=by, at=at, matter=stand_in(*row.matter),
        outcome=outcome, meaning=meaning, reason=row.reason,
    )  # fmt: skip


@one_act
def submit(callback: Callback, answer: Answer, *, by: Person, at: datetime | None = None) -> Result:
    """Submit what the customer said; from then on it is read-only (R3-36, R3-44, R3-52)."""
    moment, said = at or clock.now(), answer.clean()
    row = _locked(callback, by, moment)
    refuse_any(rules.why_not_result(said, figures.asked_of(row, moment)))
    assert said.satisfied is not None
    last = row.attempts.last()
    if last is None or last.meaning != rules.REACHED:
        choices = figures.outcomes(row.division_id, moment)
        reached = next((one.key for one in choices if one.meaning == rules.REACHED), rules.REACHED)
        _note(row, reached, rules.REACHED, by, moment)
    result = Result.objects.create(
        callback=row, satisfied=said.satisfied, marks=dict(said.marks or {}), words=said.words,
        opinion=said.opinion, suggestion=said.suggestion, none_given=said.none_given,
        problem=said.problem, by=by, at=moment,
    )  # fmt: skip
    suggesting.collect(row, result, by=by, at=moment)
    spoken.note_contact(row, by=by, at=moment)
    spoken.note_need(row, said, by=by, at=moment)
    _finish(row, State.DONE, by, moment, result)
    return result


def _finish(
    row: Callback, state: str, by: Person, at: datetime, result: Result | None = None
) -> None:
    row.state, row.done_at, row.done_by = state, at, by
    row.satisfied = result.satisfied if result else None
    row.taken_by, row.taken_at = None, None
    row.save(update_fields=["state", "done_at", "done_by", "satisfied", "taken_by", "taken_at"])
    record(
        "callback.done", row, by=by, at=at, matter=stand_in(*row.matter),
        reason=row.reason, division=row.division_id, customer=row.customer_id,
        matter_kind=row.matter_kind, matter_id=row.matter_id, outcome=state,
        reached=result is not None, satisfied=row.satisfied,
        marks=result.marks if result else {}, period=row.period,
        best=figures.best_mark(row.division_id, at) if result and result.marks else 0,
        words=result.words[:SAID] if result else "",
    )  # fmt: skip
    dues.settle(key=key_of(row), by=by, at=at)
    if result is not None and not result.satisfied and row.reason != Reason.SAMPLE:
        handing.hand_back(row, result, by=by, at=at)


@one_act
def correct(
    callback: Callback,
    changes: Mapping[str, Any],
    *,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> list[CallbackCorrection]:
    """Say what is right instead; the result stays as it was submitted (R3-44).

    `changes` names `satisfied`, a text, or a mark: `{"marks.speed": 3}`.
    """
    moment = at or clock.now()
    row = Callback.objects.select_for_update().get(pk=callback.pk)
    result = Result.objects.filter(callback=row).first()
    binding = figures.record_clause(row.division_id, moment)
    clause = binding.id if binding else row.clause
    if result is None:
        raise refuse(N_("尚未提交回访结果，无可更正"), clause)
    access.require_caller(by, row, moment)
    stands = standing(result)
    new = {
        key: value.strip() if isinstance(value, str) else value for key, value in changes.items()
    }
    changed = {key: value for key, value in new.items() if stands.get(key) != value}
    refuse_any(rules.why_not_corrected(reason, changed, clause))
    refuse_any(_why_not_changed(row, changed, stands, clause, moment))
    rows = CallbackCorrection.objects.bulk_create(
        CallbackCorrection(
            result=result, field=key, before=stands.get(key), after=value,
            reason=reason.strip()[:200], by=by, at=moment,
        )
        for key, value in changed.items()
    )  # fmt: skip
    record(
        "callback.corrected", row, by=by, at=moment, matter=stand_in(*row.matter),
        reason=reason.strip()[:200],
        changed={key: [stands.get(key), value] for key, value in changed.items()},
        stands=_rated({**stands, **changed}),
        best=figures.best_mark(row.division_id, moment) if result.marks else 0,
    )  # fmt: skip
    if "satisfied" in changed:
        row.satisfied = bool(changed["satisfied"])
        row.save(update_fields=["satisfied"])
        if not row.satisfied:
            _hand_back(row, result, by, moment)
    return rows


def _hand_back(row: Callback, result: Result, by: Person, at: datetime) -> None:
    if row.reason == Reason.SAMPLE:
        sampling.note_problem(row, standing(result)["words"], by=by, at=at)
    else:
        handing.hand_back(row, result, by=by, at=at)


def _why_not_changed(
    row: Callback, changed: Mapping[str, Any], stands: Mapping[str, Any], clause: str, at: datetime
) -> list[Why]:
    """What is right must be as complete as what was submitted."""
    strangers = [key for key in changed if key not in CORRECTABLE and key not in stands]
    if strangers:
        return [Why(N_("回访单上没有这一项"), clause, strangers[0])]
    told = {**stands, **changed}
    marks = {key.removeprefix("marks."): told[key] for key in told if key.startswith("marks.")}
    asked = figures.asked_of(row, at, tuple(marks))
    words = [Why(N_("请如实记下客户的原话"), clause, "words")] if not told["words"] else []
    return [*words, *rules.why_not_marks(marks, asked)]


def _rated(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a result says of the customer's satisfaction."""
    marks = {
        key.removeprefix("marks."): mark for key, mark in told.items() if key.startswith("marks.")
    }
    return {"satisfied": told["satisfied"], "marks": marks}


def standing(result: Result) -> dict[str, Any]:
    """What holds of a result: as submitted, with every correction since."""
    told: dict[str, Any] = {name: getattr(result, name) for name in CORRECTABLE}
    told |= {f"marks.{item}": mark for item, mark in result.marks.items()}
    for one in result.corrections.all():
        told[one.field] = one.after
    return told


def _locked(callback: Callback, by: Person, at: datetime) -> Callback:
    """The row in one pair of hands; refuses what was done already and whose it is not."""
    row = Callback.objects.select_for_update().get(pk=callback.pk)
    access.require_caller(by, row, at)
    if not row.is_open:
        binding = figures.record_clause(row.division_id, at)
        raise refuse(
            N_("回访结果已经提交，不能再改"),
            binding.id if binding else row.clause,
            instead=N_("如有错误，请写明理由更正，原记录保留"),
        )
    if row.taken_by_id not in (None, by.pk) and row.taken_at and at - row.taken_at < TAKEN_FOR:
        raise refuse(
            N_("%(name)s正在打这一通电话"), row.clause, name=org.person(row.taken_by_id or 0).name
        )
    return row


def drop_taken(callback: Callback, *, by: Person) -> None:
    """Leave a call to the others that one had before him."""
    Callback.objects.filter(pk=callback.pk, taken_by=by).update(taken_by=None, taken_at=None)
