from typing import Any

from shouwen.doors.web.access import Route
from shouwen.ground.foundation import clock
from shouwen.work.mail import actions as mail
from shouwen.work.mail.coming import keeping
from shouwen.work.mail.models import Mailbox, RawMail

LETTER = (
    b"From: Wang <wang@kehu.cn>\r\nTo: service@shouwen.cn\r\nSubject: hello\r\n"
    b"Message-ID: <route@kehu.cn>\r\nDate: Wed, 11 Mar 2026 09:00:00 +0800\r\n\r\n"
    b"When will the goods arrive, please?\r\n"
)


def a_box(cast: Any) -> dict[str, Any]:
    """A mailbox of the factory."""
    return {"pk": _box(cast).pk}


def _box(cast: Any) -> Mailbox:
    draft = mail.BoxDraft("route", "service@shouwen.cn", letters_per_hour=9)
    return mail.open_box(cast.division, draft, by=None)


def _letter(cast: Any, data: bytes) -> RawMail:
    raw = keeping.store(_box(cast), [data], uidvalidity=1, uid=1)
    mail.process(raw.pk, clock.now())
    raw.refresh_from_db()
    return raw


def a_letter(cast: Any) -> dict[str, Any]:
    """A letter that is registered."""
    return {"pk": _letter(cast, LETTER).pk}


def put_aside(cast: Any) -> dict[str, Any]:
    """A letter in quarantine: nobody wrote it."""
    return {"pk": _letter(cast, LETTER.partition(b"\n")[2]).pk}


def its_interaction(cast: Any) -> dict[str, Any]:
    """What a letter was registered as."""
    return {"pk": _letter(cast, LETTER).interaction_id}


def an_answer(cast: Any) -> dict[str, Any]:
    """A letter to a customer that waits to leave."""
    asked = _letter(cast, LETTER).interaction
    assert asked is not None
    return {"pk": mail.reply(asked, "On Friday.", by=cast.agent).outgoing_mails.get().pk}


HANDS = ("staff", "office_manager", "pm_group", "keeper", "agent", "cs_director")
ANSWER = ("staff", "sales", "sales_manager", "office_manager", "pm_group", "agent", "cs_director")


def _room(name: str, method: str = "GET", status: int = 200, **more: Any) -> Route:
    """An address for those who open the mail."""
    return Route(name, method, **{"everyone": 403, **dict.fromkeys(HANDS, status), **more})


def _writer(name: str, **more: Any) -> Route:
    """An address for those who write to customers."""
    return Route(name, **{"everyone": 403, **dict.fromkeys(ANSWER, 200), **more})


ROUTES = [
    _room("mail:list"),
    _room("mail:export"),
    _room("mail:sent"),
    _room("mail:sent_export"),
    _room("mail:boxes"),
    _room("mail:show", everyone=404, args=a_letter),
    _room("mail:original", everyone=404, args=a_letter),
    _room("mail:retry", "POST", 302, everyone=404, args=put_aside),
    _room("mail:take_in", "POST", 409, everyone=404, staff=302, args=put_aside),
    _room("mail:discard", "POST", 422, everyone=404, args=put_aside),
    _room("mail:sent_show", everyone=404, args=an_answer),
    _room("mail:resend", "POST", 409, everyone=404, args=an_answer),
    _writer("mail:reply", args=its_interaction, outsider=404),
    Route("mail:box_new", everyone=403, keeper=200, office_manager=200),
    _room(
        "mail:box", status=403, everyone=404, args=a_box, keeper=200, office_manager=200
    ),
]  # fmt: skip
