from shouwen.doors.web import shell
from shouwen.ground.foundation.refusal import N_

shell.room("regulations", N_("制度"), "book-2", "regulations:list", 80, quick="r")
