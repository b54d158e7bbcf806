from shouwen.doors.web import links
from shouwen.ground.foundation.refusal import N_

from . import events  # noqa: F401 - the words register themselves

links.register("case", N_("案件"), "folders", "cases:show")
