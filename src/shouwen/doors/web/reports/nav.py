from shouwen.doors.web import links, shell
from shouwen.doors.web.regulations import indicators
from shouwen.ground.foundation.refusal import N_

from .counted import build

shell.room("reports", N_("报表"), "chart-bar", "reports:index", 70, quick="b")
links.register("report", N_("报表"), "chart-bar", "reports:sheet")
indicators.register("R4", build)
