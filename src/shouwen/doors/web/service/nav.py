from shouwen.doors.web.regulations import indicators

from .figures import build

for code in ("R2", "R6", "R7"):
    indicators.register(code, build)
