"""The words for facts of reports and figures that are taken out."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "report.exported": (N_("导出报表"), "file-export"),
    "bonus.exported": (N_("导出奖金基数"), "file-export"),
    "service.exported": (N_("导出服务指标"), "file-export"),
})  # fmt: skip
