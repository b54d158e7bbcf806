"""The webhook of a telephone system."""

from ninja import Router

from shouwen.doors.api.guarding import BySignature, ByToken, ClientRequest
from shouwen.doors.api.shapes import CallIn, CallOut
from shouwen.work.telephony import actions

from .contacts import ERRORS

router = Router(tags=["calls"])
SCOPE = "calls:write"


@router.post(
    "/calls", auth=[ByToken(SCOPE), BySignature(SCOPE)], response={200: CallOut, **ERRORS},
    url_name="calls", summary="An event of a call",
)  # fmt: skip
def hear(request: ClientRequest, payload: CallIn) -> CallOut:
    """Tell that a call rings, was answered or ended. Safe to send again: one call stays one."""
    told = actions.Heard(**payload.model_dump())
    client = request.auth
    call = actions.hear(told, division=client.division, source=client.source)
    return CallOut(
        call_id=call.call_id, state=call.state, extension=call.extension,
        offered=call.agent_id is not None,
    )  # fmt: skip
