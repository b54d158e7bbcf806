"""What stands around every page."""

from collections import Counter

from django.utils.translation import override

from shouwen.config.settings import PACKAGE
from shouwen.doors.jobs.catalogues import compile_all
from shouwen.doors.web import shell


def page(browser, path: str = "/keys/") -> str:
    return browser.get(path).content.decode()


def test_the_room_one_is_in_is_marked(cast, enter):
    text = page(enter("sales"), "/regulations/")
    marked = text.split('aria-current="page"')[0].rsplit("<a ", 1)[1]
    assert "/regulations/" in marked


def test_a_room_without_an_address_or_for_others_is_not_shown(cast, enter, monkeypatch):
    monkeypatch.setattr(shell, "_rooms", {})
    shell.room("a", "甲室", "x", "no:such", 10)
    shell.room("b", "乙室", "x", "account:keys", 20, role="accounting hr")
    shell.room("c", "丙室", "x", "account:keys", 30)
    assert "甲室" not in page(enter("hr"))
    assert "乙室" in page(enter("hr"))
    assert "乙室" not in page(enter("sales"))
    assert "丙室" in page(enter("sales"))


def test_no_two_rooms_share_a_key():
    keys = Counter(room.quick for room in shell._rooms.values() if room.quick)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_room_has_an_english_name():
    compile_all(PACKAGE)
    with override("en"):
        names = {room.key: room.name for room in shell._rooms.values()}
    assert {key: name for key, name in names.items() if not name.isascii()} == {}


def test_a_theme_nobody_offers_is_none(cast, enter):
    browser = enter("sales")
    browser.cookies["theme"] = '"><script>'
    assert "<script>" not in page(browser).split("</head>")[0].split("<title>")[0]


def test_the_shell_costs_little(cast, enter, django_assert_max_num_queries):
    browser = enter("sales")
    page(browser)
    with django_assert_max_num_queries(6):
        page(browser)
