"""Every part of the product passes the accessibility check, in both lights and on a phone."""

from pathlib import Path

import pytest


@pytest.fixture
def _gallery(settings):
    settings.ROOT_URLCONF = "browser.gallery"
    folder = str(Path(__file__).parent / "templates")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]


@pytest.mark.usefixtures("_gallery", "regulations")
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_the_parts_keep_nobody_out(visit, accessible, width, theme):
    page = visit("/gallery/", width=width, theme=theme)
    accessible(page)


@pytest.mark.usefixtures("_gallery", "regulations")
def test_nothing_is_wider_than_the_smallest_phone(visit):
    page = visit("/gallery/", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.usefixtures("_gallery", "regulations")
def test_focus_stands_on_the_first_wrong_field(visit):
    page = visit("/gallery/")
    assert page.evaluate("document.activeElement.name") == "part"
