from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_

shell.room("callbacks", N_("回访"), "phone-outgoing", "callbacks:queue", 35, quick="h")
links.register("callback", N_("回访"), "phone-outgoing", "callbacks:show")
links.register("project", N_("交付项目"), "building-community", "callbacks:project")
links.register("sample", N_("主任抽查"), "dice-3", "callbacks:sample")
links.register("callbackreport", N_("回访报告"), "report", "callbacks:report")
links.register("audit", N_("回访考核"), "clipboard-check", "callbacks:audit")
links.register("suggestion", N_("改进建议"), "bulb", "callbacks:improvement")
