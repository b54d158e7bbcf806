from django.utils.translation import pgettext_lazy

from shouwen.doors.web import shell

shell.room(
    "caselists", pgettext_lazy("room", "案件"), "folders", "caselists:list", 30, quick="c",
    also=("cases", "papers"),
)  # fmt: skip
