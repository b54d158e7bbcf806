"""A visit from the door to the door: register, host, signature, rating."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from shouwen.engines.dues.models import Due
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.regulations.helping import PICTURE
from shouwen.work.interactions.models import Interaction
from shouwen.work.reception import actions, queries
from shouwen.work.reception.models import Visit


def arrive(cast, **changed):
    draft = {
        "visitor": "安然",
        "purpose": "反映楼道漏水",
        "host": cast.agent,
    }
    arrival = actions.Arrival(cast.division, **{**draft, **changed})
    return actions.register_visit(arrival, by=cast.staff)


def test_one_act_writes_the_visit_and_its_interaction(cast):
    visit = arrive(cast, company="云上文化", phone="13800138101")
    said = Interaction.objects.select_related("text").get()
    assert visit.interaction == said
    assert (said.channel, said.direction, said.text.name) == ("visit", "in", "安然")
    assert said.at == visit.arrived_at
    assert visit.number == "LF260302-001"


def test_a_refused_visit_leaves_no_interaction(cast):
    with pytest.raises(Refused):
        arrive(cast, visitor="")
    with pytest.raises(Refused) as refused:
        arrive(cast, host=cast.outsider)
    assert refused.value.reasons[0].field == "host"
    assert not Interaction.objects.exists()
    assert not Visit.objects.exists()


def test_a_private_visitor_says_nothing_to_the_company(cast):
    visit = arrive(cast, errand="private")
    assert visit.interaction is None
    assert Entry.objects.get(event="visit.registered").data["errand"] == "private"
    with pytest.raises(Refused):
        actions.tie_visit(visit, cast.division, by=cast.staff)


def test_the_host_is_told_at_once_or_whoever_stands_in(cast, day):
    visit = arrive(cast)
    assert Notice.objects.get(about_kind="visit", about_id=visit.pk).person == cast.agent
    org.substitute_while_away(
        cast.agent, cast.cs_director, since=day.at, until=day.at.replace(hour=23), reason="外出",
    )  # fmt: skip
    second = arrive(cast)
    assert Notice.objects.get(about_kind="visit", about_id=second.pk).person == cast.cs_director


def test_numbers_begin_again_each_month(cast, day):
    first = arrive(cast)
    day.move(day.at.replace(month=4, day=1))
    assert (first.number[-3:], arrive(cast).number) == ("001", "LF260401-001")


def test_a_drawn_signature_is_kept_as_a_picture(cast):
    visit = actions.confirm_visit(arrive(cast), picture=PICTURE, by=cast.staff)
    assert visit.signature.blob.mime == "image/png"
    assert visit.is_confirmed
    with pytest.raises(Refused):
        actions.confirm_visit(visit, name="安然", by=cast.staff)


@pytest.mark.parametrize("bad", [b"", b"<svg onload=alert(1)>", PICTURE + b"<script>"])
def test_what_is_no_picture_is_no_signature(cast, bad):
    visit = arrive(cast)
    with pytest.raises(Refused):
        actions.confirm_visit(visit, picture=bad, by=cast.staff)
    visit.refresh_from_db()
    assert not visit.is_confirmed


def test_where_nothing_can_be_drawn_a_name_confirms(cast):
    visit = actions.confirm_visit(arrive(cast), name=" 安然 ", by=cast.staff)
    assert (visit.confirmed_name, visit.signature) == ("安然", None)
    with pytest.raises(Refused):
        actions.confirm_visit(arrive(cast), by=cast.staff)


def test_a_bad_rating_is_the_managers_and_only_his(cast):
    visit = actions.rate_visit(arrive(cast), "poor", "等了很久", by=cast.staff)
    due = Due.objects.get(subject_kind="visit", clause="R2-12")
    assert due.person == cast.cs_director
    assert list(queries.to_follow_up(cast.cs_director, due.opened_at)) == [visit]
    assert not queries.to_follow_up(cast.agent, due.opened_at).exists()
    with pytest.raises(Refused):
        actions.follow_up_visit(visit, "没事", by=cast.agent)
    with pytest.raises(Refused):
        actions.follow_up_visit(visit, "", by=cast.cs_director)
    actions.follow_up_visit(visit, "已道歉", by=cast.cs_director)
    due.refresh_from_db()
    assert not due.is_open
    with pytest.raises(Refused):
        actions.follow_up_visit(visit, "再次", by=cast.cs_director)


def test_without_adopted_regulations_nothing_is_asked(day, regulations):
    from casting import company

    cast = company()
    visit = actions.rate_visit(arrive(cast), "ignored", by=cast.staff)
    assert not visit.to_follow_up
    assert actions.receive_visit(visit, by=cast.agent).over_limit is False


def test_the_database_keeps_its_own_promises(cast):
    visit = arrive(cast)
    for wrong in ({"left_at": visit.arrived_at}, {"rating": "poor"}, {"interaction": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(**wrong)


def test_the_lists_cost_one_statement(cast, django_assert_num_queries, day):
    for _each in range(3):
        arrive(cast)
    queries.here_now(cast.staff).exists()  # warms what is remembered of the organisation
    with django_assert_num_queries(1):
        assert len([one.host.name for one in queries.here_now(cast.staff)]) == 3
    with django_assert_num_queries(1):
        assert len(queries.register(cast.staff, queries.Sought(q="安然", state="open"))) == 3
    with django_assert_num_queries(1):
        assert not queries.register(cast.outsider, queries.Sought()).exists()


def incoming(cast, **changed):
    draft = {"channel": "letter", "party": "云上文化", "subject": "噪声",
             "body": "外机夜间噪声过大。", "handler": cast.agent}  # fmt: skip
    return actions.register_letter(
        actions.Incoming(cast.division, **{**draft, **changed}), by=cast.staff
    )


def reply(**changed):
    said = {"channel": "letter", "party": "云上文化", "subject": "复函", "body": "已更换减振垫。",
            "address": "南京市", "definite": True}  # fmt: skip
    return actions.Answer(**{**said, **changed})


def test_a_letter_is_an_interaction_and_keeps_its_scan(cast):
    letter = incoming(cast, channel="fax", fax_number="025-65551234")
    assert letter.interaction.channel == "fax"
    assert letter.interaction.text.more["fax"] == "025-65551234"
    actions.attach_scan(letter, ContentFile(PICTURE, name="来函.png"), by=cast.staff)
    assert [one.name for one in queries.scans(letter)] == ["来函.png"]
    with pytest.raises(Refused):
        actions.attach_scan(letter, ContentFile(b"MZ", name="letter.exe"), by=cast.staff)


def test_an_answer_was_said_only_once_it_is_sent(cast):
    written = actions.write_reply(incoming(cast), reply(), by=cast.agent)
    assert written.interaction is None
    with pytest.raises(Refused) as refused:
        actions.dispatch(written, courier="顺丰", by=cast.agent)
    assert refused.value.reasons[0].field == "courier_number"
    sent = actions.dispatch(written, courier="顺丰", courier_number="SF2002", by=cast.agent)
    assert (sent.interaction.direction, sent.interaction.definite) == ("out", True)
    with pytest.raises(Refused):
        actions.dispatch(sent, courier_number="SF3", by=cast.agent)
    with pytest.raises(Refused):
        actions.change_reply(sent, reply(), version=0, by=cast.agent)


def test_two_writers_do_not_overwrite_one_another(cast):
    written = actions.write_reply(incoming(cast), reply(), by=cast.agent)
    actions.change_reply(written, reply(body="甲"), version=0, by=cast.agent)
    with pytest.raises(Refused):
        actions.change_reply(written, reply(body="乙"), version=0, by=cast.staff)
    written.refresh_from_db()
    assert written.body == "甲"


def test_the_answer_goes_to_the_matter_of_the_question(cast):
    letter = incoming(cast)
    from shouwen.work.interactions.actions import tie

    tie(letter.interaction, cast.units["service"], by=cast.staff)
    letter.refresh_from_db()
    written = actions.write_reply(letter, reply(), by=cast.agent)
    sent = actions.dispatch(written, courier_number="SF2002", by=cast.agent)
    sent.interaction.refresh_from_db()
    assert sent.interaction.matter == ("unit", cast.units["service"].pk)


def test_the_print_is_a_letter_and_noted(cast):
    written = actions.write_reply(incoming(cast), reply(), by=cast.agent)
    assert actions.print_reply(written, by=cast.agent).startswith(b"%PDF")
    assert Entry.objects.filter(event="letter.printed", subject_id=written.pk).exists()
    with pytest.raises(Refused):
        actions.print_reply(written.answers, by=cast.agent)
