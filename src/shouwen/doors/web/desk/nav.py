from shouwen.doors.web import shell
from shouwen.ground.foundation.refusal import N_

shell.room("desk", N_("今日"), "calendar-check", "desk:today", 10, quick="d")
