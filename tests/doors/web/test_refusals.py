"""A refusal anywhere becomes a page with its clause, and a line in the journal."""

import pytest
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils.translation import override

from shouwen.config.urls import *  # noqa: F403
from shouwen.config.urls import urlpatterns as product
from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.refusals import at_fields
from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry

pytestmark = [pytest.mark.urls(__name__), pytest.mark.usefixtures("regulations")]


class Quantity(PaperForm):
    defective = forms.IntegerField(label="不良数量")


def over(request):
    raise refuse(
        N_("折让 %(amount)s 元超过业务经理的权限"), "R4-39", instead=N_("请送副总经理核决"),
        amount="120,000", **{"权限上限": "50,000 元"},
    )  # fmt: skip


def save(request):
    form = Quantity(request.POST or None)
    if form.is_valid():
        with at_fields(request, form):
            _check(request, form.cleaned_data["defective"])
            return redirect("/done/")
    page = engines["django"].from_string("<form>{% once %}{{ form }}</form>")
    return HttpResponse(page.render({"form": form}, request), status=422 if form.errors else 200)


def _check(request, defective: int) -> None:
    journal.record("sheet.saved", request.person, by=request.person)
    if defective > 100:
        field = Reason(N_("不良数量大于交运数量"), "R4-24", field="intake.lines.0.defective")
        raise Refused(field, Reason(N_("客户要求未填"), "R4-24", field="demand"))


def done(request):
    return HttpResponse("done")


urlpatterns = [
    path("over/", over, name="over"),
    path("save/", save, name="save"),
    path("done/", done, name="done"),
    *product,
]


def refusals() -> list[Entry]:
    return list(Entry.objects.filter(event__endswith=".refused"))


def test_the_page_says_what_by_which_clause_with_which_numbers_and_what_instead(enter):
    answer = enter("sales_manager").get("/over/")
    text = answer.content.decode()
    assert answer.status_code == 409
    for part in (
        "折让 120,000 元超过",
        "R4-39",
        "三级核决",
        "权限上限",
        "50,000 元",
        "请送副总经理核决",
    ):
        assert part in text


def test_a_fragment_goes_to_the_place_for_refusals(enter):
    answer = enter("sales_manager").get("/over/", headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#refusals"
    assert "<html" not in answer.content.decode()


def test_it_is_journalled_after_the_rollback_with_clause_and_facts(enter, cast):
    enter("sales_manager").get("/over/")
    (entry,) = refusals()
    assert entry.event == "over.refused"
    assert entry.actor_id == cast.sales_manager.pk
    assert entry.data["clauses"] == ["R4-39"]
    assert entry.data["reasons"][0]["facts"]["amount"] == "120,000"


def test_a_refusal_at_a_field_keeps_what_was_typed_and_undoes_the_rest(enter):
    answer = enter("sales").post("/save/", {"defective": "120", "once": "a" * 32})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="120"' in text
    assert "不良数量大于交运数量 (R4-24)" in text
    assert "客户要求未填" in text, "a field this form lacks is told above all of them"
    assert text.count("refusal-clause") == 1
    assert not Entry.objects.filter(event="sheet.saved").exists()
    assert len(refusals()) == 1


def test_a_form_sent_twice_is_done_once(enter):
    browser = enter("sales")
    first = browser.post("/save/", {"defective": "20", "once": "b" * 32})
    again = browser.post("/save/", {"defective": "20", "once": "b" * 32})
    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == "/done/"
    assert Entry.objects.filter(event="sheet.saved").count() == 1


def test_the_token_of_a_refused_form_stays_good(enter):
    browser = enter("sales")
    browser.post("/save/", {"defective": "120", "once": "c" * 32})
    assert browser.post("/save/", {"defective": "20", "once": "c" * 32}).status_code == 302


def test_nobody_gets_the_answer_to_anothers_form(enter):
    enter("sales").post("/save/", {"defective": "20", "once": "d" * 32})
    assert enter("quality").post("/save/", {"defective": "20", "once": "d" * 32}).status_code == 404


def test_a_mended_translation_does_not_break_a_refusal(enter):
    with override("en"):
        text = enter("sales_manager").get("/over/", headers={"Accept-Language": "en"})
    assert text.status_code == 409
