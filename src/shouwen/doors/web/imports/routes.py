from typing import Any

from shouwen.doors.web.access import Route
from shouwen.work.customers.importing import actions as imports


def an_upload(cast: Any) -> dict[str, Any]:
    """A file that the salesperson tried; it is nobody else's."""
    data = "料号,品名\nSM-9,侧板\n".encode()
    upload, _trial = imports.try_file(cast.division, "products", "p.csv", data, by=cast.sales)
    return {"token": upload.token}


def customers(cast: Any) -> dict[str, Any]:
    """The kind of file with customers."""
    return {"kind": "customers"}


MAY: dict[str, Any] = dict.fromkeys(
    ("sales", "sales_manager", "staff", "pm_group", "office_manager", "agent", "cs_director"), 200
)
"""Who enters customers may import them."""

ROUTES = [
    Route("imports:start"),
    Route("imports:upload", args=customers, everyone=409, **MAY),
    Route("imports:template", args=customers),
    Route("imports:trial", args=an_upload, everyone=404, sales=200),
    Route("imports:errors", args=an_upload, everyone=404, sales=200),
    Route("imports:commit", "POST", args=an_upload, everyone=404, sales=302),
    Route("imports:drop", "POST", args=an_upload, everyone=404, sales=302),
]
