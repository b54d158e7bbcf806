"""A copy of what is held about a person, and to be forgotten."""

import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from shouwen.engines.documents import actions as documents
from shouwen.engines.search import actions as search
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.work.cases.models import Case, CaseText
from shouwen.work.customers.models import Contact, Customer, Opinion
from shouwen.work.dossiers import actions, queries
from shouwen.work.dossiers.models import Erasure
from shouwen.work.dossiers.rules import GONE
from shouwen.work.interactions.models import Correction, Interaction, InteractionText

ASKED = "本人三月一日来函要求"
WORDS = ("任敏", "13800138000", "138 0013 8000", "ren@yuesheng.cn", "毛刺")


def exported(record, by):
    data = actions.export_person(record, reason=ASKED, by=by)
    with zipfile.ZipFile(io.BytesIO(data)) as box:
        return json.loads(box.read("data.json")), box.namelist()


def test_the_copy_has_all_of_a_contact_and_nothing_of_others(firm):
    told, names = exported(firm.contact, firm.agent)
    records = told["records"]
    assert {one["number"] for one in records["interactions"]} == {
        firm.call.number, firm.unknown.number,
    }  # fmt: skip
    assert [one["name"] for one in records["records"]] == ["任敏"]
    assert [one["voice"] for one in records["opinions"]] == ["任敏"]
    assert [one["caller"] for one in records["cases"]] == ["任敏"]
    assert "田园" not in json.dumps(told, ensure_ascii=False)
    assert "data.xlsx" in names
    fact = Entry.objects.get(event="person.exported")
    assert fact.data["reason"] == ASKED


def test_a_copy_is_taken_for_a_reason_by_who_may(firm):
    with pytest.raises(Refused, match="依据"):
        actions.export_person(firm.contact, reason="", by=firm.agent)
    with pytest.raises(Refused, match="业务和客服"):
        actions.export_person(firm.contact, reason=ASKED, by=firm.guard)


def test_a_contact_is_forgotten_everywhere(firm):
    made = actions.erase_person(firm.contact, reason=ASKED, code="c1", by=firm.director)
    contact = Contact.objects.get(pk=firm.contact.pk)
    assert (contact.name, contact.phone_key, contact.email, contact.active) == (GONE, "", "", False)
    text = InteractionText.objects.get(pk=firm.call.pk)
    assert (text.name, text.phone, text.body) == (GONE, "", GONE)
    assert InteractionText.objects.get(pk=firm.unknown.pk).body == GONE
    assert [(one.before, one.after) for one in Correction.objects.all()] == [("", "")]
    case = Case.objects.get(pk=firm.case.pk)
    said = CaseText.objects.get(pk=case.pk)
    assert (case.title, said.caller, said.phone) == (f"{GONE}报修", GONE, "")
    assert "120 元" in said.description, "sums stay"
    opinion = Opinion.objects.get(pk=firm.opinion.pk)
    assert (opinion.voice, opinion.text) == (GONE, f"{GONE}建议用木箱。")
    assert made.counts["interactions"] == 2
    assert Interaction.objects.get(pk=firm.call.pk).number == firm.call.number, "the proof stays"


def test_others_of_the_company_stay(firm):
    actions.erase_person(firm.contact, reason=ASKED, code="C1", by=firm.director)
    assert Contact.objects.get(pk=firm.other.pk).phone == "13900139000"
    assert InteractionText.objects.get(pk=firm.theirs.pk).body == "田园问交期。"
    assert Customer.objects.get(pk=firm.customer.pk).name_zh == "悦升钣金"


def test_the_search_forgets(firm):
    search.index_waiting()
    assert search.find("毛刺")
    actions.erase_person(firm.contact, reason=ASKED, code="C1", by=firm.director)
    search.index_waiting()
    for word in ("毛刺", "任敏"):
        assert not search.find(word), word


def test_files_go_with_their_bytes(firm, django_capture_on_commit_callbacks):
    scan = SimpleUploadedFile("任敏.txt", "身份证号".encode())
    file = documents.attach(scan, matter=firm.call, division=firm.centre, by=firm.agent)
    path = file.blob.path
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_person(firm.contact, reason=ASKED, code="C1", by=firm.director)
    file.refresh_from_db()
    assert (file.name, bool(file.removed_at)) == (GONE, True)
    assert not default_storage.exists(path)


def test_no_fact_of_the_journal_has_the_words_in_the_clear(firm):
    """Facts cannot be changed; so they never had them (decision 11)."""
    told = "".join(json.dumps(one.data, ensure_ascii=False) for one in Entry.objects.all())
    for word in WORDS:
        assert word not in told, word


def test_a_person_who_is_the_customer_himself(firm):
    made = actions.erase_person(firm.customer, reason=ASKED, code="C1", by=firm.director)
    row = Customer.objects.get(pk=firm.customer.pk)
    assert (row.name_zh, row.code, row.phone, row.active) == (GONE, "C1", "", False)
    assert made.counts["interactions"] == 3
    assert queries.erased_at(firm.customer) == made.at
    assert made.facts_kept > 0


def test_what_runs_is_closed_first(firm):
    Case.objects.filter(pk=firm.case.pk).update(state="open", closed_at=None)
    with pytest.raises(Refused, match="未结"):
        actions.erase_person(firm.customer, reason=ASKED, code="C1", by=firm.director)
    assert not Erasure.objects.exists()


def test_an_erasure_is_a_managers_and_confirmed_by_the_number(firm):
    with pytest.raises(Refused, match="经理"):
        actions.erase_person(firm.contact, reason=ASKED, code="C1", by=firm.agent)
    with pytest.raises(Refused, match="客户编号"):
        actions.erase_person(firm.contact, reason=ASKED, code="C2", by=firm.director)
    assert Contact.objects.get(pk=firm.contact.pk).name == "任敏"


def test_a_correction_is_forgotten_whole_or_not_at_all(firm):
    for change in ({"before": ""}, {"before": "", "after": "", "reason": "别的"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Correction.objects.update(**change)


def test_the_timeline_has_every_channel_and_each_by_itself(firm):
    found = queries.timeline(firm.customer)
    assert {one.is_interaction for one in found} == {True, False}
    calls = queries.timeline(firm.customer, channel="phone")
    assert [one.record.pk for one in calls] == [firm.theirs.pk, firm.call.pk]
    assert queries.timeline(firm.customer, channel="letter") == []
    assert queries.timeline(firm.customer, before=calls[-1].at) == []
