"""What the loader writes is what the verbs would have written, and the verbs go on from there."""

import re
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench.shouwen_loader import archetypes, company, loading, stories, templates, words, writing
from bench.shouwen_loader.tables import FIRST_MARK, all_tables, ask
from shouwen.doors.demo.company import found
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Serial, Sheet
from shouwen.engines.flows import queries as flows
from shouwen.engines.search import actions as search
from shouwen.engines.search.models import SearchDoc
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal.models import Entry, Seal
from shouwen.ground.org import roster
from shouwen.ground.policy import queries as policy
from shouwen.regulations.r04_quality_complaints import rehearse
from shouwen.regulations.vocabulary.cases import go_on
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer, Shipment
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Interaction

pytestmark = pytest.mark.pg_only
NOW, CASES = "2026-11-24 09:07", 60
BACKEND = "shouwen.doors.web.account.users.UserBackend"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Sixty cases over a few stories, by two processes and with the indexes made at the end."""
    with (
        django_db_blocker.unblock(), _database_of_its_own(), rehearsal(NOW),
        pytest.MonkeyPatch.context() as patch,
    ):  # fmt: skip
        policy.forget()
        roster.forget()
        patch.setattr(writing, "MANY", CASES)
        yield loading.load(loading.Wish(CASES, portion=20), archetypes.FEW, lambda text: None)


@contextmanager
def _database_of_its_own():
    """The loader commits: a copy of the test's database is quicker thrown away than emptied."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_loaded"
    _outside(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    connection.settings_dict["NAME"] = copy
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        _outside(f'DROP DATABASE "{copy}"')


def _outside(*statements):
    connection.close()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def at_work(loaded, db):
    """The moment of the load goes on, in a transaction of the test's own."""
    with rehearsal(NOW) as day:
        yield day


@pytest.fixture
def case(at_work):
    """The newest loaded case of a kind and state."""

    def newest(kind, state):
        return Case.objects.filter(kind=kind, state=state).latest("id")

    return newest


def enter(username):
    client = Client()
    client.force_login(found().people[username].user, BACKEND)
    return client


def test_the_chain_holds_and_every_fact_is_in_it(at_work, capsys):
    call_command("journal", "verify")
    assert Seal.objects.count() == Entry.objects.count() > 1000


def test_there_are_as_many_cases_as_were_asked_for(at_work, loaded):
    states = Counter(Case.objects.values_list("state", flat=True))
    assert states == {"closed": CASES - states["open"], "open": 6}
    assert Customer.objects.filter(cases__isnull=False).exists()
    days = sorted(Case.objects.values_list("opened_at", flat=True))
    assert days[-1] - days[0] > timedelta(days=400)


@pytest.mark.parametrize(
    ("kind", "state", "username"),
    [
        ("quality_complaint", "open", "fangxiaotang"),
        ("quality_complaint", "closed", "fangxiaotang"),
        ("complaint", "open", "suqinghe"),
        ("complaint", "closed", "suqinghe"),
    ],
)
def test_its_page_shows_what_it_says(case, kind, state, username):
    one = case(kind, state)
    answer = enter(username).get(f"/cases/{one.pk}/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert one.text.description[:30] in text
    assert one.number in text


def test_signatures_stand_under_what_was_signed(case):
    sheet = Sheet.objects.get(
        form="complaint_form", matter_id=case("quality_complaint", "closed").pk
    )
    signed = list(sheet.signatures.filter(revoked_at__isnull=True))
    assert len(signed) > 8
    assert all(papers.signature_holds(one) for one in signed)


def test_an_open_quality_complaint_takes_its_next_step(case):
    one = case("quality_complaint", "open")
    shipment = Shipment.objects.select_related("order_line__order", "order_line__product").get(
        order_line__order__customer=one.customer
    )
    before = one.stage
    rehearse.step(one, rehearse.Story(shipment=shipment, method="none", upheld=False))
    one.refresh_from_db()
    assert (before, one.stage) == ("investigation", "production")
    assert flows.run_of(one).steps.filter(left_at__isnull=True).count() == 1


def test_an_open_complaint_takes_its_next_step(case):
    one = case("complaint", "open")
    agent = found().people["liangxiaoman"]
    before = one.stage
    go_on(one, data={"measures": "上门", "result": "好了", "met": "yes_"}, by=agent)
    assert one.stage != before


@pytest.mark.parametrize("word", words.SOUGHT)
def test_the_search_finds_a_loaded_body(at_work, word):
    hits = search.find(word, kinds=["case"])
    assert len(hits) == words.hits(CASES, word)
    assert all(word in Case.objects.get(pk=hit.object_id).text.description for hit in hits)


def test_the_index_holds_what_its_worker_would_have_written(case):
    one = case("complaint", "closed")
    spoken = Interaction.objects.filter(matter_id=one.pk).earliest("id")
    for kind, pk in (("case", one.pk), ("interaction", spoken.pk), ("customer", one.customer_id)):
        before = _document(kind, pk)
        search.touch_id(kind, pk)
        assert search.index_waiting() == 1
        after = _document(kind, pk)
        if kind == "customer":  # found by the month in which it was last written
            before, after = (re.sub("'·[my]\\d+':16383", "", one[2]) for one in (before, after))
        assert before == after


def _document(kind, pk):
    doc = SearchDoc.objects.get(kind=kind, object_id=pk)
    vec = ask("SELECT vec::text FROM search_searchdoc WHERE id = %s", doc.pk)[0][0]
    return doc.title, doc.body, vec


def test_numbers_have_no_gap_and_the_next_one_follows(case):
    for row in Serial.objects.exclude(series__startswith="interaction:"):
        year, _, month = row.period.partition("-")
        sheets = Sheet.objects.filter(series=row.series, numbered_at__isnull=False)
        numbers = [
            int(re.split(r"-|(?<=^\d{4})", one.number)[-1])
            for one in sheets
            if f"{clock.day_of(one.numbered_at):%Y-%m}".startswith(f"{year}-{month}")
        ]
        assert sorted(numbers) == list(range(1, row.last + 1)), row
    one = case("complaint", "open")
    counter = Serial.objects.get(series=f"interaction:{one.division_id}", period="2026-11")
    draft = interactions.Draft(
        one.division, "再问一次，什么时候能来人看看？", customer=one.customer
    )
    spoken = interactions.record_interaction(draft, by=found().people["fuxinyi"])
    assert spoken.number == f"261124-{counter.last + 1:03}"


def test_numbers_follow_the_moments(at_work):
    sheets = Sheet.objects.filter(series="property:complaint").order_by("numbered_at")
    numbers = [one.number for one in sheets]
    assert numbers == sorted(numbers)
    assert len(numbers) > 10


def test_every_table_has_as_many_rows_as_the_stories(at_work, loaded):
    """Each copy has just the rows that the verbs wrote for its story, in every table."""
    tables = {one.name: one for one in all_tables()}
    counted = {name: _count(tables[name], loaded.first[name]) for name in loaded.by_table}
    assert counted == loaded.by_table
    assert len(counted) > 20


def _count(table, first):
    return ask(f"SELECT count(*) FROM {table.name} WHERE {table.key} >= {first}")[0][0]  # noqa: S608


def test_a_copy_has_the_timeline_of_a_case_that_is_played_now(case):
    story = next(one for one in archetypes.FEW if one.kind == "consultation")
    firm, day = found(), clock.day_of(clock.now()) - timedelta(days=7)
    with rehearsal(clock.local(day) + timedelta(hours=11, minutes=27)) as now:
        customer, shipment = company.make_customer(firm, stories.BUYERS[story.buyer])
        played = stories.play(
            story, stories.Stage(firm, customer, shipment, now, now.at + timedelta(days=5))
        )
    copy = Case.objects.filter(kind="consultation").exclude(pk=played.pk).latest("id")
    assert _timeline(copy) == _timeline(played)


def _timeline(one):
    facts = Entry.objects.filter(matter_kind="case", matter_id=one.pk).order_by("id")
    return [(fact.event, fact.subject_kind, fact.actor_id, sorted(fact.data)) for fact in facts]


def test_no_reference_points_at_nothing(at_work):
    """Every foreign key the models know, whether or not the database watches over it."""
    lost = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model:
                target = field.related_model._meta.db_table
                query = (
                    f"SELECT count(*) FROM {model._meta.db_table} t "  # noqa: S608
                    f"WHERE {field.column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target} r "
                    f"WHERE r.{field.target_field.column} = t.{field.column})"
                )
                if count := ask(query)[0][0]:
                    lost.append((model.__name__, field.name, count))
    assert lost == []


def test_no_record_that_is_named_by_kind_and_id_is_missing(at_work):
    kinds = {model._meta.model_name: model._meta.db_table for model in apps.get_models()}
    lost = []
    for table in all_tables():
        for kind in (name for name in table.columns if name.endswith("_kind") or name == "kind"):
            number = kind.replace("kind", "id") if kind != "kind" else "object_id"
            if number in table.columns:
                lost += _lost(table.name, kind, number, kinds)
    assert lost == []


def _lost(table, kind, number, kinds):
    lost = []
    for (name,) in ask(f"SELECT DISTINCT {kind} FROM {table} WHERE {kind} <> ''"):  # noqa: S608
        query = (
            f"SELECT count(*) FROM {table} t WHERE t.{kind} = %s AND NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {kinds[name]} r WHERE r.{_key(kinds[name])} = t.{number})"
        )
        if count := ask(query, name)[0][0]:
            lost.append((table, name, count))
    return lost


def _key(table):
    return next(one._meta.pk.column for one in apps.get_models() if one._meta.db_table == table)


def test_no_mark_of_a_story_is_left_anywhere(at_work):
    pattern = templates.UNMARKED.pattern
    for table in all_tables():
        query = f"SELECT count(*) FROM {table.name} t WHERE t::text ~ %s"  # noqa: S608
        assert ask(query, pattern)[0][0] == 0, table.name
        if table.sequence:
            assert ask(f"SELECT last_value FROM {table.sequence}")[0][0] < FIRST_MARK  # noqa: S608
