from shouwen.doors.web import links
from shouwen.ground.foundation.refusal import N_

links.register("rawmail", N_("来信"), "mail", "mail:show")
links.register("mailbox", N_("邮箱"), "inbox", "mail:box")
