"""Answers to customers: what goes with them, where they go, and what comes back."""

from io import BytesIO

import pytest
from django.core import mail as post
from django.core.files.base import File
from work.mail.conftest import letter
from work.mail.test_coming import PNG, case  # noqa: F401 - a fixture

from shouwen.engines.documents import queries as documents
from shouwen.engines.documents.actions import attach
from shouwen.engines.documents.models import Sheet
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import queries as spoken
from shouwen.work.mail import actions as mail
from shouwen.work.mail.going import tokens
from shouwen.work.mail.models import Mailbox, Outgoing


@pytest.fixture
def asked(house):
    """A letter of a customer, without its receipt."""
    Mailbox.objects.update(answers_per_hour=0)
    return house.take(letter()).interaction


def test_an_answer_is_an_interaction_and_a_letter(house, asked, case):  # noqa: F811
    interactions.tie(asked, case, by=house.cast.agent)
    asked.refresh_from_db()
    row = mail.reply(asked, "周五发货。", definite=True, by=house.cast.agent)
    assert (row.direction, row.channel, row.taker) == ("out", "mail", house.cast.agent)
    assert row.matter == ("case", case.pk)
    assert spoken.definite_reply(case) == row
    assert mail.send_waiting(house.now.at) == 1
    sent = post.outbox[0]
    assert sent.to == ["wang@kehu.cn"]
    assert sent.subject == f"Re: 交货期 [{asked.number}]"
    assert sent.extra_headers["In-Reply-To"] == "<a1@kehu.cn>"
    assert tokens.token_of(row.pk) in sent.body
    assert mail.send_waiting(house.now.at) == 0


def test_a_matter_is_answered_by_its_last_letter(house, asked, case):  # noqa: F811
    with pytest.raises(Refused, match="没有客户来信"):
        mail.reply(case, "周五发货。", by=house.cast.agent)
    interactions.tie(asked, case, by=house.cast.agent)
    row = mail.reply(case, "周五发货。", by=house.cast.agent)
    assert row.matter == ("case", case.pk)


def test_a_box_with_plus_addresses_signs_where_the_answer_goes(house, asked):
    Mailbox.objects.update(by_plus=True)
    row = mail.reply(asked, "周五发货。", by=house.cast.agent)
    mail.send_waiting(house.now.at)
    (where,) = post.outbox[0].reply_to
    assert where == f"service+{tokens.token_of(row.pk)}@shouwen.cn"
    back = house.take(letter("收到了,谢谢。", "谢谢", "li@else.cn", To=where.upper(),
                             Message_ID="<x@else.cn>"))  # fmt: skip
    assert back.follows == row
    assert back.interaction.text.more["flags"] == ["unknown_sender"]


