"""What becomes of a letter that came in."""

import pytest
from work.mail.conftest import letter

from shouwen.engines.documents import queries as documents
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.models import Case, CaseLink
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import queries as spoken
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import actions as mail
from shouwen.work.mail.coming import keeping, settling
from shouwen.work.mail.going import tokens
from shouwen.work.mail.models import Outgoing, RawMail

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def case(house):
    """An open matter of the customer."""
    intake = Intake(house.cast.division, house.customer, "delivery", "何时交货", "客户问何时交货。")
    return open_case(intake, by=house.cast.sales)


def test_a_new_letter_is_recorded_and_waits_for_somebody(house):
    raw = house.take(letter())
    row = raw.interaction
    assert (raw.state, row.channel, row.direction, row.taker) == ("processed", "mail", "in", None)
    assert row.customer == house.customer
    assert row.text.body == "何时交货？请答复。"
    assert (row.text.email, row.text.name) == ("wang@kehu.cn", "王采购")
    assert list(spoken.unrouted(house.cast.agent)) == [row]


def test_the_bytes_are_kept_whatever_becomes_of_them(house):
    for data in (letter(), b"\x00\xff" * 50, b""):
        raw = house.take(data)
        assert keeping.bytes_of(raw) == data


def test_a_letter_of_one_word_is_a_letter(house):
    assert "好" in house.take(letter("好", "同意")).interaction.text.body


def test_the_same_letter_is_recorded_once_however_it_is_delivered(house):
    first = house.take(letter())
    again = house.take(b"Received: from elsewhere by us\r\n" + letter())
    assert (again.state, again.interaction) == ("ignored", first.interaction)
    assert Interaction.objects.count() == 1
    same = house.take(letter("别的话，另一件事情。"))  # the same Message-ID with other words
    assert same.state == "processed"


def test_fetched_twice_it_is_kept_once(house):
    for _ in range(2):
        keeping.store(house.box, [letter()], uidvalidity=7, uid=3)
    assert RawMail.objects.count() == 1
    assert keeping.store(house.box, [letter()], uidvalidity=8, uid=3)
    assert RawMail.objects.count() == 2


def test_an_answer_by_token_enters_the_open_matter(house, case):
    first = house.take(letter()).interaction
    interactions.tie(first, case, by=house.cast.sales)
    word = tokens.token_of(first.pk)
    raw = house.take(letter(f"收到了,谢谢。\n> {word}", "Re: 交货期", Message_ID="<a2@kehu.cn>"))
    assert raw.interaction.matter == ("case", case.pk)
    assert raw.follows == first
    assert not raw.interaction.repeated
    forged = house.take(
        letter(f"随便写写的内容 {word[:-1]}a", "没有编号", Message_ID="<a3@kehu.cn>")
    )
    assert forged.follows is None or word.endswith("a")


def test_an_answer_by_reference_to_his_own_letter_counts_as_repeated(house, case):
    first = house.take(letter()).interaction
    interactions.tie(first, case, by=house.cast.sales)
    raw = house.take(letter("还没有答复吗？", "催一下", Message_ID="<b@kehu.cn>",
                            In_Reply_To="<a1@kehu.cn>"))  # fmt: skip
    assert raw.interaction.matter == ("case", case.pk)
    assert raw.interaction.repeated


def test_a_stranger_who_names_somebody_elses_letter_stays_outside(house, case):
    first = house.take(letter()).interaction
    interactions.tie(first, case, by=house.cast.sales)
    stranger = "陌生人 <x@else.cn>"
    raw = house.take(letter("我也想知道。", "Re: 交货期", stranger, Message_ID="<c@else.cn>",
                            References="<a1@kehu.cn>"))  # fmt: skip
    assert raw.interaction.matter is None
    named = house.take(letter("我也想知道。", f"关于 {first.number}", stranger,
                              Message_ID="<d@else.cn>"))  # fmt: skip
    assert named.interaction.matter is None
    assert named.interaction.text.more["flags"] == ["stranger"]
    assert named.interaction.text.more["claims"] == [first.number]
    assert set(spoken.unrouted(house.cast.agent)) == {raw.interaction, named.interaction}


