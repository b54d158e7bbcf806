"""The service centre of the scenarios."""

from contextlib import suppress
from datetime import timedelta

import pytest
import staging

from shouwen.ground.foundation import clock
from shouwen.regulations.vocabulary.cases import go_on, open_matter

centre = staging.centre


@pytest.fixture
def ask(centre):
    """`ask("停车证怎么办")` is a registered consultation; with `answer` an answered one."""

    def enter(title="停车证怎么办", answer="", channel="phone"):
        case = open_matter(
            centre.centre, centre.resident, "consultation", "parking", title, f"{title}？",
            channel=channel, by=centre.agent,
        )  # fmt: skip
        go_on(case, by=centre.agent)
        if answer:
            go_on(case, data={"text": answer, "satisfied": "yes_"}, by=centre.agent)
        with suppress(RuntimeError):  # where time stands still, let some of it go by
            clock.wait(timedelta(minutes=1))
        return case

    return enter
