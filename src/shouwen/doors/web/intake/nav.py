from shouwen.doors.web import shell
from shouwen.ground.foundation.refusal import N_

shell.room("intake", N_("受理"), "phone-incoming", "intake:new", 20, quick="n")
