from typing import Any

from shouwen.doors.web.access import Route


def a_number(cast: Any) -> dict[str, Any]:
    """A number; whether there is such a record is not told without a token."""
    return {"number": "260311-001"}


ROUTES = [
    Route("api:openapi-json", open=True),
    Route("api:api-root", open=True, everyone=404),
    # A session of ours opens nothing here: only a token does.
    Route("api:contacts", open=True, everyone=401),
    Route("api:contacts", "POST", open=True, everyone=401),
    Route("api:contact", open=True, everyone=401, args=a_number),
    Route("api:cases", open=True, everyone=401),
    Route("api:case", open=True, everyone=401, args=a_number),
    Route("api:search", open=True, everyone=401),
    Route("api:lookup", "POST", open=True, everyone=401),
    Route("api:calls", "POST", open=True, everyone=401),
    Route("api_nothing", open=True, everyone=404, args=lambda _: {"path": "v1/nothing"}),
]
