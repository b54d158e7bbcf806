"""Visits, letters, calls and e-mails of a person are copied for him, and leave with him."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from shouwen.engines.documents.attaching.verbs import attach
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.work.dossiers import actions
from shouwen.work.dossiers.rules import GONE
from shouwen.work.mail.coming import settling
from shouwen.work.mail.models import Mailbox, Outgoing, RawMail, State
from shouwen.work.reception.models import Letter, Visit
from shouwen.work.telephony.models import Call
from shouwen.work.ways.models import Verdict

from .test_actions import ASKED, exported

SIGNED = b"%PDF-1.4 signed by Ren Min %%EOF"


def mailed(firm, name, sender, row=None):
    path = default_storage.save(f"mail/{name}.eml", ContentFile(f"From: {sender}".encode()))
    firm.uid += 1
    state = State.PROCESSED if row else State.QUARANTINED
    return RawMail.objects.create(
        mailbox=firm.box, source="s", uidvalidity=1, uid=firm.uid, sha256=name, size=9, path=path,
        stored_at=clock.now(), after=clock.now(), sender=sender, sender_name=name,
        subject=f"{name}的信", state=state, reason="" if row else "附件有毒", interaction=row,
    )  # fmt: skip


@pytest.fixture
def carried(firm):
    """What of the contact went by every way, and the same of somebody else."""
    now, firm.uid = clock.now(), 0
    firm.box = Mailbox.objects.create(
        division=firm.centre, key="box", address="box@centre.cn", answers_per_hour=3,
        letters_per_hour=9,
    )  # fmt: skip
    firm.visit = Visit.objects.create(
        division=firm.centre, number="LF1", interaction=firm.call, visitor="任敏",
        company="悦升钣金", phone="13800138000", purpose="任敏来看侧板", host=firm.agent,
        unit=firm.agent_unit, registered_by=firm.guard, arrived_at=now, left_at=now,
        outcome="已看", rating="good", rating_words="任敏觉得很好", rated_at=now,
        signature=attach(
            ContentFile(SIGNED, "签字.pdf"), by=firm.guard, matter=firm.call, division=firm.centre
        ),
        confirmed_at=now,
    )  # fmt: skip
    firm.letter = Letter.objects.create(
        division=firm.centre, number="XH1", channel="letter", direction="out",
        customer=firm.customer, party="任敏", address="城南路 1 号", on=clock.today(),
        subject="复任敏", body="任敏女士：……", handler=firm.agent, registered_by=firm.agent,
        registered_at=now, interaction=firm.call, dispatched_at=now, courier_number="SF1",
    )  # fmt: skip
    told = {"division": firm.centre, "source": "pbx", "state": "ended", "heard_at": now,
            "ended_at": now}  # fmt: skip
    firm.rung = Call.objects.create(
        call_id="1", caller="13800138000", interaction=firm.call, **told
    )
    firm.missed = Call.objects.create(call_id="2", caller="+86 138-0013-8000", **told)
    firm.their_call = Call.objects.create(call_id="3", caller="13900139000", **told)
    firm.mail = mailed(firm, "任敏", "ren@yuesheng.cn", firm.call)
    firm.held = mailed(firm, "隔离", "ren@yuesheng.cn")
    firm.their_mail = mailed(firm, "田园", "tian@yuesheng.cn", firm.theirs)
    firm.sent = Outgoing.objects.create(
        mailbox=firm.box, purpose="reply", interaction=firm.call, to="ren@yuesheng.cn",
        subject="答复", body="任敏女士：……", queued_at=now, after=now, message_id="<1@centre.cn>",
    )  # fmt: skip
    Verdict.objects.create(of=firm.call, satisfied=False, words="任敏还不满意", at=now)
    return firm


def erased(firm, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_person(firm.contact, reason=ASKED, code="C1", by=firm.director)
    for one in (firm.visit, firm.letter, firm.rung, firm.missed, firm.their_call, firm.mail,
                firm.held, firm.their_mail, firm.sent):  # fmt: skip
        one.refresh_from_db()


def test_a_copy_holds_every_way_by_which_he_came(carried):
    told = exported(carried.contact, carried.agent)[0]["records"]
    assert [row["visitor"] for row in told["visits"]] == ["任敏"]
    assert [row["body"] for row in told["letters"]] == ["任敏女士：……"]
    assert [row["caller"] for row in told["calls"]] == ["13800138000", "+86 138-0013-8000"]
    assert [row["subject"] for row in told["mails"]] == ["任敏的信", "隔离的信", "答复"]
    assert [row["words"] for row in told["verdicts"]] == ["任敏还不满意"]
    assert "田园" not in json.dumps(told, ensure_ascii=False)


def test_an_erasure_leaves_when_and_what_and_nobody(carried, django_capture_on_commit_callbacks):
    signature, path = carried.visit.signature, carried.mail.path
    erased(carried, django_capture_on_commit_callbacks)
    visit, letter = carried.visit, carried.letter
    assert (visit.visitor, visit.phone, visit.purpose, visit.outcome) == (GONE, "", GONE, GONE)
    assert (visit.rating, visit.rating_words, visit.confirmed_name) == ("good", GONE, "")
    signature.refresh_from_db()
    assert (signature.name, signature.removed_at is None) == (GONE, False)
    assert (letter.party, letter.address, letter.body, letter.fax_number) == (GONE, "", GONE, "")
    assert letter.courier_number == "SF1"
    assert (carried.rung.caller, carried.missed.caller) == ("", "")
    assert (carried.mail.sender, carried.mail.subject, carried.mail.sha256) == ("", GONE, "任敏")
    assert not default_storage.exists(path)
    assert (carried.sent.to, carried.sent.body) == (GONE, GONE)
    assert carried.sent.given_up_at is not None
    assert [one.words for one in Verdict.objects.all()] == [GONE]


def test_what_is_somebody_elses_stays(carried, django_capture_on_commit_callbacks):
    erased(carried, django_capture_on_commit_callbacks)
    assert carried.their_call.caller == "13900139000"
    assert carried.their_mail.subject == "田园的信"
    assert default_storage.exists(carried.their_mail.path)


def test_bytes_that_another_letter_shares_stay_with_it(carried, django_capture_on_commit_callbacks):
    path = carried.their_mail.path
    RawMail.objects.filter(pk=carried.mail.pk).update(path=path)
    erased(carried, django_capture_on_commit_callbacks)
    assert default_storage.exists(path)


def test_a_quarantined_letter_is_not_taken_in_once_it_is_forgotten(
    carried, django_capture_on_commit_callbacks
):
    erased(carried, django_capture_on_commit_callbacks)
    assert carried.held.state == State.IGNORED
    for act in (settling.retry, settling.take_in):
        with pytest.raises(Refused):
            act(carried.held, by=carried.agent)
