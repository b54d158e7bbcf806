"""The mail room through HTTP: lists, one letter, decisions, answers, mailboxes."""

import io

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from work.mail.conftest import furnish, letter
from work.mail.test_coming import PNG

from shouwen.ground.journal.models import Entry
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import actions as mail
from shouwen.work.mail.models import Mailbox, Outgoing, RawMail

NASTY = "<script>alert(1)</script>"


@pytest.fixture
def house(cast, now, regulations):
    """The test company with a mailbox and a customer."""
    from types import SimpleNamespace

    return furnish(SimpleNamespace(cast=cast, now=now))


def text_of(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_filters_and_costs_the_same_however_long(
    house, enter, django_assert_max_num_queries
):
    Mailbox.objects.update(letters_per_hour=1000)
    for n in range(60):
        house.take(letter(f"第 {n} 封来信的内容", f"来信 {n}", Message_ID=f"<{n}@k.cn>"))
    house.take(letter("无名的来信", "无名来信", sender=None, Message_ID="<aside@k.cn>"))
    browser = enter("agent")
    with django_assert_max_num_queries(14):
        page = text_of(browser, reverse("mail:list"))
    assert "无名来信" in page
    assert "来信 3<" not in page
    page = text_of(browser, reverse("mail:list") + "?state=quarantined")
    assert ("无名来信" in page, "来信 59" in page) == (True, False)
    assert "来信 7" in text_of(browser, reverse("mail:list") + "?q=来信 7")
    assert "没有这样的来信" in text_of(browser, reverse("mail:list") + "?q=zzz&since=x&box=y")
    book = browser.get(reverse("mail:export") + "?state=quarantined")
    sheet = python_calamine.load_workbook(io.BytesIO(book.content)).get_sheet_by_index(0)
    assert [row[2] for row in sheet.to_python() if "无名来信" in row] == ["无名来信"]


def test_a_letter_is_text_whatever_it_was(house, enter):
    data = letter(f"{NASTY}\r\n端盖有划伤", f"坏了 {NASTY}")
    raw = house.take(data)
    page = text_of(enter("agent"), reverse("mail:show", args=[raw.pk]))
    assert NASTY not in page
    assert "&lt;script&gt;" in page
    whole = enter("agent").get(reverse("mail:original", args=[raw.pk]))
    assert b"".join(whole.streaming_content) == data
    assert "attachment" in whole["Content-Disposition"]
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(event="mail.raw_taken").count() == 1


def test_another_division_sees_nothing(house, enter):
    raw = house.take(letter())
    assert enter("outsider").get(reverse("mail:show", args=[raw.pk])).status_code == 404


def test_what_was_put_aside_is_tried_again_registered_or_put_away(house, enter):
    first, second = (house.take(letter(f"无名 {n} 的来信", sender=None, Message_ID=f"<{n}@k.cn>"))
                     for n in range(2))  # fmt: skip
    browser = enter("agent")
    answer = browser.post(reverse("mail:retry", args=[first.pk]), follow=True)
    assert "仍未登记" in answer.content.decode()
    answer = browser.post(reverse("mail:take_in", args=[first.pk]), follow=True)
    first.refresh_from_db()
    assert first.state == "processed"
    assert first.interaction.number in answer.content.decode()
    address = reverse("mail:discard", args=[second.pk])
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "推销"}).status_code == 302
    assert "推销" in text_of(browser, reverse("mail:show", args=[second.pk]))


def test_a_letter_that_cannot_be_shown_says_why(house, enter, settings):
    raw = house.take(letter())
    settings.MAIL_MOST_BYTES = 10
    page = text_of(enter("agent"), reverse("mail:show", args=[raw.pk]))
    assert "邮件太大" in page
    settings.MAIL_MOST_BYTES = 10**7
    RawMail.objects.filter(pk=raw.pk).update(path="mail/none.eml")
    assert "原件暂时取不到" in text_of(enter("agent"), reverse("mail:show", args=[raw.pk]))


