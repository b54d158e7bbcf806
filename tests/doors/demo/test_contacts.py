"""The contacts of the demo's service centre: made by the verbs, the same story every time."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.files.storage import InMemoryStorage
from keeping import lay

from shouwen.doors.demo import company as demo
from shouwen.doors.demo.centre import care, customers, learning
from shouwen.doors.demo.centre.contacts import asides, plans, playing
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.outcomes.conduct.models import Finding, Review
from shouwen.work.cases.models import Case, CaseLink
from shouwen.work.customers.models import Customer, Opinion, Opportunity
from shouwen.work.interactions.models import Channel, Interaction
from shouwen.work.knowledge.models import Article, Bulletin
from shouwen.work.mail.models import Outgoing, RawMail
from shouwen.work.telephony.models import Call
from shouwen.work.ways import queries as ways

AT = "2026-11-23 10:00"


@pytest.fixture
def firm(regulations, settings):
    """The company, and the moment; files of a test are gone with it."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{InMemoryStorage.__module__}.{InMemoryStorage.__name__}"}
    }
    with rehearsal(AT) as now:
        yield lay("the demo company of November", lambda: demo.build(now.at)), now.at


def drawn(at):
    return plans.plans(at, customers.HOMES, customers.SHOPS)


def incoming(company):
    return Interaction.objects.filter(division=company.sister, direction="in")


def test_every_month_of_the_year_has_every_way(firm):
    _company, at = firm
    found = {}
    for plan in drawn(at):
        month = clock.day_of(plan.opened_at).strftime("%Y-%m")
        found.setdefault(month, set()).add(plan.way)
    whole = [
        demo.months_before(clock.day_of(at), ago).strftime("%Y-%m") for ago in range(12, 0, -1)
    ]
    assert [found[month] for month in whole] == [set(plans.EACH_MONTH)] * plans.MONTHS
    since = clock.local(clock.day_of(at) - timedelta(days=plans.LAST_DAYS))
    assert len({plan.way for plan in drawn(at) if plan.opened_at > since}) >= 6


def test_two_installations_tell_one_story(firm):
    _company, at = firm
    assert drawn(at) == drawn(at)
    assert len({plan.index for plan in drawn(at)}) == len(drawn(at))


def test_one_of_each_way_and_kind_is_played_to_its_end_and_none_twice(firm):
    company, at = firm
    waiting = playing.missing(company, at)
    chosen = {}
    for plan in waiting:
        if plan.content and not plan.late and not plan.aside:
            for trait in (plan.way, (plan.saying.kind, plan.saying.grade)):
                chosen.setdefault(trait, plan)
    played = sorted({one.index: one for one in chosen.values()}.values(), key=lambda one: one.index)
    playing.make(company, played, at)
    made = Case.objects.filter(division=company.sister)
    kinds = {"complaint", "consultation", "repair", "request"}
    assert set(made.filter(state="closed").values_list("kind", flat=True)) == kinds
    assert set(incoming(company).values_list("channel", flat=True)) == set(Channel.values)
    assert Interaction.objects.filter(direction="out", definite=True).exists()
    again = {plan.index for plan in playing.missing(company, at)}
    assert again == {plan.index for plan in waiting} - {plan.index for plan in played}


def test_what_happens_now_and_then_happens(firm):
    company, at = firm
    told = [plan for plan in playing.missing(company, at) if plan.aside]
    assert {plan.aside for plan in told} == set(asides.STORIES) == set(plans.ONCE)
    playing.make(company, told, at)
    states = Counter(RawMail.objects.values_list("state", "nature"))
    assert states[("quarantined", "letter")] == states[("discarded", "nameless")] == 1
    assert states[("ignored", "auto")] == states[("ignored", "bounce")] == 1
    assert Outgoing.objects.filter(returned_at__isnull=False).count() == 1
    assert not Outgoing.objects.filter(sent_at__isnull=True).exists()
    links = Counter((one.kind, bool(one.undone_at)) for one in CaseLink.objects.all())
    assert links == {("merged", False): 1, ("merged", True): 1, ("split", False): 1,
                     ("akin", False): 1, ("anew", False): 1}  # fmt: skip
    assert incoming(company).filter(repeated=True).exists()
    assert [one.is_missed for one in Call.objects.filter(interaction=None)] == [True]
    assert Finding.objects.filter(source="complaint", state="confirmed").exists()


def test_a_letter_is_answered_and_its_answer_is_threaded(firm):
    company, at = firm
    answered = [
        plan for plan in playing.missing(company, at)
        if plan.way == "mail" and plan.saying.kind == "consultation" and plan.content
        and not plan.late
    ]  # fmt: skip
    playing.make(company, answered[:1], at)
    first, second = RawMail.objects.order_by("id")
    assert second.follows_id == Outgoing.objects.get(purpose="reply").interaction_id
    assert first.interaction.matter == second.interaction.matter != ("", None)
    assert not incoming(company).filter(repeated=True).exists()


def test_the_ways_stand_where_customers_find_them(firm):
    company, at = firm
    playing.make(company, playing.missing(company, at)[:1], at)
    published = ways.published([company.sister.pk])
    assert {one.channel for one in published} == set(Channel.values) - {"api"}
    labels = ways.labels(company.sister)
    assert (labels.count(), labels.filter(retired_at__isnull=False).count()) == (10, 1)
    assert ways.open_on_the_web() == [company.sister]


def test_customers_are_kept_and_the_centre_learns(firm):
    company, at = firm
    quarter = clock.local(date(2026, 7, 1)), clock.local(date(2026, 10, 1))
    asked = [
        one for one in playing.missing(company, at)
        if one.saying.kind == "consultation" and not one.aside
        and quarter[0] < one.opened_at < quarter[1]
    ]  # fmt: skip
    playing.make(company, asked[:8], at)
    assert care.make_care(company, at) == customers.HOMES + customers.SHOPS
    assert learning.make_learning(company, at) >= 2
    states = Counter(Opportunity.objects.values_list("state", flat=True))
    assert states == {"open": 3, "won": 1, "lost": 1}
    assert Opinion.objects.filter(told_at__isnull=False).exists()
    assert Customer.objects.filter(division=company.sister, merged_into__isnull=False).count() == 1
    assert Review.objects.exists()
    assert {one.state for one in Article.objects.all()} == {"confirmed", "draft"}
    assert Bulletin.objects.filter(published_at__isnull=False).exists()
    assert care.make_care(company, at) == learning.make_learning(company, at) == 0
