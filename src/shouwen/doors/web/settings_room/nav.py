from shouwen.doors.web import shell
from shouwen.ground.foundation.refusal import N_

shell.room(
    "settings",
    N_("设置"),
    "settings",
    "settings:organisation",
    120,
    quick="s",
    also=("gateways",),
)
