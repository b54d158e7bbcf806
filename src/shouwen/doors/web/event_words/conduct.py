"""The words for what happens to reviews and findings."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "review.drawn": (N_("抽取检查"), "dice-5"),
    "review.submitted": (N_("完成检查"), "clipboard-check", "done"),
    "finding.opened": (N_("开立行为记录"), "flag", "late"),
    "finding.acknowledged": (N_("本人承认"), "user-check"),
    "finding.objected": (N_("本人提出异议"), "message-exclamation", "late"),
    "finding.confirmed": (N_("认定"), "gavel"),
    "finding.dropped": (N_("不予认定"), "circle-x"),
    "finding.corrected": (N_("已向客户更正"), "message-check", "done"),
    "finding.closed": (N_("行为记录办结"), "archive", "done"),
    "measure.taken": (N_("决定措施"), "scale"),
    "measure.acknowledged": (N_("签收措施"), "signature", "done"),
    "transfer.proposed": (N_("提出调离岗位"), "arrows-exchange"),
    "transfer.approved": (N_("批准调离岗位"), "rubber-stamp", "done"),
    "transfer.declined": (N_("未批准调离岗位"), "circle-x", "late"),
    "person.transferred": (N_("调离岗位"), "arrows-exchange"),
    "grievance.filed": (N_("登记对员工的投诉"), "user-exclamation"),
    "grievance.upheld": (N_("投诉属实"), "circle-check", "late"),
    "grievance.dismissed": (N_("投诉不属实"), "circle-x"),
    "contact.rated": (N_("客户评价"), "star"),
    "contact.rating_checked": (N_("核查客户评价"), "eye-check", "done"),
})  # fmt: skip

saying.events({
    "training_plan.drafted": (N_("拟定培训计划"), "pencil"),
    "training_plan.revised": (N_("修改培训计划"), "pencil"),
    "training_plan.submitted": (N_("提交培训计划"), "send", "done"),
    "training.held": (N_("举办培训"), "school", "done"),
    "skill.passed": (N_("技能测试合格"), "certificate", "done"),
    "skill.expired": (N_("技能到期,须复测"), "refresh", "late"),
    "unit.duties_stated": (N_("写明部门职责"), "file-text"),
})  # fmt: skip