def test_what_it_takes_to_write_to_a_customer(house, asked):
    for who, body, what in (
        (house.cast.manufacturing, "周五发货。", "只有客服部"), (house.cast.agent, "  ", "请写明"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=what):
            mail.reply(asked, body, by=who)
    with pytest.raises(Refused, match="没有可以答复"):
        mail.reply(asked, "周五发货。", to="x\nBcc: y@z.cn", by=house.cast.agent)
    Mailbox.objects.update(active=False)
    with pytest.raises(Refused, match="没有在用的邮箱"):
        mail.reply(asked, "周五发货。", by=house.cast.agent)
    assert not Outgoing.objects.exists()


def test_files_go_along_when_they_are_what_they_say(house, asked):
    photo = File(BytesIO(PNG), name="端盖.png")
    row = mail.reply(asked, "见附件。", mail.Enclosed(files=[photo]), by=house.cast.agent)
    assert [one.name for one in documents.attachments_of(row)] == ["端盖.png"]
    mail.send_waiting(house.now.at)
    ((name, content, kind),) = post.outbox[0].attachments
    assert (name, content, kind) == ("端盖.png", PNG, "image/png")
    with pytest.raises(Refused):
        mail.reply(asked, "见附件。", mail.Enclosed(files=[File(BytesIO(b"MZ"), name="a.exe")]),
                   by=house.cast.agent)  # fmt: skip
    assert Outgoing.objects.count() == 1


def paper_of(house, form):
    return Sheet.objects.create(
        form=form, regulation="R4", edition=1, division=house.cast.division, matter_kind="case",
        matter_id=1, created_at=house.now.at,
    )  # fmt: skip


def test_an_internal_paper_never_goes_to_a_customer(house, asked):
    sheet = paper_of(house, "complaint_form")
    kept = attach(File(BytesIO(PNG), name="a.png"), by=house.cast.agent, sheet=sheet)
    for enclosed in (mail.Enclosed(papers=[sheet]), mail.Enclosed(kept=[kept])):
        with pytest.raises(Refused, match="内部文件") as refused:
            mail.reply(asked, "附上批示。", enclosed, by=house.cast.agent)
        assert refused.value.clauses
    assert not Outgoing.objects.exists()


def test_a_letter_that_comes_back_is_seen_by_whoever_wrote_it(house, asked):
    row = mail.reply(asked, "周五发货。", by=house.cast.agent)
    mail.send_waiting(house.now.at)
    sent = row.outgoing_mails.get()
    bounce = letter(
        f"It did not arrive.\r\n\r\nMessage-ID: {sent.message_id}\r\n", "Undelivered Mail",
        "MAILER-DAEMON@kehu.cn", X_Failed_Recipients="wang@kehu.cn", Message_ID="<b@kehu.cn>",
    )  # fmt: skip
    raw = house.take(bounce)
    sent.refresh_from_db()
    assert (raw.state, sent.returned_at) == ("ignored", house.now.at)
    assert Entry.objects.filter(event="mail.returned", subject_id=row.pk).count() == 1
    told = Notice.objects.filter(person=house.cast.agent, key__startswith="mail.returned")
    assert told.count() == 1
    house.take(bounce.replace(b"<b@kehu.cn>", b"<b2@kehu.cn>"))
    assert Entry.objects.filter(event="mail.returned").count() == 1
    mail.resend(sent, by=house.cast.agent)
    assert mail.send_waiting(house.now.at) == 1
    with pytest.raises(Refused, match="不必重寄"):
        mail.resend(Outgoing.objects.get(), by=house.cast.agent)


def test_a_word_nobody_signed_is_none():
    true = tokens.token_of(12345)
    assert tokens.found_in(f"x {true} y", f"+{true.upper()}@") == [12345]
    assert tokens.found_in(true.replace("sw-9ix", "sw-9iy"), "sw-1-aaaaaaaaaaaaaaaaaaaa") == []


def test_a_mailbox_is_the_keepers_to_open(house):
    draft = mail.BoxDraft("other", "other@shouwen.cn", letters_per_hour=5)
    with pytest.raises(Refused, match="制度管理员"):
        mail.open_box(house.cast.division, draft, by=house.cast.agent)
    for wrong in (
        mail.BoxDraft("Ö", "other@shouwen.cn", letters_per_hour=5),
        mail.BoxDraft("other", "nothing", letters_per_hour=5),
        mail.BoxDraft("other", "other@shouwen.cn", letters_per_hour=0),
        mail.BoxDraft("service", "other@shouwen.cn", letters_per_hour=5),
        mail.BoxDraft("other", "SERVICE@shouwen.cn", letters_per_hour=5),
    ):
        with pytest.raises(Refused):
            mail.open_box(house.cast.division, wrong, by=house.cast.keeper)
    Mailbox.objects.update(uidvalidity=5, last_uid=9)
    box = mail.alter_box(
        house.box, mail.BoxDraft("service", "service@shouwen.cn", folder="Archive",
                                 letters_per_hour=5), by=house.cast.keeper,
    )  # fmt: skip
    assert (box.last_uid, box.uidvalidity, box.folder) == (0, None, "Archive")
