from shouwen.doors.web import links, saying, shell
from shouwen.ground.foundation.refusal import N_

shell.room("callbacks", N_("回访"), "phone-outgoing", "callbacks:queue", 35, quick="h")
links.register("callback", N_("回访"), "phone-outgoing", "callbacks:show")
links.register("project", N_("项目"), "building-community", "callbacks:project")
links.register("sample", N_("主任抽查"), "dice-3", "callbacks:sample")
links.register("callbackreport", N_("回访报告"), "report", "callbacks:report")
links.register("audit", N_("回访考核"), "clipboard-check", "callbacks:audit")
links.register("suggestion", N_("改进建议"), "bulb", "callbacks:improvement")
saying.events({
    "case.solved": (N_("问题已解决"), "circle-check", "done"),
    "repair.recorded": (N_("登记报修"), "tool"),
    "repair.finished": (N_("维修完工"), "tools", "done"),
    "callback.planned": (N_("安排回访"), "phone-plus"),
    "callback.attempted": (N_("拨打回访电话"), "phone-outgoing"),
    "callback.done": (N_("完成回访"), "phone-check", "done"),
    "callback.corrected": (N_("更正回访记录"), "edit"),
    "callback.handed_back": (N_("客户不满意，交回处理"), "arrow-back-up", "late"),
    "callback.plan_set": (N_("设定回访类别"), "calendar-repeat"),
    "sample.drawn": (N_("抽取季度样本"), "dice-3"),
    "sample.called_back": (N_("完成抽查回访"), "phone-check", "done"),
    "sample.problem_found": (N_("抽查发现问题"), "alert-triangle", "late"),
    "sample.closed": (N_("抽查归档"), "archive", "done"),
    "suggestion.recorded": (N_("记下意见建议"), "bulb"),
    "improvement.decided": (N_("决定改进建议"), "gavel"),
    "suggestion.effect_noted": (N_("填写落实效果"), "target-arrow", "done"),
    "callback_audit.drawn": (N_("抽取考核回访"), "dice-3"),
    "callback_audit.checked": (N_("核实一件回访"), "checks"),
    "callback_audit.submitted": (N_("签署回访考核"), "rubber-stamp", "done"),
    "callback_report.drawn_up": (N_("编制回访报告"), "report"),
    "callback_report.written": (N_("修改回访报告"), "edit"),
    "callback_report.submitted": (N_("上交回访报告"), "send"),
    "callback_report.acknowledged": (N_("主任阅知回访报告"), "eye-check", "done"),
    "project.registered": (N_("登记项目"), "building-community"),
    "project.delivered": (N_("项目交付"), "package-export", "done"),
})  # fmt: skip
