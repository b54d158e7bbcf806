"""Random people do random things to a loan: buttons tell the truth, nothing is skipped or lost.

`HYPOTHESIS_ROUNDS=1000` makes a night of it.
"""

import os
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries
from shouwen.engines.flows.circumstances import flow_of
from shouwen.engines.flows.models import Delegation, Run, Signing, Step
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry

from .conftest import SEATS, Loan

PEOPLE = [seat[0] for seat in SEATS]
WRITERS = {
    "ask": "seller", "look": "inspector", "make": "foreman", "trial": "engineer",
    "opinion": "clerk", "rule": "gm", "answer": "seller2",
}  # fmt: skip
TRAVEL = ("flow.started", "flow.moved", "flow.sent_back", "flow.withdrawn", "flow.reopened")


def perform(run, act, by, to):
    """Press a button; `to` is whoever it is given to, where somebody is."""
    why = "因故"
    verbs = {
        "move": lambda: flows.move(run, act.target, by=by, reason=why),
        "send_back": lambda: flows.send_back(run, act.target, by=by, reason=why),
        "withdraw": lambda: flows.withdraw(run, by=by),
        "hand_over": lambda: flows.hand_over(run, to, by=by, reason=why),
        "delegate": lambda: flows.delegate(run, to, by=by, reason=why),
        "ask_before": lambda: flows.ask_before(run, to, by=by, reason=why),
        "give_back": lambda: flows.give_back(
            Delegation.objects.get(pk=act.target), by=by, opinion=why
        ),
        "switch_on": lambda: flows.switch_on(run, act.target, by=by, reason=why),
        "skip_stage": lambda: flows.skip_stage(run, act.target, by=by, reason=why),
        "sign": lambda: flows.sign(Signing.objects.get(pk=act.target), by=by),
        "decline": lambda: flows.decline(Signing.objects.get(pk=act.target), by=by, opinion=why),
        "drop_signer": lambda: flows.drop_signer(Signing.objects.get(pk=act.target), by=by),
        "urge": lambda: flows.urge(run, by=by),
        "copy_to": lambda: flows.copy_to(run, [to], by=by),
    }
    return verbs[act.kind]()


class Travelling(RuleBasedStateMachine):
    """One loan; every rule is one act of one person."""

    company = None

    def __init__(self):
        super().__init__()
        self.mark = transaction.savepoint()

    def teardown(self):
        transaction.savepoint_rollback(self.mark)

    @initialize(region=st.sampled_from(["domestic", "overseas"]), trial=st.booleans())
    def begin(self, region, trial):
        self.trial = trial
        self.loan = Loan(self.company, region)

    @property
    def run(self):
        return Run.objects.get(pk=self.loan.run.pk)

    def is_open(self):
        return self.run.state == "open"

    @precondition(is_open)
    @rule(who=st.sampled_from(PEOPLE), to=st.sampled_from(PEOPLE), data=st.data())
    def press(self, who, to, data):
        """An allowed button works, a forbidden one is refused; there is nothing between."""
        by, other = getattr(self.company, who), getattr(self.company, to)
        acts = queries.what_can(self.run, by)
        act = data.draw(st.sampled_from(acts), label=f"{who} presses")
        assert act.allowed == (not act.reasons)
        try:
            with transaction.atomic():
                perform(self.run, act, by, other)
        except Refused as refused:
            said = refused
        else:
            said = None
        if said is None:
            assert act.allowed, act
        else:
            about_the_other = any(reason.field in ("to", "people") for reason in said.reasons)
            assert not act.allowed or about_the_other, said

    @precondition(is_open)
    @rule()
    def write(self):
        """Whoever is asked writes and signs the section of the stage."""
        section = queries.stage_of(self.run).section
        if section is None or self.loan_section(section).signed_at:
            return
        by = getattr(self.company, WRITERS[section])
        step = Step.objects.get(run=self.run, left_at__isnull=True)
        by = step.person or by
        lent = Delegation.objects.filter(step=step, returned_at__isnull=True).first()
        by = lent.taker if lent else by
        told = {"trial": self.trial} if section == "look" else {}
        with transaction.atomic():
            self.loan.sign(section, by, **told)

    def loan_section(self, key):
        return Sheet.objects.get(pk=self.loan.sheet.pk).sections.get(key=key)

    @precondition(is_open)
    @rule()
    def on(self):
        """The plain way forward, so that loans also come to their end."""
        self.write()
        for who in PEOPLE:
            by = getattr(self.company, who)
            for act in queries.what_can(self.run, by):
                if act.kind == "move" and act.allowed:
                    perform(self.run, act, by, by)
                    return

    @rule(hours=st.integers(1, 48))
    def wait(self, hours):
        self.company.now.wait(hours=hours)

    @invariant()
    def an_open_run_stands_in_one_place_and_is_due_there(self):
        run = self.run
        steps = list(Step.objects.filter(run=run, left_at__isnull=True))
        dues = list(Due.objects.open().filter(kind="stage"))
        if run.state == "open":
            assert [step.stage for step in steps] == [run.stage]
            assert [due.subject_id for due in dues] == [steps[0].pk]
        else:
            assert (steps, dues) == ([], [])
        asked = Signing.objects.filter(state="asked").count()
        assert Due.objects.open().filter(kind="sign").count() == asked

    @invariant()
    def no_stage_is_left_out(self):
        run, flow = self.run, flow_of(self.run)
        stayed = {step.stage for step in queries.path(run) if not step.skipped}
        for stage in flow.stages[: flow.order(run.stage)]:
            called = run.switches.filter(stage=stage.key, on=True).exists()
            if not stage.optional:
                assert stage.key in stayed
            elif called and stage.key not in stayed:
                raise AssertionError(f"{stage.key} was called for and passed over")

    @invariant()
    def each_step_follows_from_the_last(self):
        run, flow = self.run, flow_of(self.run)
        path = queries.path(run)
        moves = {(m.source, m.move): m.target for m in flow.moves}
        for here, following in pairwise(path):
            assert following.entered_by_move == here.left_by_move
            if here.left_by_move in ("send_back", "withdraw"):
                assert flow.order(following.stage) < flow.order(here.stage)
            else:
                assert moves[here.stage, here.left_by_move] == following.stage
            assert here.left_at <= following.entered_at

    @invariant()
    def the_history_is_complete(self):
        run = self.run
        facts = Entry.objects.filter(event__in=TRAVEL, subject_kind="run", subject_id=run.pk)
        stays = [step.stage for step in queries.path(run) if not step.skipped]
        assert [entry.data["to"] for entry in facts.order_by("id")] == stays


def travel(company, rounds, steps):
    """Let the machine run; a failure is reported as it was found, shrinking it takes minutes."""
    machine = type("Travel", (Travelling,), {"company": company})
    wanted = settings(
        max_examples=rounds, stateful_step_count=steps, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=wanted)


def test_whatever_people_do_the_course_holds(company):
    travel(company, int(os.environ.get("HYPOTHESIS_ROUNDS", "10")), 20)


def test_the_machine_can_see_a_fault(company, monkeypatch):
    """A course that forgets to settle what it leaves is found at once."""
    monkeypatch.setattr("shouwen.engines.flows.verbs.desk.step_left", lambda *given: None)
    with pytest.raises(AssertionError):
        travel(company, 20, 10)
