"""Indexing and finding on a real database; run it on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from shouwen.engines.search import actions as search
from shouwen.engines.search import index, queries
from shouwen.engines.search.actions import Text
from shouwen.engines.search.models import SearchDoc, SearchWaiting
from shouwen.ground.foundation.clock import rehearsal

NOW = datetime(2026, 3, 10, 1, tzinfo=UTC)


class Shelf(dict):
    """Records of one kind; it is read like a table and counts how often."""

    def __init__(self, kind):
        super().__init__()
        self.kind, self.asked, self.broken = kind, [], set()

    def put(self, object_id, title, **more):
        self[object_id] = Text(object_id, title, more.pop("at", NOW), **more)
        search.touch_id(self.kind, object_id)

    def __call__(self, ids):
        self.asked.append(list(ids))
        if self.broken & set(ids):
            raise ValueError("a record nobody can read")
        return [self[pk] for pk in ids if pk in self]


@pytest.fixture
def shelf(monkeypatch):
    made = Shelf("case")
    monkeypatch.setitem(search._builders, "case", made)
    with rehearsal(NOW):
        yield made


@pytest.fixture
def cases(db, shelf):
    return shelf


def found(words, **more):
    search.index_waiting()
    return [doc.object_id for doc in search.find(words, **more)]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("退款", [1, 2]),
        ("投诉 退款", [1]),
        ("要求退款", [1]),
        ("要求赔偿", [2]),
        ("款退", []),
        ("错误单号", []),
        ("赔", [2]),
        ("偿", [2]),
        ("c2026000123", [1]),
        ("C2026-000123", [1]),
        ("0123", [1]),
        ("账单金额错误", [1]),
        ("账单错误", []),
        ("138-1234-5678", [2]),
        ("13812345678", [2]),
        ("+86 13812345678", []),
        ("+8613812345678", [2]),
        ("1381234", [2]),
        ("5678", [2]),
        ("2345", [2]),
        ("zw", [2]),
        ("zhangw", [2]),
        ("wfdz", [1]),
        ("wanfang", [1]),
        ("万方", [1]),
        ("𠮷野", [3]),
        ("refund", [3]),
        ("REFUND requ", [3]),
        ("refund quest", []),
        ("'; drop table --", []),
        ('"投诉" OR *', []),
        ("NEAR(投诉)", []),
    ],
)
def test_words_find_what_they_say(cases, words, hits):
    cases.put(
        1,
        "客户投诉账单金额错误,单号C2026000123,要求退款",
        names=("南京万方电子有限公司",),
    )
    cases.put(2, "退款到账延迟", body="客户要求赔偿", names=("张伟", "138 1234 5678"))
    cases.put(3, "𠮷野家 refund requested")
    assert sorted(found(words)) == hits


def test_a_changed_record_is_found_by_its_new_words_only(cases):
    cases.put(1, "客户投诉", names=("张伟",))
    assert found("投诉") == [1]
    cases.put(1, "已经结案", names=("李明",))
    assert found("结案") == found("lm") == [1]
    assert found("投诉") == found("zw") == []


def test_a_record_that_is_gone_is_forgotten(cases):
    cases.put(1, "客户投诉")
    assert found("投诉") == [1]
    del cases[1]
    search.touch_id("case", 1)
    assert found("投诉") == []
    assert not SearchDoc.objects.exists()
    assert not SearchWaiting.objects.exists()


def test_kinds_and_divisions_narrow_what_is_found(cases):
    cases.put(1, "退货", division=7)
    cases.put(2, "退货", division=8)
    cases.put(3, "退货")
    assert sorted(found("退货", divisions={7})) == [1, 3]
    assert sorted(found("退货", divisions=[])) == [3]
    assert sorted(found("退货", kinds=["case"])) == [1, 2, 3]
    assert found("退货", kinds=["customer"]) == found("退货", kinds=[]) == []


def test_newest_first_page_by_page_over_months_and_years(cases):
    ages = [0, 3, 3, 40, 70, 300, 500, 1200, 2500]
    for number, days in enumerate(ages):
        cases.put(number, "退货", at=NOW - timedelta(days=days))
    search.index_waiting()
    pages, before = [], None
    while page := search.find("退货", limit=2, before=before):
        pages.append([doc.object_id for doc in page])
        before = page[-1]
    assert pages == [[0, 2], [1, 3], [4, 5], [6, 7], [8]]


def test_a_common_word_is_one_statement_and_a_rare_one_three(cases, django_assert_num_queries):
    for number in range(5):
        cases.put(number, "退货")
    search.index_waiting()
    with django_assert_num_queries(1):
        search.find("退货", limit=5)
    with django_assert_num_queries(3):
        search.find("折让", limit=5)
    with django_assert_num_queries(0):
        search.find("!", limit=5)


def test_touching_is_one_insert(cases, django_assert_num_queries):
    with django_assert_num_queries(1):
        cases.put(1, "退货")


def test_a_batch_costs_the_same_whatever_its_size(cases, django_assert_max_num_queries):
    for number in range(60):
        cases.put(number, "退货")
        search.touch_id("case", number)
    search.index_waiting()
    for number in range(60):
        cases.put(number, "折让")
    cases.asked.clear()
    with django_assert_max_num_queries(11):
        search.index_waiting()
    assert cases.asked == [list(range(60))]


def test_a_touch_that_is_rolled_back_leaves_nothing(cases):
    with transaction.atomic():
        cases.put(1, "退货")
        transaction.set_rollback(True)
    assert search.index_waiting() == 0


def test_an_unknown_kind_is_a_mistake_of_the_program(db):
    with pytest.raises(LookupError, match="'unheard'"):
        search.touch_id("unheard", 1)


def test_a_broken_record_waits_and_the_others_do_not(cases):
    for number in range(3):
        cases.put(number, "退货")
    cases.broken = {1}
    assert sorted(found("退货")) == [0, 2]
    assert queries.waiting() == (1, 1)
    assert search.index_waiting() == 0
    cases.broken = set()
    with rehearsal(NOW + timedelta(minutes=2)):
        assert sorted(found("退货")) == [0, 1, 2]
    assert queries.waiting() == (0, 0)


def test_a_moment_to_come_counts_as_now(cases):
    cases.put(1, "退货", at=NOW + timedelta(days=90))
    assert found("退货", limit=1) == [1]


def test_a_lost_index_is_built_anew(cases):
    cases.put(1, "退货", names=("张伟",))
    search.index_waiting()
    index.forget_all()
    assert found("退货") == []
    assert search.rebuild() == 1
    assert found("退货") == found("zw") == [1]
    cases.put(1, "折让")
    assert (found("退货"), found("折让")) == ([], [1])


def test_a_text_longer_than_the_index_keeps(cases):
    cases.put(1, "温度", body="温度" * 20_000)
    assert found("温度") == [1]
    cases.put(1, "湿度")
    assert (found("温度"), found("湿度")) == ([], [1])


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_the_waiting_list_of_the_index_is_merged(shelf):
    shelf.put(1, "退货")
    search.index_waiting()
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('search_vec'::regclass)")
        assert cursor.fetchone() == (0,)


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_leave_older_words(shelf):
    """The first worker holds the older row; the second one must read after it, or wait."""
    shelf.put(1, "旧的说法")
    reading, go_on = threading.Event(), threading.Event()

    def slow(ids):
        texts = [shelf[pk] for pk in ids]
        if not reading.is_set():
            reading.set()
            go_on.wait(5)
        return texts

    search._builders["case"] = slow
    first = threading.Thread(target=_work)
    first.start()
    assert reading.wait(5)
    shelf[1] = replace(shelf[1], title="新的说法")
    search.touch_id("case", 1)
    second = threading.Thread(target=_work)
    second.start()
    second.join(0.3)
    assert second.is_alive(), "the second worker must wait for the first one's document"
    go_on.set()
    first.join(5)
    second.join(5)
    assert [doc.title for doc in search.find("说法")] == ["新的说法"]
    assert SearchWaiting.objects.count() == 0


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_workers_share_what_waits(shelf):
    for number in range(100):
        shelf.put(number, "退货")
    workers = [threading.Thread(target=_work, args=(7,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert len(search.find("退货", limit=200)) == 100
    assert sorted(pk for ids in shelf.asked for pk in ids) == list(range(100))


def _work(limit=500):
    try:
        with rehearsal(NOW):
            while search.index_waiting(limit):
                pass
    finally:
        connection.close()
