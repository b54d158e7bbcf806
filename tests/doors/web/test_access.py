"""Every address answers every group of people as its row says, and none is without a row."""

from collections import Counter

import pytest
from django.urls import get_resolver, reverse

from shouwen.doors.web.access import GROUPS, Route, routes


def names(resolver=None, prefix: str = "") -> list[str]:
    """Every named address below a resolver."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found += names(entry, inner)
        else:
            assert entry.name, f"an address without a name: {entry.pattern}"
            found.append(f"{prefix}{entry.name}")
    return found


def test_every_address_has_a_row_and_every_row_an_address():
    rows = {route.name for route in routes()}
    assert set(names()) == rows


def test_no_row_is_written_twice():
    twice = [key for key, n in Counter((r.name, r.method) for r in routes()).items() if n > 1]
    assert not twice


@pytest.mark.parametrize("route", routes(), ids=lambda route: f"{route.method} {route.name}")
def test_each_group_gets_what_the_row_says(route: Route, cast, enter, regulations):
    arguments = route.args(cast) if route.args else {}
    data = route.data(cast) if route.data else {}
    address = reverse(route.name, kwargs=arguments)
    got = {}
    for group in ("anonymous", *GROUPS):
        answer = enter(group).generic(route.method, address, **_body(data))
        got[group] = answer.status_code
    assert got == {group: route.expected(group) for group in got}


def _body(data: dict) -> dict:
    from urllib.parse import urlencode

    return {"data": urlencode(data), "content_type": "application/x-www-form-urlencoded"}
