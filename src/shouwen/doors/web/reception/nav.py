from django.utils.translation import pgettext_lazy

from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_

shell.room("reception", pgettext_lazy("room", "来访"), "door-enter", "reception:today", 26)
links.register("visit", N_("来访"), "door-enter", "reception:visit")
links.register("letter", N_("信函传真"), "mail", "reception:letter")
