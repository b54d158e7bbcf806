from django.utils.translation import pgettext_lazy

from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_

shell.room("quick", pgettext_lazy("room", "往来"), "message-plus", "quick:new", 22, quick="w")
links.register("interaction", N_("往来"), "message", "quick:interaction")
