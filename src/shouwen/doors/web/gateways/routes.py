from typing import Any

from shouwen.doors.api.actions import create_client
from shouwen.doors.web.access import Route
from shouwen.work.telephony.actions import give_extension
from shouwen.work.ways.actions import WayDraft, make_labels, publish


def _way(cast: Any) -> dict[str, Any]:
    draft = WayDraft("phone", "服务热线", "400-800-1234")
    return {"pk": publish(draft, division=cast.division, by=None).pk}


def _label(cast: Any) -> dict[str, Any]:
    return {"pk": make_labels([("一号电梯", "Lift 1")], division=cast.division, by=None)[0].pk}


def _extension(cast: Any) -> dict[str, Any]:
    return {"pk": give_extension(cast.division, "8001", cast.agent, by=None).pk}


def _client(cast: Any) -> dict[str, Any]:
    return {"pk": create_client(cast.division, "工单系统", ["calls:write"], by=None).client.pk}


def _kept(name: str, **more: Any) -> Route:
    return Route(name, **{"everyone": 403, "keeper": 200, "office_manager": 200, **more})


def _labelled(name: str, **more: Any) -> Route:
    may = {"staff": 200, "agent": 200, "cs_director": 200}
    return _kept(name, **{**may, **more})


ROUTES = [
    Route("gateways:channels"),
    _kept("gateways:channel_new"),
    _kept("gateways:channel_withdrawal", args=_way, outsider=404),
    Route("gateways:labels"),
    _labelled("gateways:label_new"),
    # Nothing to print yet: whoever may is told so.
    _labelled(
        "gateways:label_sheet", staff=409, agent=409, cs_director=409, keeper=409,
        office_manager=409,
    ),
    _labelled("gateways:label_retirement", args=_label, outsider=404),
    Route("gateways:telephones"),
    _kept("gateways:telephone_new"),
    _kept("gateways:telephone_end", args=_extension, outsider=404),
    _kept("gateways:clients"),
    _kept("gateways:client_new"),
    _kept("gateways:client_revocation", args=_client, outsider=404),
]  # fmt: skip
