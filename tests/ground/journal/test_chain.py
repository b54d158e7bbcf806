"""One changed, removed, moved or cut-off fact is found; nothing else is reported."""

import threading

import pytest
from django.db import Error, connection, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.journal import anchor, chain
from shouwen.ground.journal.models import Entry, Seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(say):
    """Five facts in the chain."""
    entries = [say("case.opened", number=n) for n in range(5)]
    assert chain.seal_all() == 5
    connection.check_constraints()  # as a commit would: PostgreSQL truncates nothing before
    return entries


def faults():
    return [(fault.seal_id, fault.what) for fault in chain.verify()]


def change(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def test_a_whole_chain_has_no_fault(sealed):
    assert faults() == []
    assert chain.seal() == 0


def test_every_column_counts(sealed, keyless):
    columns = {
        "at": "2020-01-01 00:00:00+00:00",
        "event": "case.closed",
        "subject_kind": "x",
        "subject_id": 1,
        "matter_kind": "x",
        "matter_id": 1,
        "actor_id": 1,
        "division_id": 1,
        "data": '{"number": 9}',
    }
    assert columns.keys() == {f.column for f in Entry._meta.concrete_fields} - {"id"}
    for column, value in columns.items():
        point = transaction.savepoint()
        with keyless():
            change(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, sealed[2].pk)  # noqa: S608
            assert faults() == [(3, "这条记录或这一环被改动")], column
        transaction.savepoint_rollback(point)
    assert faults() == []


def test_a_changed_link_is_found_with_the_one_after_it(sealed, keyless):
    with keyless():
        change("UPDATE journal_seal SET hash = %s WHERE id = 2", "f" * 64)
    assert [number for number, _ in faults()] == [2, 3]


def test_a_removed_fact_is_found(sealed, keyless):
    with keyless():
        change("DELETE FROM journal_seal WHERE id = 2")
        change("DELETE FROM journal_entry WHERE id = %s", sealed[1].pk)
    assert faults()[0] == (3, "前面缺了若干环")


@pytest.mark.sqlite_only  # PostgreSQL does not let go of it
def test_a_removed_entry_under_a_kept_link_is_found(sealed, keyless):
    with keyless():
        change("PRAGMA defer_foreign_keys = ON")
        change("DELETE FROM journal_entry WHERE id = %s", sealed[1].pk)
        assert faults() == [(2, "这条记录被删去")]
        change(
            "INSERT INTO journal_entry SELECT %s, at, event, subject_kind, subject_id, matter_kind,"
            " matter_id, actor_id, data, division_id FROM journal_entry LIMIT 1",
            sealed[1].pk,
        )


def test_two_facts_that_changed_places_are_found(sealed, keyless):
    one, two = sealed[1].pk, sealed[2].pk
    with keyless():
        for source, target in ((one, -1), (two, one), (-1, two)):
            change("UPDATE journal_seal SET entry_id = %s WHERE entry_id = %s", target, source)
    assert [number for number, _ in faults()] == [2, 3]


def test_a_cut_off_tail_is_found_by_the_note_outside(sealed, keyless, say, tmp_path):
    note = tmp_path / "journal.anchor"
    anchor.keep(note)
    with keyless():
        change("DELETE FROM journal_seal WHERE id > 3")
        change("DELETE FROM journal_entry WHERE id >= %s", sealed[3].pk)
    assert faults() == []  # whole in itself
    assert not anchor.holds(anchor.read(note))
    for number in range(4):  # and it stays found when the chain grows past the note
        say("case.opened", number=number + 10)
    chain.seal_all()
    with pytest.raises(anchor.BrokenAnchor):
        anchor.keep(note)
    assert anchor.read(note).number == 5


def test_the_note_follows_the_chain(sealed, say, tmp_path):
    note = tmp_path / "journal.anchor"
    anchor.keep(note)
    first = anchor.read(note)
    say()
    chain.seal_all()
    anchor.keep(note)
    assert (first.number, anchor.read(note).number) == (5, 6)
    assert anchor.read(note) == anchor.newest()
    assert [path.name for path in tmp_path.iterdir()] == ["journal.anchor"]


@pytest.mark.parametrize("text", ["", "5", "x " + "0" * 64, "5 abc"])
def test_a_spoilt_note_is_no_note(text):
    with pytest.raises(ValueError, match="no anchor"):
        anchor.parse(text)


def test_a_late_commit_is_sealed_late(say):
    early = Entry.objects.create(pk=100_000, at=clock.now(), event="a.b", subject_id=1, matter_id=1)
    chain.seal_all()
    late = Entry.objects.create(pk=99_000, at=clock.now(), event="a.b", subject_id=1, matter_id=1)
    later = Entry.objects.create(pk=10, at=clock.now(), event="a.b", subject_id=1, matter_id=1)
    assert chain.seal_all() == 1
    assert chain.count_waiting(before=clock.now()) == 1
    assert chain.seal_all(look_back=None) == 1
    order = Seal.objects.order_by("id").values_list("entry_id", flat=True)
    assert list(order) == [early.pk, late.pk, later.pk]
    assert faults() == []


def test_sealing_goes_on_batch_after_batch(say, monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    for _ in range(5):
        say()
    assert chain.seal() == 2
    assert chain.seal_all() == 3
    assert faults() == []


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE journal_entry SET event = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_seal SET hash = 'x'",
        "DELETE FROM journal_seal",
        pytest.param("TRUNCATE journal_entry CASCADE", marks=pytest.mark.pg_only),
        pytest.param("TRUNCATE journal_seal", marks=pytest.mark.pg_only),
    ],
)
def test_the_database_refuses_every_change(sealed, query):
    with pytest.raises(Error, match="only grows"), transaction.atomic():
        change(query)
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain(say, monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 7)
    for number in range(60):
        say("case.opened", number=number)
    start, done = threading.Barrier(3), []

    def race():
        start.wait()
        for _ in range(40):
            done.append(chain.seal())
        connection.close()

    racers = [threading.Thread(target=race) for _ in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    chain.seal_all()
    assert sum(done) == Seal.objects.count() == 60
    assert faults() == []
