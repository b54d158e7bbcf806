from django.utils.translation import pgettext_lazy

from shouwen.doors.web import saying, shell
from shouwen.ground.foundation.refusal import N_

shell.room(
    "caselists", pgettext_lazy("room", "案件"), "folders", "caselists:list", 30, quick="c",
    also=("cases", "papers"),
)  # fmt: skip
saying.events({"cases.exported": (N_("导出案件"), "file-export")})
