from shouwen.doors.web import shell
from shouwen.ground.foundation.refusal import N_

shell.room("announcements", N_("公告"), "speakerphone", "announcements:board", 57)
