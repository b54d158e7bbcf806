"""Rows are written as `save` writes them."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, IntegrityError, transaction

from shouwen.ground.foundation import writing
from shouwen.ground.journal.models import Entry
from shouwen.work.cases.models import Case, CaseText

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)


def entry(pk=7, **more):
    return Entry(
        at=NOON, event="opened", subject_kind="case", subject_id=pk, matter_kind="case",
        matter_id=pk, **{"data": {"何": ["事", None]}, **more},
    )  # fmt: skip


def columns_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_new_row_is_as_save_makes_it(django_assert_num_queries):
    with django_assert_num_queries(1):
        ours = writing.insert(entry())
    theirs = entry()
    theirs.save(force_insert=True)
    assert ours.pk not in (None, theirs.pk)
    assert (ours._state.adding, ours._state.db) == (False, theirs._state.db)
    read, other = Entry.objects.get(pk=ours.pk), Entry.objects.get(pk=theirs.pk)
    assert columns_of(read) == columns_of(ours)
    assert columns_of(read) | {"id": 0} == columns_of(other) | {"id": 0}


def test_many_rows_are_one_statement_and_none_is_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = writing.insert_all([entry(pk) for pk in range(1, 4)])
    assert [row.subject_id for row in Entry.objects.order_by("pk")] == [1, 2, 3]
    assert all(row.pk for row in rows)
    with django_assert_num_queries(0):
        assert writing.insert_all([]) == []


def test_a_key_that_is_given_is_kept_and_is_there_once():
    writing.insert(User(pk=77, username="a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        writing.insert(User(pk=77, username="b"))
    assert User.objects.get(pk=77).username == "a"


def test_what_belongs_to_a_row_that_is_not_written_yet_is_a_mistake():
    with pytest.raises(ValueError, match="unsaved related object"):
        writing.insert(CaseText(case=Case(), description="", caller="", phone=""))


def test_only_what_is_named_is_changed(django_assert_num_queries):
    user = User.objects.create(username="a", first_name="甲", last_name="乙")
    user.first_name, user.last_name = "丙", "丁"
    with django_assert_num_queries(1):
        writing.update(user, "first_name", "first_name")
    user.refresh_from_db()
    assert (user.first_name, user.last_name) == ("丙", "乙")
    with pytest.raises(FieldDoesNotExist):
        writing.update(user, "nickname")


def test_a_row_that_is_gone_is_not_changed_in_silence():
    user = User.objects.create(username="a")
    User.objects.filter(pk=user.pk).delete()
    with pytest.raises(DatabaseError, match="no more"):
        writing.update(user, "first_name")
