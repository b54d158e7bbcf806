"""The words for the facts of surveys."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "questionnaire.drawn_up": (N_("拟订问卷"), "file-plus"),
    "questionnaire.changed": (N_("修改问卷"), "pencil"),
    "questionnaire.renewed": (N_("问卷另立新版"), "versions"),
    "survey.planned": (N_("拟订调查"), "clipboard-plus"),
    "survey.invited": (N_("加入调查对象"), "user-plus"),
    "survey.struck": (N_("划去调查对象"), "user-minus"),
    "survey.started": (N_("开始调查"), "player-play", "done"),
    "survey.sent": (N_("问卷已发出"), "send"),
    "survey.reminded": (N_("提醒未回答的客户"), "bell-ringing"),
    "survey.undelivered": (N_("调查邮件未能送达"), "mail-x", "late"),
    "survey.called_in_vain": (N_("电话未接通"), "phone-off"),
    "survey.answered": (N_("收到答卷"), "clipboard-check", "done"),
    "survey.corrected": (N_("更正答卷"), "eraser"),
    "survey.closed": (N_("结束调查"), "archive", "done"),
    "survey.improved": (N_("说明改善办法"), "tool", "done"),
    "satisfaction.rated": (N_("客户评价"), "star"),
    "satisfaction.followed_up": (N_("上级跟进评价"), "user-check", "done"),
    "satisfaction.became_matter": (N_("不满意评价立为事项"), "folder-plus", "now"),
    "survey.exported": (N_("导出调查统计"), "file-export"),
    "inquiry.printed": (N_("打印问卷"), "printer"),
})  # fmt: skip
