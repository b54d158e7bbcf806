"""The words for facts of call-backs, their samples, audits, reports and projects."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "callback.planned": (N_("安排回访"), "phone-plus"),
    "callback.attempted": (N_("拨打回访电话"), "phone-outgoing"),
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
