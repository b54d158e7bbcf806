from django.utils.translation import pgettext_lazy

from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_

shell.room("conduct", pgettext_lazy("room", "服务行为"), "clipboard-check", "conduct:mine", 56)
links.register("finding", N_("行为记录"), "flag", "conduct:finding")
links.register("review", N_("服务检查"), "clipboard-check", "conduct:review")
links.register("grievance", N_("对员工的投诉"), "user-exclamation", "conduct:grievance")
