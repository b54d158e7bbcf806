"""No page offers a link to a page that will not open."""

import re

import pytest
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from shouwen.doors.web import links
from shouwen.doors.web.access import GROUPS, Route, routes

ROWS = {route.name: route for route in routes() if route.method == "GET"}
PAGES = [route for route in ROWS.values() if not (route.args or route.open)]
HREF = re.compile(r'href="(/[^"?#]*)')


def offered(browser, route: Route) -> set[str]:
    """The names of the addresses without arguments that a page leads to."""
    answer = browser.get(reverse(route.name))
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return set()
    found = set()
    for path in HREF.findall(answer.content.decode()):
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if not match.kwargs and not match.args:
            found.add(match.view_name)
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_of_a_room_leads_only_where_one_may_go(group, enter, regulations):
    browser = enter(group)
    refused = {
        f"{route.name} → {name}"
        for route in PAGES
        if route.expected(group) == 200
        for name in offered(browser, route)
        if name in ROWS and ROWS[name].expected(group) >= 400
    }
    assert not refused


def test_a_page_nobody_spoke_of_opens_to_everybody(cast):
    assert links.opens(cast.sales, "cases:list")


def test_a_page_for_some_opens_to_them_alone(cast, regulations):
    assert links.opens(cast.agent, "mail:list")
    assert not links.opens(cast.warehouse, "mail:list")


def test_the_address_of_a_record_is_the_one_that_is_routed():
    for name, pk in (("cases:show", 7), ("desk:due", 1_234_567_890), ("intake:matter", 12)):
        assert links.address(name, pk) == reverse(name, args=[pk])
    with override_script_prefix("/service/"):
        assert links.address("cases:show", 7) == "/service/cases/7/"
    with pytest.raises(NoReverseMatch):
        links.address("cases:nowhere", 7)
