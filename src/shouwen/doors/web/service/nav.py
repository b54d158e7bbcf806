from shouwen.doors.web import saying
from shouwen.doors.web.regulations import indicators
from shouwen.ground.foundation.refusal import N_

from .figures import build

for code in ("R2", "R6", "R7"):
    indicators.register(code, build)
saying.events({"service.exported": (N_("导出服务指标"), "file-export")})
