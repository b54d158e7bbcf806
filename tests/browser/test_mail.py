"""The mail room in a real browser: nothing of a letter is ever markup, all is in reach."""

import pytest
from work.mail.conftest import furnish, letter

from shouwen.doors.web.mail.routes import LETTER
from shouwen.ground.foundation import clock
from shouwen.work.mail import actions as mail
from shouwen.work.mail.models import Mailbox, Outgoing

NASTY = '<script>window.broken=1</script><img src=x onerror="window.broken=1">'


@pytest.fixture
def room(cast, regulations):
    """A mailbox with a letter of each kind, and an answer that did not arrive."""
    from types import SimpleNamespace

    house = furnish(SimpleNamespace(cast=cast, now=SimpleNamespace(at=clock.now())))
    data = letter(f"端盖表面有划伤,请处理。\n{NASTY}", f"端盖划伤 {NASTY}")
    house.row = house.take(data).interaction
    house.strange = house.take(
        letter(
            "我也想知道进展。", f"关于 {house.row.number}", "x@else.cn", Message_ID="<s@else.cn>"
        )
    )
    house.aside = house.take(LETTER.partition(b"\n")[2])
    house.take(letter(Auto_Submitted="auto-replied", Message_ID="<auto@kehu.cn>"))
    answer = mail.reply(house.row, "周五发出新的端盖。", by=cast.agent)
    Outgoing.objects.filter(interaction=answer).update(
        returned_at=clock.now(), returned_why="550 5.1.1 no such user", sent_at=clock.now()
    )
    house.returned = answer.outgoing_mails.get()
    Mailbox.objects.update(error="error: authentication failed", failing_since=clock.now())
    return house


def pages(room):
    return {
        "list": "/mail/", "letter": f"/mail/{room.strange.pk}/", "aside": f"/mail/{room.aside.pk}/",
        "nasty": f"/mail/{room.row.raw_mails.get().pk}/", "reply": f"/mail/reply/{room.row.pk}/",
        "sent": "/mail/sent/", "returned": f"/mail/sent/{room.returned.pk}/",
        "boxes": "/mail/boxes/",
    }  # fmt: skip


@pytest.mark.parametrize(
    "look", [{}, {"theme": "dark"}, {"width": 390}, {"language": "en", "width": 390}], ids=str
)
def test_every_page_is_in_reach_and_within_the_screen(visit, room, accessible, look):
    for name, address in pages(room).items():
        page = visit(address, "agent", **look)
        assert not page.evaluate("window.broken"), name
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, name


def test_somebody_puts_a_letter_away_and_must_say_why(visit, room):
    page = visit(f"/mail/{room.aside.pk}/", "agent")
    page.click("summary:has-text('弃置')")
    page.click(".confirm-panel .btn-danger")
    assert page.locator(".is-wrong, .field-error, .invalid-feedback").first.is_visible()
    page.fill("[name=reason]", "推销")
    page.click(".confirm-panel .btn-danger")
    page.wait_for_url("**/mail/*/")
    room.aside.refresh_from_db()
    assert room.aside.state == "discarded"


def test_the_keeper_opens_a_mailbox(visit, room):
    page = visit("/mail/boxes/new/", "keeper")
    page.fill("[name=key]", "repairs")
    page.fill("[name=address]", "repairs@shouwen.cn")
    page.click("button:has-text('开设')")
    page.wait_for_url("**/mail/boxes/")
    assert Mailbox.objects.filter(key="repairs").exists()
