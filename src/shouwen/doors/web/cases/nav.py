from shouwen.doors.web import links
from shouwen.ground.foundation.refusal import N_

links.register("case", N_("案件"), "folders", "cases:show")
