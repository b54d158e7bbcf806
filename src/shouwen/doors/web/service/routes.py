from typing import Any

from shouwen.doors.web.access import Route

ROUTES: list[Any] = [
    Route("service:index"),
    Route("service:export", everyone=404),
    Route("service:limits", everyone=404),
    Route("service:reopened", everyone=404),
]
