from shouwen.doors.web import shell
from shouwen.ground.foundation.refusal import N_

shell.room("settlement", N_("退货折让"), "package", "settlement:queue", 50)
