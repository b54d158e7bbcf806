"""The service centre of the scenarios, for tests that want it without a scenario."""

from collections.abc import Iterator
from types import SimpleNamespace

from keeping import lay

from shouwen.regulations.runner import Theatre


def centre() -> Iterator[SimpleNamespace]:
    """The scenarios' company by its names: `centre.agent`, `centre.resident`, …

    The body of a fixture that also wants `regulations`.
    """
    theatre = Theatre()
    yield SimpleNamespace(**lay("the company of the scenarios", theatre.found))
    theatre.verbs.forget()
