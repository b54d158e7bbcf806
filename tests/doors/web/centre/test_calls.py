"""A call and a published channel on the form of the service centre."""

import re

from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer
from shouwen.work.interactions.models import Interaction
from shouwen.work.telephony.actions import Heard, give_extension, hear
from shouwen.work.telephony.models import Call
from shouwen.work.ways.actions import WayDraft, publish


def typed(centre, **but):
    return {
        "phone": "13800138101", "customer": centre.resident.pk, "caller": "安然",
        "channel": "phone", "received_at": "2024-12-01T10:00", "kind": "complaint",
        "title": "装修噪声", "description": "楼上午休时间装修", "wanted": "午休停工", **but,
    }  # fmt: skip


def test_what_is_saved_carries_the_call_and_the_channel(centre, as_):
    division = centre.resident.division
    give_extension(division, "8001", centre.agent, by=None)
    ring = Heard("c-1", "answered", "13800138101", extension="8001")
    call = hear(ring, division=division, source="api:1")
    way = publish(WayDraft("phone", "服务热线", "400-800-1234"), division=division, by=None)
    page = as_(centre.agent).get(f"/intake/?call={call.pk}").content.decode()
    assert f'name="call" value="{call.pk}"' in page
    assert "服务热线" in page
    form = typed(centre, call=call.pk, channel=f"way-{way.pk}")
    assert as_(centre.agent).post("/intake/", form).status_code == 302
    row = Interaction.objects.select_related("text").get()
    assert (row.source, row.external_id, row.channel) == ("api:1", "c-1", "phone")
    assert row.text.more["way"] == way.pk
    assert Call.objects.get().interaction == row


def ringing(centre, number="13800138101", key="c-1"):
    if not Call.objects.exists():
        give_extension(centre.resident.division, "8001", centre.agent, by=None)
    ring = Heard(key, "answered", number, extension="8001")
    return hear(ring, division=centre.resident.division, source="api:1")


def test_who_calls_is_shown_with_all_one_has_to_know(centre, as_):
    Customer.objects.filter(pk=centre.resident.pk).update(wares="可视对讲、燃气报警器")
    agent = as_(centre.agent)
    agent.post("/intake/", typed(centre))
    call = ringing(centre)
    page = agent.get(f"/intake/?phone={call.caller}&call={call.pk}").content.decode()
    panel = page.partition('id="who"')[2].partition("intake-matter")[0]
    case = Case.objects.get()
    assert centre.resident.name in panel
    assert "可视对讲、燃气报警器" in panel
    assert case.number in panel
    assert centre.agent.name in panel
    earlier = Interaction.objects.get()
    assert f'href="/interactions/{earlier.pk}/"' in panel


def test_the_call_whose_form_is_open_leads_nowhere_and_says_how_far_it_came(centre, as_):
    call, agent = ringing(centre), as_(centre.agent)
    offer = agent.get("/calls/mine/").content.decode()
    assert f"call={call.pk}" in offer
    taken = agent.get(f"/calls/mine/?call={call.pk}").content.decode()
    assert "正在登记" in taken
    assert "已接听" in taken
    assert "href" not in taken


def test_the_hand_begins_where_something_is_to_be_written(centre, as_):
    agent = as_(centre.agent)

    def begins(address):
        page = agent.get(address).content.decode()
        return re.findall(r'name="(\w+)"[^>]* autofocus', page)

    assert begins("/intake/") == ["phone"]
    assert begins("/intake/?phone=13800138101") in (["caller"], ["title"])
