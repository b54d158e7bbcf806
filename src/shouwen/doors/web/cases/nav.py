from shouwen.doors.web import links
from shouwen.ground.foundation.refusal import N_

from . import beside  # noqa: F401 - it registers itself

links.register("case", N_("案件"), "folders", "cases:show")