def test_an_answer_is_written_beside_the_letter(house, enter):
    row = house.take(letter()).interaction
    Outgoing.objects.all().delete()
    address = reverse("mail:reply", args=[row.pk])
    browser = enter("agent")
    assert "何时交货" in text_of(browser, address)
    typed = {"to": "wang@kehu.cn", "subject": "交货期", "body": "周五发货。", "definite": "on"}
    files = [SimpleUploadedFile("甲.png", PNG), SimpleUploadedFile("乙.png", PNG)]
    assert browser.post(address, typed | {"enclosed": files}).status_code == 302
    answer = Interaction.objects.get(direction="out")
    assert answer.definite
    letter_out = answer.outgoing_mails.get()
    page = text_of(browser, reverse("mail:sent_show", args=[letter_out.pk]))
    assert "甲.png" in page
    assert "乙.png" in page
    assert answer.number in text_of(browser, reverse("mail:sent"))
    assert browser.get(reverse("mail:sent_export")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"body": ""}, "field-error"), ({"to": "nobody"}, "field-error"),
     ({"enclosed": SimpleUploadedFile("a.exe", b"MZ")}, "不能上传")],
)  # fmt: skip
def test_what_is_wrong_with_an_answer_is_said_at_its_field(house, enter, wrong, said):
    row = house.take(letter()).interaction
    typed = {"to": "wang@kehu.cn", "subject": "", "body": "周五发货。"} | wrong
    answer = enter("agent").post(reverse("mail:reply", args=[row.pk]), typed)
    assert answer.status_code == 422
    assert not Interaction.objects.filter(direction="out").exists()
    if said != "field-error":
        assert said in answer.content.decode()


def test_sales_answers_and_comes_back_to_a_page_of_its_own(house, enter):
    row = house.take(letter()).interaction
    browser = enter("sales")
    typed = {"to": "wang@kehu.cn", "subject": "", "body": "周五发货。"}
    answer = browser.post(reverse("mail:reply", args=[row.pk]), typed, follow=True)
    assert answer.status_code == 200


def test_mailboxes_say_how_they_are(house, enter, django_assert_max_num_queries):
    Mailbox.objects.update(error="error: authentication failed", failing_since=house.now.at)
    house.take(letter(sender=None))
    with django_assert_max_num_queries(12):
        page = text_of(enter("agent"), reverse("mail:boxes"))
    assert "authentication failed" in page
    assert f"state=quarantined&amp;box={house.box.pk}" in page
    typed = {"key": "repairs", "address": "repairs@shouwen.cn", "folder": "INBOX",
             "answers_per_hour": "2", "letters_per_hour": "30", "active": "on"}  # fmt: skip
    browser = enter("keeper")
    assert browser.post(reverse("mail:box_new"), typed).status_code == 302
    box = Mailbox.objects.get(key="repairs")
    answer = browser.post(reverse("mail:box", args=[box.pk]), typed | {"key": "service"})
    assert answer.status_code == 422
    assert "已属于另一个邮箱" in answer.content.decode()
    typed.pop("active")
    assert browser.post(reverse("mail:box", args=[box.pk]), typed).status_code == 302
    box.refresh_from_db()
    assert not box.active


def test_everything_is_said_in_english_too(house, enter):
    type(house.cast.agent).objects.filter(pk=house.cast.agent.pk).update(language="en")
    raw = house.take(letter(sender=None))
    page = text_of(enter("agent"), reverse("mail:show", args=[raw.pk]))
    assert "It has no sender&#x27;s address." in page
    assert "Quarantine" in text_of(enter("agent"), reverse("mail:list"))


def test_an_interaction_shows_its_letters(house, cast, rf):
    """The tag that the page of an interaction uses."""
    from django.template import Context, Template

    raw = house.take(letter(f"见附件 {NASTY}", f"关于 {NASTY}"))
    answer = mail.reply(raw.interaction, "周五发货。", by=cast.agent)
    Outgoing.objects.filter(interaction=answer).update(
        returned_at=house.now.at, returned_why=f"550 {NASTY}"
    )
    request = rf.get("/")
    shown = {}
    for name, row in (("in", raw.interaction), ("out", answer)):
        request.person = cast.agent
        page = Template("{% load mail %}{% mail_of row %}")
        shown[name] = page.render(Context({"request": request, "row": row}))
        assert NASTY not in shown[name]
    assert reverse("mail:reply", args=[raw.interaction.pk]) in shown["in"]
    assert reverse("mail:show", args=[raw.pk]) in shown["in"]
    assert "被退回" in shown["out"]
    assert "550" in shown["out"]