def test_a_number_is_believed_of_the_customers_own_people(house, case):
    Case.objects.filter(pk=case.pk).update(number="260311")
    by_case = house.take(letter("请问进展如何？", "客诉 260311 的进展"))
    assert by_case.interaction.matter == ("case", case.pk)
    assert by_case.interaction.repeated
    first = by_case.interaction
    again = house.take(letter("再问一次进展。", f"Re: 进展 [{first.number}]", "info@KEHU.cn",
                              Message_ID="<e@kehu.cn>"))  # fmt: skip
    assert (again.follows, again.interaction.matter) == (first, ("case", case.pk))


def test_a_closed_matter_is_not_entered_but_named(house, case):
    first = house.take(letter()).interaction
    interactions.tie(first, case, by=house.cast.sales)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=house.now.at)
    raw = house.take(letter("又坏了一次。", "Re: 交货期", Message_ID="<f@kehu.cn>",
                            In_Reply_To="<a1@kehu.cn>"))  # fmt: skip
    assert raw.interaction.matter is None
    assert "closed" in raw.interaction.text.more["flags"]
    assert raw.follows == first


def test_what_followed_a_letter_goes_along_when_it_is_routed(house, case):
    first = house.take(letter()).interaction
    second = house.take(letter("补充一点情况。", "Re: 交货期", Message_ID="<g@kehu.cn>",
                               In_Reply_To="<a1@kehu.cn>")).interaction  # fmt: skip
    interactions.tie(first, case, by=house.cast.sales)
    second.refresh_from_db()
    assert second.matter == ("case", case.pk)
    assert second.repeated


def test_an_address_of_two_customers_names_none(house):
    from shouwen.work.customers.actions import create_customer
    from shouwen.work.customers.drafts import CustomerDraft

    draft = CustomerDraft(code="K-2", name_zh="又一客户", region="domestic",
                          salesperson=house.cast.sales, email="wang@kehu.cn")  # fmt: skip
    create_customer(house.cast.division, draft, by=house.cast.sales)
    row = house.take(letter()).interaction
    assert row.customer is None
    assert row.text.more["flags"] == ["several_customers"]


MACHINES = {
    "auto": {"Auto_Submitted": "auto-replied"},
    "away": {"subject": "自动回复: 我在休假"},
    "null": {"Return_Path": "<>"},
    "daemon": {"sender": "no-reply@kehu.cn"},
    "suppress": {"X_Auto_Response_Suppress": "All"},
    "ours": {"X_Shouwen_Mail": "1"},
    "list": {"sender": "news@liebiao.cn", "List_Id": "<news.liebiao.cn>"},
    "bulk": {"sender": "news@liebiao.cn", "Precedence": "bulk"},
    "box": {"sender": "service@shouwen.cn"},
}


@pytest.mark.parametrize("kind", MACHINES)
def test_a_machine_is_neither_recorded_nor_answered(house, kind):
    raw = house.take(letter(**MACHINES[kind]))
    assert (raw.state, raw.interaction) == ("ignored", None)
    assert raw.reason
    assert not Outgoing.objects.exists()


def test_a_customer_who_writes_through_a_list_is_heard_but_not_answered(house):
    raw = house.take(letter(List_Id="<all.kehu.cn>"))
    assert raw.state == "processed"
    assert not Outgoing.objects.exists()


def test_two_robots_stop_after_a_few_receipts(house):
    for number in range(10):
        house.take(letter(f"第 {number} 封来信的内容", Message_ID=f"<r{number}@kehu.cn>"))
    assert Outgoing.objects.count() == 3
    house.now.wait(hours=1, minutes=1)
    house.take(letter("一小时以后的来信", Message_ID="<later@kehu.cn>"))
    assert Outgoing.objects.count() == 4


def test_a_box_without_receipts_sends_none(house):
    type(house.box).objects.update(answers_per_hour=0)
    assert house.take(letter()).state == "processed"
    assert not Outgoing.objects.exists()


def test_one_sender_does_not_fill_the_room(house):
    type(house.box).objects.update(letters_per_hour=5)
    flood = [house.put(letter(f"轰炸 {n} 号来信", sender="a@flood.cn", Message_ID=f"<f{n}@f.cn>"))
             for n in range(12)]  # fmt: skip
    other = house.put(letter(Message_ID="<other@kehu.cn>"))
    assert mail.process_waiting(house.now.at, limit=2) == 2
    other.refresh_from_db()
    assert other.state == "processed"
    mail.process_waiting(house.now.at)
    states = list(RawMail.objects.filter(pk__in=[r.pk for r in flood]).values_list("state"))
    assert states.count(("processed",)) == 5
    assert states.count(("quarantined",)) == 7
    told = Notice.objects.filter(person=house.cast.cs_director, about_kind="mailbox")
    assert told.count() == 1


