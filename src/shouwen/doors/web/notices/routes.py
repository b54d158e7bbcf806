from typing import Any

from shouwen.doors.web.access import Route
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock


def a_notice(cast: Any) -> dict[str, Any]:
    """One for sales alone."""
    notice = Notice.objects.create(
        person=cast.sales, message="到期", about_kind="case", about_id=1, key="k", at=clock.now()
    )
    return {"pk": notice.pk}


ROUTES = [
    Route("notices:list"),
    Route("notices:newest"),
    Route("notices:bell", everyone=204),
    Route("notices:read", "POST", everyone=302),
    Route("notices:open", args=a_notice, everyone=404, sales=302),
]
