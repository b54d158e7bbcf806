"""What the administrator keeps: a token seen once, labels that print, channels that show."""

import re
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from shouwen.doors.api.models import ApiClient
from shouwen.engines.documents.models import PrintLog
from shouwen.work.telephony.models import Extension
from shouwen.work.ways.actions import make_labels
from shouwen.work.ways.models import PlaceLabel, Way

pytestmark = pytest.mark.django_db
PLACE = "/settings/gateways"


def test_a_token_is_shown_once_and_works(enter, cast, regulations):
    client = enter("keeper")
    form = {"name": "工单系统", "scopes": ["contacts:read"]}
    page = client.post(f"{PLACE}/systems/new/", form)
    assert page["Cache-Control"] == "no-store"
    token = re.search(r"sw_[0-9a-f]{8}_[0-9a-f]{48}", page.content.decode())[0]
    assert token not in client.get(f"{PLACE}/systems/").content.decode()
    asked = Client(headers={"Authorization": f"Bearer {token}"})
    assert asked.get("/api/v1/contacts?customer=X").status_code == 404
    pk = ApiClient.objects.get().pk
    client.post(f"{PLACE}/systems/{pk}/revocation/", {})
    assert asked.get("/api/v1/contacts?customer=X").status_code == 401


@pytest.mark.parametrize("form", [{}, {"name": "x"}, {"name": "x", "scopes": ["root"]}])
def test_a_system_without_name_or_rights_is_not_let_in(enter, form):
    assert enter("keeper").post(f"{PLACE}/systems/new/", form).status_code == 422
    assert not ApiClient.objects.exists()


def test_a_channel_is_published_shown_and_withdrawn(enter, cast, regulations):
    client = enter("keeper")
    form = {
        "channel": "mail", "name_zh": "投诉信箱", "address": "a@b.example", "place": "0",
        "name_en": "", "hours_zh": "", "hours_en": "",
    }  # fmt: skip
    assert client.post(f"{PLACE}/channels/new/", form).status_code == 302
    assert client.post(f"{PLACE}/channels/new/", form).status_code == 422
    assert "a@b.example" in Client().get("/portal/").content.decode()
    client.post(f"{PLACE}/channels/{Way.objects.get().pk}/withdrawal/", {})
    assert "a@b.example" not in Client().get("/portal/").content.decode()


def test_labels_are_made_by_lines_and_printed_in_sheets(enter, cast, regulations):
    client = enter("agent")
    names = "\n".join(
        ["一号电梯 | Lift 1", "", "生活水泵房｜Pumps", *(f"{n} 号门" for n in range(9))]
    )
    assert client.post(f"{PLACE}/labels/new/", {"names": names}).status_code == 302
    assert PlaceLabel.objects.count() == 11
    assert len(set(PlaceLabel.objects.values_list("code", flat=True))) == 11
    assert client.post(f"{PLACE}/labels/new/", {"names": "一号电梯"}).status_code == 422
    assert client.post(f"{PLACE}/labels/new/", {"names": "长" * 61}).status_code == 422
    answer = client.get(f"{PLACE}/labels/sheet/")
    assert answer["Content-Type"] == "application/pdf"
    paper = PdfReader(BytesIO(answer.content))
    assert len(paper.pages) == 2
    assert "一号电梯" in paper.pages[0].extract_text()
    assert PrintLog.objects.filter(template="labels", by=cast.agent).count() == 1


def test_words_on_a_label_are_never_markup(enter, cast, regulations):
    make_labels([('#import "x" *b* $x$ </script>', "")], division=cast.division, by=None)
    answer = enter("agent").get(f"{PLACE}/labels/sheet/")
    assert "#import" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def test_labels_of_another_division_are_not_printed(enter, cast, regulations):
    other = make_labels([("别处", "")], division=cast.sister, by=None)[0]
    make_labels([("这里", "")], division=cast.division, by=None)
    answer = enter("agent").get(f"{PLACE}/labels/sheet/?label={other.pk}")
    assert answer.status_code == 409


def test_an_extension_is_given_and_ended(enter, cast, regulations):
    client = enter("keeper")
    path = f"{PLACE}/telephones/new/"
    assert client.post(path, {"number": "8001", "person": cast.agent.pk}).status_code == 302
    assert client.post(path, {"number": "80-1", "person": cast.agent.pk}).status_code == 422
    assert client.post(path, {"number": "8002", "person": cast.outsider.pk}).status_code == 422
    row = Extension.objects.get()
    assert client.post(f"{PLACE}/telephones/{row.pk}/end/", {}).status_code == 302
    assert Extension.objects.get().until is not None