def test_what_cannot_be_read_is_put_aside_and_taken_in_by_hand(house):
    raw = house.take(letter(sender=None))
    assert (raw.state, raw.interaction) == ("quarantined", None)
    mail.retry(raw, by=house.cast.agent)
    mail.process(raw.pk, house.now.at)
    raw.refresh_from_db()
    assert raw.state == "quarantined"
    mail.take_in(raw, by=house.cast.agent)
    mail.process(raw.pk, house.now.at)
    raw.refresh_from_db()
    assert raw.state == "processed"
    assert raw.interaction is not None
    assert not Outgoing.objects.exists()


def test_a_letter_is_discarded_for_a_reason_and_keeps_its_bytes(house):
    raw = house.take(letter(sender=None))
    with pytest.raises(Refused, match="理由"):
        mail.discard(raw, " ", by=house.cast.agent)
    with pytest.raises(Refused, match="只有客服部"):
        mail.discard(raw, "垃圾", by=house.cast.sales)
    mail.discard(raw, "推销", by=house.cast.agent)
    raw.refresh_from_db()
    assert (raw.state, raw.reason, raw.settled_by) == ("discarded", "推销", house.cast.agent)
    with pytest.raises(Refused):
        mail.retry(raw, by=house.cast.agent)
    assert keeping.bytes_of(raw)
    assert Entry.objects.filter(event="mail.discarded").count() == 1


def test_a_registered_letter_is_not_taken_in_again(house):
    raw = house.take(letter())
    with pytest.raises(Refused):
        mail.take_in(raw, by=house.cast.agent)


def test_a_huge_letter_is_put_aside_unread(house, settings):
    settings.MAIL_MOST_BYTES = 1024
    raw = house.take(letter("x" * 5000))
    assert raw.state == "quarantined"
    assert raw.facts == {"size": "0.0", "most": "0"}


def test_a_letter_that_brings_workers_down_is_put_aside(house):
    raw = house.put(letter())
    RawMail.objects.filter(pk=raw.pk).update(attempts=20)
    assert mail.process(raw.pk, house.now.at)
    raw.refresh_from_db()
    assert raw.state == "quarantined"


def test_a_fault_is_tried_again_later_and_stops_no_other(house, monkeypatch):
    raw, other = house.put(letter()), house.put(letter("另一封来信", Message_ID="<o@kehu.cn>"))
    real = keeping.bytes_of

    def broken(one):
        if one.pk == raw.pk:
            raise OSError("disk")
        return real(one)

    monkeypatch.setattr("shouwen.work.mail.coming.processing.bytes_of", broken)
    mail.process_waiting(house.now.at)
    raw.refresh_from_db()
    other.refresh_from_db()
    assert (raw.state, other.state) == ("stored", "processed")
    assert raw.after > house.now.at
    for _ in range(8):
        house.now.wait(hours=7)
        mail.process_waiting(house.now.at)
    raw.refresh_from_db()
    assert raw.state == "quarantined"


def test_a_stop_between_storing_and_registering_loses_and_doubles_nothing(house, monkeypatch):
    raw = house.put(letter())

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(settling, "settle", killed)
        with pytest.raises(Killed):
            mail.process(raw.pk, house.now.at)
    assert not Interaction.objects.exists()
    assert mail.process_waiting(house.now.at) == 0  # its claim stands for a while
    house.now.wait(minutes=11)
    assert mail.process_waiting(house.now.at) == 1
    assert mail.process_waiting(house.now.at) == 0
    raw.refresh_from_db()
    assert raw.state == "processed"
    assert Interaction.objects.count() == 1


def enclosed(*files: tuple[str, str, bytes]) -> bytes:
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "wang@kehu.cn", "service@shouwen.cn", "照片"
    made["Message-ID"] = "<files@kehu.cn>"
    made.set_content("见附件照片。")
    for name, kind, content in files:
        main, _slash, sub = kind.partition("/")
        made.add_attachment(content, main, sub, filename=name)
    return made.as_bytes()


