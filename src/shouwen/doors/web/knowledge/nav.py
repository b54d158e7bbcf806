from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_

shell.room("knowledge", N_("知识"), "book-2", "knowledge:list", 56)
links.register("article", N_("知识"), "book-2", "knowledge:article")
links.register("summary", N_("咨询汇总"), "chart-bar", "knowledge:summary")
links.register("bulletin", N_("宣传栏"), "pin", "knowledge:bulletin")
links.register("shiftcheck", N_("咨询记录清点"), "checklist", "knowledge:shift")
