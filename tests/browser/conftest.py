"""A real browser against a real server. Chromium is the machine's; without it these are skipped."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from casting import company
from keeping import lay

from shouwen.doors.jobs.pictures import Shot, chromium, page_in, seat
from shouwen.ground.org.models import Person

SERIOUS = ("serious", "critical")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all."""
    try:
        with chromium() as found:
            yield found
    except FileNotFoundError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def cast(transactional_db: None) -> SimpleNamespace:
    """The people, committed, so that the server's threads see them."""
    return lay("the cast that is seen", company)


@pytest.fixture
def visit(browser: Any, live_server: Any, cast: SimpleNamespace) -> Iterator[Callable[..., Any]]:
    """`page = visit("/", person="sales", width=390)`; a script that fails, fails the test.

    Whoever looks at several pages does so in one browser, which has read the style sheets before.
    """
    faults: list[str] = []
    seats: dict[Any, Any] = {}

    def go(url: str, person: str = "sales", **look: Any) -> Any:
        if person and look.get("language"):
            Person.objects.filter(user__username=person).update(language=look["language"])
        shot = Shot("", person, url, **look)
        context = seats.get(who := (person, *sorted(look.items())))
        if context is None:
            context = seats[who] = seat(browser, live_server.url, shot)
        page = page_in(context, live_server.url, shot)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console", lambda m: faults.append(m.text) if "Content Security" in m.text else None
        )
        return page

    yield go
    for context in seats.values():
        context.close()
    assert not faults


@pytest.fixture
def accessible() -> Callable[[Any], None]:
    """`accessible(page)` fails on what keeps somebody out."""

    def check(page: Any) -> None:
        found = Axe().run(page).response["violations"]
        wrong = [
            f"{one['id']}: {node['html'][:120]} {node['failureSummary'].splitlines()[1].strip()}"
            for one in found
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        ]
        assert not wrong, "\n".join(wrong)

    return check
