from typing import Any

from shouwen.doors.web.access import Route
from shouwen.work.reception import actions as reception
from shouwen.work.reception.models import Letter, Visit


def arrived(cast: Any) -> Visit:
    """Somebody who came to see the agent, and waits."""
    draft = reception.Arrival(cast.division, "安然", "反映楼道漏水", cast.agent)
    return reception.register_visit(draft, by=cast.staff)


def a_visit(cast: Any) -> dict[str, Any]:
    """The arguments that name it."""
    return {"pk": arrived(cast).pk}


def a_bad_visit(cast: Any) -> dict[str, Any]:
    """One whose visitor was not content."""
    visit = arrived(cast)
    Visit.objects.filter(pk=visit.pk).update(to_follow_up=True)
    return {"pk": visit.pk}


def came(cast: Any) -> Letter:
    """A letter for the agent."""
    draft = reception.Incoming(
        cast.division, "letter", "云上文化", "噪声", "外机夜间噪声过大。", cast.agent
    )
    return reception.register_letter(draft, by=cast.staff)


def a_letter(cast: Any) -> dict[str, Any]:
    """The arguments that name it."""
    return {"pk": came(cast).pk}


def an_answer(cast: Any) -> dict[str, Any]:
    """An answer that was not sent yet."""
    said = reception.Answer("letter", "云上文化", "复函", "已更换减振垫。", address="南京市")
    return {"pk": reception.write_reply(came(cast), said, by=cast.agent).pk}


ROUTES = [
    Route("reception:today"),
    Route("reception:new"),
    Route("reception:register"),
    Route("reception:export"),
    Route("reception:printed"),
    Route("reception:visit", args=a_visit, outsider=404),
    Route("reception:receive", "POST", args=a_visit, everyone=409, outsider=404, staff=302),
    Route("reception:leave", "POST", args=a_visit, everyone=422, outsider=404),
    Route("reception:sign", "POST", args=a_visit, everyone=422, outsider=404),
    Route("reception:rate", "POST", args=a_visit, everyone=422, outsider=404),
    Route("reception:follow_up", "POST", args=a_bad_visit, everyone=422, outsider=404),
    Route("reception:letters"),
    Route("reception:letters_export"),
    Route("reception:letter_new"),
    Route("reception:letter", args=a_letter, outsider=404),
    Route("reception:scan", "POST", args=a_letter, everyone=422, outsider=404),
    Route("reception:reply", "POST", args=a_letter, everyone=422, outsider=404),
    Route("reception:change", "POST", args=an_answer, everyone=422, outsider=404),
    Route("reception:send", "POST", args=an_answer, everyone=422, outsider=404),
    Route("reception:letter_print", args=an_answer, outsider=404),
]
