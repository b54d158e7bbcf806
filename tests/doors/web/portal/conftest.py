"""The factory publishes a hotline and the web; a visitor without an account."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from staging import centre as staged  # noqa: F401 - a fixture of its tests

from shouwen.regulations.helping import PICTURE
from shouwen.work.ways.actions import WayDraft, publish


@pytest.fixture
def open_web(cast, regulations):
    """The factory takes filings from the portal."""
    for draft in (
        WayDraft("phone", "服务热线", "400-800-1234", "Hotline"),
        WayDraft("web", "网上填报", "https://service.example/portal/", "Website"),
    ):
        publish(draft, division=cast.division, by=None)
    return cast.division


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def picture():
    """`picture("a.png")` is a small photo of that name."""
    return lambda name="a.png", content=PICTURE: SimpleUploadedFile(name, content)


@pytest.fixture
def told(open_web):
    """What a customer types."""
    return {
        "division": open_web.pk, "name": "安然", "phone": "138 0013 8101", "body": "楼道灯不亮。",
        "wanted": "当天修好", "token": "x" * 32,
    }  # fmt: skip
