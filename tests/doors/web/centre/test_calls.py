"""A call and a published channel on the form of the service centre."""

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
