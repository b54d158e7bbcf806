"""The words for facts of keeping customers: grades, opinions, offers, opportunities, merges."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "customer.verified": (N_("核对客户资料"), "checklist", "done"),
    "customer.graded": (N_("更改客户等级"), "chart-bar"),
    "customer.told_of_merge": (N_("与另一份资料合并或拆开"), "arrows-join"),
    "customers.merged": (N_("并入另一份资料"), "arrows-join"),
    "customers.unmerged": (N_("撤销合并"), "arrows-split"),
    "customers.recounted": (N_("重算资料完整度"), "refresh"),
    "opportunity.noted": (N_("记下商机"), "bulb"),
    "opportunity.changed": (N_("更新商机"), "edit"),
    "opportunity.closed": (N_("商机结束"), "flag-check", "done"),
    "offer.made": (N_("发布新业务"), "speakerphone"),
    "offer.ended": (N_("新业务截止"), "clock-off"),
    "offer.presented": (N_("向客户介绍新业务"), "message-share", "done"),
    "opinion.recorded": (N_("反映客户意见"), "message-plus"),
    "opinion.acknowledged": (N_("确认收到意见"), "eye-check"),
    "opinion.marked": (N_("标为有价值的意见"), "star"),
    "opinion.answered": (N_("部门答复意见"), "message-reply"),
    "opinion.told": (N_("把结果通报客户"), "message-check", "done"),
    "compilation.sent": (N_("发出意见汇编"), "send", "done"),
    "compilation.given": (N_("意见汇编分送部门"), "inbox"),
    "compilation.answered": (N_("部门答复意见汇编"), "checks", "done"),
    "person.exported": (N_("导出个人资料"), "file-export"),
    "person.erased": (N_("删除个人资料"), "eraser"),
})  # fmt: skip
