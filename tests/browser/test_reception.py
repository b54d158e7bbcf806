"""Reception in a browser: a visitor signs with the finger, on a phone too."""

import pytest

from shouwen.doors.web.reception.routes import arrived
from shouwen.work.reception.models import Visit

pytestmark = pytest.mark.usefixtures("regulations")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_a_visitor_signs_on_the_screen(visit, cast, accessible, width, theme):
    one = arrived(cast)
    page = visit(f"/reception/{one.pk}/", person="staff", width=width, theme=theme)
    accessible(page)
    pad = page.locator(".signature-pad canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 80, steps=5)
    page.mouse.up()
    with page.expect_navigation():
        page.locator("form[data-signature] .form-foot button").click()
    assert page.locator("img.signature-shown").evaluate("one => one.naturalWidth") == 640
    one = Visit.objects.select_related("signature__blob").get(pk=one.pk)
    assert one.signature.blob.mime == "image/png"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_stroke_the_name_is_asked_for(visit, cast):
    one = arrived(cast)
    page = visit(f"/reception/{one.pk}/", person="staff")
    page.locator("form[data-signature] .form-foot button").click()
    page.locator(".field-error").first.wait_for()
    assert not Visit.objects.get(pk=one.pk).is_confirmed
