from django.utils.translation import pgettext_lazy

from shouwen.doors.web import shell

shell.room(
    "intake", pgettext_lazy("room", "受理"), "phone-incoming", "intake:new", 20, quick="n",
    also=("mail",),
)  # fmt: skip
