"""The demo company, made by its verbs once a process and laid from then on."""

from datetime import datetime

from keeping import lay

from shouwen.doors.demo import company
from shouwen.ground.foundation import clock


def demo_company(at: datetime | None = None) -> company.Company:
    """As it stands at a rehearsed moment; without one, today by the clock on the wall."""
    moment = at or clock.now()
    lay(("the demo company", at or clock.day_of(moment)), lambda: company.build(moment))
    return company.found()
