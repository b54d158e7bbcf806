"""The words for what happens to knowledge, phrases, summaries and bulletins."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "taboo.added": (N_("列入忌语"), "ban"),
    "taboo.ended": (N_("停用忌语"), "circle-off"),
    "taboo.found": (N_("查出服务忌语"), "message-off", "late"),
    "shift.checked": (N_("清点咨询记录"), "checklist"),
    "shift.made_good": (N_("补齐咨询记录"), "circle-check", "done"),
    "article.written": (N_("整理为知识"), "book-2"),
    "article.revised": (N_("修改知识"), "pencil"),
    "article.confirmed": (N_("确认知识无误"), "circle-check", "done"),
    "article.retired": (N_("停用知识"), "circle-off"),
    "article.used": (N_("引用知识"), "book-upload"),
    "summary.drawn_up": (N_("编制咨询汇总"), "table-plus"),
    "summary.commented": (N_("保存汇总说明"), "pencil"),
    "summary.submitted": (N_("上报咨询汇总"), "send", "done"),
    "summary.exported": (N_("导出咨询汇总"), "file-export"),
    "bulletin.decided": (N_("确定宣传栏内容"), "gavel", "done"),
    "bulletin.published": (N_("公布宣传栏"), "speakerphone", "done"),
})  # fmt: skip
