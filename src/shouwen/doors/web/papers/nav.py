from shouwen.doors.web import shell
from shouwen.ground.foundation.refusal import N_

shell.room("copies", N_("各联"), "files", "papers:copies", 35, also=("papers:copies_of",))
