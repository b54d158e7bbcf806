"""Facts are recorded with their act and answered inside it."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import Refused, refuse
from shouwen.ground.journal import actions, queries
from shouwen.ground.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def reactions(monkeypatch):
    """Reactions registered here are gone afterwards."""
    monkeypatch.setattr(actions, "_reactions", {})
    return actions


def test_a_fact_says_who_what_when(say):
    with rehearsal("2026-03-10 09:00"):
        entry = actions.record(
            "slip.opened", User(pk=3), by=User(pk=5), matter=User(pk=7), amount_cents=1200
        )
    entry.refresh_from_db()
    assert entry.at.isoformat() == "2026-03-10T01:00:00+00:00"
    assert (entry.subject_kind, entry.subject_id, entry.matter_id) == ("user", 3, 7)
    assert (entry.actor_id, entry.data) == (5, {"amount_cents": 1200})


def test_the_timeline_of_a_matter_holds_its_papers_too(say):
    say("case.opened")
    actions.record("slip.opened", User(pk=3), by=None, matter=User(pk=7))
    actions.record("case.opened", User(pk=8), by=None)
    assert [e.event for e in queries.timeline(User(pk=7))] == ["slip.opened", "case.opened"]
    assert queries.last("case.opened", User(pk=7)) is not None
    assert queries.last("case.closed", User(pk=7)) is None


def test_reactions_run_for_their_event_and_for_any(reactions, say):
    seen = []
    reactions.reacts_to("case.opened")(
        lambda entry, subject: seen.append((entry.event, subject.pk))
    )
    reactions.reacts_to(actions.ANY)(lambda entry, subject: seen.append("any"))
    say("case.opened")
    say("case.closed")
    assert seen == [("case.opened", 7), "any", "any"]


def test_facts_that_come_together_are_answered_together_or_one_by_one(reactions):
    seen = []
    reactions.reacts_together_to("due.missed")(
        lambda pairs: seen.append([(entry.data["n"], subject.pk) for entry, subject in pairs])
    )
    reactions.reacts_to(actions.ANY)(lambda entry, subject: seen.append(subject.pk))
    facts = [actions.Fact(User(pk=pk), data={"n": pk + 10}) for pk in (3, 2)]
    actions.record_all("due.missed", facts, by=None)
    actions.record("due.missed", User(pk=1), by=None, n=11)
    assert seen == [[(13, 3), (12, 2)], 3, 2, [(11, 1)], 1]


def test_a_reaction_that_refuses_takes_its_act_back(reactions, say):
    @reactions.reacts_to("case.opened")
    def refuse_it(entry, subject):
        raise refuse("不行", "R4-24")

    with pytest.raises(Refused), transaction.atomic():
        say("case.opened")
    assert not Entry.objects.exists()


def test_the_table_names_each_reaction(reactions):
    @reactions.reacts_to("case.opened", "case.closed")
    def tell(entry, subject):
        """Nothing."""

    names = [event for event, name in reactions.reaction_table() if name.endswith("tell")]
    assert names == ["case.closed", "case.opened"]


def test_a_fact_is_its_divisions(say):
    subject, matter = User(pk=3), User(pk=7)
    assert say("case.opened").division_id is None
    subject.division_id = 4
    assert actions.record("slip.opened", subject, by=None, matter=matter).division_id == 4
    matter.division_id = 5
    assert actions.record("slip.opened", subject, by=None, matter=matter).division_id == 5
    told = actions.record("slip.opened", subject, by=None, matter=matter, division=6)
    assert told.division_id == 6
    (many,) = actions.record_all("slip.opened", [actions.Fact(subject)], by=None)
    assert many.division_id == 4


def test_one_of_finds_what_in_finds(say):
    for event in ("slip.opened", "slip.received", "case.opened"):
        actions.record(event, User(pk=3), by=None)
    wanted = {"slip.received", "case.opened", "nobody.did"}
    found = Entry.objects.filter(event__one_of=wanted)
    assert {entry.event for entry in found} == {"slip.received", "case.opened"}
    assert not Entry.objects.filter(event__one_of=()).exists()