def test_files_are_examined_and_bad_ones_named(house):
    raw = house.take(enclosed(
        ("划伤.png", "image/png", PNG), ("病毒.exe", "application/octet-stream", b"MZ\x00"),
        ("发票.pdf", "application/pdf", b"no pdf at all"),
        ("winmail.dat", "application/ms-tnef", b"x"),
    ))  # fmt: skip
    row = raw.interaction
    assert [one.name for one in documents.attachments_of(row)] == ["划伤.png"]
    refused = row.text.more["refused_files"]
    assert [one["name"] for one in refused] == ["病毒.exe", "发票.pdf", "winmail.dat"]
    assert all(one["why"] for one in refused)


def test_while_the_scanner_is_silent_the_letter_waits(house, settings):
    settings.SCANNER = "127.0.0.1:1"
    raw = house.take(enclosed(("划伤.png", "image/png", PNG)))
    assert raw.state == "stored"
    settings.SCANNER = ""
    house.now.wait(minutes=2)
    mail.process_waiting(house.now.at)
    raw.refresh_from_db()
    assert raw.state == "processed"


def test_no_letter_can_be_removed(house):
    from django.db import Error, transaction

    raw = house.take(letter())
    with pytest.raises(Error), transaction.atomic():
        RawMail.objects.filter(pk=raw.pk).delete()


def test_taking_a_letter_in_costs_the_same_however_many_there_are(
    house, django_assert_max_num_queries
):
    for number in range(20):
        house.take(letter(f"第 {number} 封来信的内容", Message_ID=f"<r{number}@kehu.cn>"))
    raw = house.put(letter("最后一封来信", Message_ID="<last@kehu.cn>"))
    with django_assert_max_num_queries(40):
        mail.process(raw.pk, house.now.at)


def test_what_follows_a_letter_that_waits_is_no_second_thing_to_pass_on(house):
    first = house.take(letter()).interaction
    more = house.take(letter("补充一点情况。", "Re: 交货期", Message_ID="<h@kehu.cn>",
                             In_Reply_To="<a1@kehu.cn>")).interaction  # fmt: skip
    answer = mail.reply(first, "请稍候。", by=house.cast.agent)
    ours = Outgoing.objects.get(interaction=answer)
    last = house.take(letter("好的。", "Re: 交货期", Message_ID="<i@kehu.cn>",
                             In_Reply_To=ours.message_id)).interaction  # fmt: skip
    assert list(spoken.unrouted(house.cast.agent)) == [first]
    assert list(first.added.values_list("interaction", flat=True)) == [more.pk, answer.pk, last.pk]
    assert Entry.objects.filter(event="intake.taken").count() == 1


def test_what_was_answered_before_there_was_a_matter_belongs_to_it(house, case):
    first = house.take(letter()).interaction
    answer = mail.reply(first, "请稍候。", by=house.cast.agent)
    interactions.tie(first, case, by=house.cast.sales)
    answer.refresh_from_db()
    assert answer.matter == ("case", case.pk)


def test_a_letter_in_a_merged_matter_enters_that_in_which_it_goes_on(house, case):
    other = open_case(
        Intake(house.cast.division, house.customer, "delivery", "交货期", "一并催货。"),
        by=house.cast.sales,
    )
    first = house.take(letter()).interaction
    interactions.tie(first, case, by=house.cast.sales)
    Case.objects.filter(pk=case.pk).update(state="merged")
    CaseLink.objects.create(case=case, other=other, kind=CaseLink.Kind.MERGED, reason="同一件事",
                            by=house.cast.sales, at=house.now.at)  # fmt: skip
    raw = house.take(letter("还没有答复吗？", "催一下", Message_ID="<j@kehu.cn>",
                            In_Reply_To="<a1@kehu.cn>"))  # fmt: skip
    assert raw.interaction.matter == ("case", other.pk)
    assert raw.interaction.text.more["flags"] == []


def test_whoever_passes_on_and_whose_matter_it_is_hear_of_a_letter(house, case):
    first = house.take(letter()).interaction
    new = Notice.objects.filter(key=f"arrived:{first.pk}")
    assert house.cast.agent in {one.person for one in new}
    interactions.tie(first, case, by=house.cast.sales)
    raw = house.take(letter("还没有答复吗？", "催一下", Message_ID="<k@kehu.cn>",
                            In_Reply_To="<a1@kehu.cn>"))  # fmt: skip
    assert not Notice.objects.filter(key=f"arrived:{raw.interaction_id}").exists()
    told = Notice.objects.filter(key=f"said:{raw.interaction_id}")
    assert {one.person for one in told} == {case.first_owner}
