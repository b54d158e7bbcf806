"""A call that reached the customer is one contact on his timeline, and counts as nothing else."""

import pytest
from django.utils import translation

from shouwen.ground.foundation.refusal import Refused
from shouwen.work.callbacks import actions
from shouwen.work.callbacks.spoken import BODY
from shouwen.work.cases.models import Case
from shouwen.work.customers.care import queries as care
from shouwen.work.dossiers import queries as dossiers
from shouwen.work.interactions.models import Interaction

from .conftest import content, finished


def spoken(cast):
    return Interaction.objects.filter(customer=cast.customer).select_related("text")


def test_a_result_is_one_contact_that_went_out_in_the_matter(cast):
    callback = finished(cast)
    actions.submit(callback, content(words="师傅很准时"), by=cast.agent)
    row = spoken(cast).get()
    assert (row.direction, row.channel, row.taker) == ("out", "phone", cast.agent)
    assert row.matter == ("case", callback.matter_id)
    assert (row.repeated, row.definite) == (False, False)
    assert "师傅很准时" not in row.text.body, "his words stay where they are corrected"
    on_it = [one for one in dossiers.timeline(cast.customer) if one.is_interaction]
    assert [one.record for one in on_it] == [row]


def test_the_products_own_words_are_said_in_the_readers_language(cast):
    actions.submit(finished(cast), content(), by=cast.agent)
    row = spoken(cast).get()
    assert row.text.said == row.text.body == BODY
    with translation.override("en"):
        assert row.text.said.startswith("A call-back by telephone")
        row.text.body = "电话回访"  # what people said is nobody's to translate
        assert row.text.said == "电话回访"


def test_a_correction_is_no_second_contact(cast):
    callback = finished(cast)
    actions.submit(callback, content(), by=cast.agent)
    actions.correct(callback, {"words": "还可以"}, reason="听错了", by=cast.agent)
    assert spoken(cast).count() == 1


@pytest.mark.parametrize("outcome", ["no_answer", "refused"])
def test_who_did_not_speak_was_not_in_touch(cast, outcome):
    actions.attempt(finished(cast), outcome, by=cast.agent)
    assert not spoken(cast).exists()


def test_first_contact_and_its_owner_stay_as_they_were(cast):
    callback = finished(cast)
    actions.submit(callback, content(), by=cast.agent)
    matter = Case.objects.get(pk=callback.matter_id)
    assert (matter.first_owner, matter.replied_at) == (cast.agent, None)


def test_a_new_need_is_an_opportunity_of_whoever_looks_after_the_customer(cast):
    callback = finished(cast)
    needs = {"need": "想包年清洗空调", "next_step": "请经营部报价"}
    actions.submit(callback, content(**needs), by=cast.agent)
    chance = care.opportunities_of(cast.customer).get()
    assert (chance.need, chance.next_step) == ("想包年清洗空调", "请经营部报价")
    assert (chance.owner, chance.noted_by) == (cast.customer.salesperson or cast.agent, cast.agent)
    assert list(care.opportunities_from(callback)) == [chance]


def test_a_need_without_a_next_step_is_refused_and_the_call_stays_open(cast):
    callback = finished(cast)
    with pytest.raises(Refused) as found:
        actions.submit(callback, content(need="想包年清洗空调"), by=cast.agent)
    assert (found.value.clauses, found.value.reasons[0].field) == ({"R2-10"}, "next_step")
    callback.refresh_from_db()
    assert callback.is_open
    assert not spoken(cast).exists()
