"""What went wrong is told to people, in their language, with a way on."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from shouwen.config import urls as product
from shouwen.config.settings import PACKAGE
from shouwen.doors.jobs.catalogues import compile_all

pytestmark = pytest.mark.urls(__name__)


def forbidden(request):
    raise PermissionDenied


def unreadable(request):
    raise BadRequest("half a request")


def broken(request):
    raise RuntimeError("a fault of ours")


@csrf_exempt
def busy(request):
    raise OperationalError("database is locked")


urlpatterns = [
    path("forbidden/", forbidden, name="forbidden"),
    path("unreadable/", unreadable, name="unreadable"),
    path("broken/", broken, name="broken"),
    path("busy/", busy, name="busy"),
    *product.urlpatterns,
]
handler400, handler403 = product.handler400, product.handler403
handler404, handler500 = product.handler404, product.handler500


@pytest.fixture(scope="module", autouse=True)
def catalogues():
    compile_all(PACKAGE)


@pytest.mark.parametrize(
    ("address", "status", "zh", "en"),
    [
        ("/no-such/", 404, "没有这一页", "There is no such page"),
        ("/forbidden/", 403, "这里不归您办", "This is not yours to do"),
        ("/unreadable/", 400, "没能读懂这次请求", "This request could not be read"),
        ("/broken/", 500, "系统出错了", "Something broke"),
        ("/busy/", 503, "数据库正忙", "The database is busy"),
    ],
)
def test_in_both_languages(enter, cast, address, status, zh, en):
    browser = enter("sales")
    browser.raise_request_exception = False
    answer = browser.get(address)
    assert answer.status_code == status
    assert zh in answer.content.decode()
    browser.post("/language/", {"language": "en"})
    assert en in browser.get(address).content.decode()


def test_the_page_of_our_own_fault_tells_no_secret(enter):
    browser = enter("sales")
    browser.raise_request_exception = False
    assert "a fault of ours" not in browser.get("/broken/").content.decode()


def test_what_a_busy_database_did_not_take_is_sent_again_by_one_press(enter):
    browser = enter("sales")
    browser.raise_request_exception = False
    answer = browser.post("/busy/?a=1", {"once": "t0ken", "words": '甲<"乙'})
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert 'action="/busy/?a=1"' in text
    assert '<input type="hidden" name="once" value="t0ken">' in text
    assert '<input type="hidden" name="words" value="甲&lt;&quot;乙">' in text
    file = SimpleUploadedFile("照片.png", b"x")
    text = browser.post("/busy/", {"words": "甲", "file": file}).content.decode()
    assert "<form" not in text, "a file cannot be sent from a hidden field"
    assert "后退" in text
    assert "hunter2" not in browser.post("/busy/", {"password": "hunter2"}).content.decode()


def test_somebody_unknown_is_asked_to_sign_in_and_learns_nothing(cast):
    assert Client().get("/no-such/").status_code == 404
    assert cast.sales.name not in Client().get("/no-such/").content.decode()


def test_too_much_at_once(enter, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = enter("sales").post("/language/", {"language": "x" * 2000})
    assert answer.status_code == 413
    assert "送来的内容太大" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/cases/7/sections/intake/", "/cases/7/"),
        ("/cases/7/acts/", "/cases/7/"),
        ("/language/", "/"),
        ("/conduct/measures/7/refusal/", "/conduct/"),
    ],
)
def test_an_address_that_only_takes_forms_leads_to_the_page_above_it(enter, address, above):
    """It stands in the browser after a form was shown again; a reload must not end in nothing."""
    answer = enter("sales").get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, above)


def test_the_way_back_never_leaves_the_product(enter):
    headers = {"Referer": "https://elsewhere.example/trap"}
    text = enter("sales").get("/forbidden/", headers=headers).content.decode()
    assert "elsewhere" not in text
    headers = {"Referer": "http://testserver/keys/?a=1"}
    assert (
        'href="/keys/?a=1"' in enter("sales").get("/forbidden/", headers=headers).content.decode()
    )


def test_a_host_that_is_none_of_ours_gets_a_plain_no():
    answer = Client().get("/sign-in/", headers={"host": "elsewhere.example"})
    assert (answer.status_code, answer.content) == (400, b"")
