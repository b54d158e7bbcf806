"""Upload, look, commit: through the browser's door."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shouwen.work.customers.importing.files.reading import read
from shouwen.work.customers.models import Product, Upload

UPLOAD = reverse("imports:upload", args=["products"])
GOOD = "料号,品名,备注\nSM-1,左侧板,x\nSM-2,右侧板,\n"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        }
    }


def send(client, text, name="产品.csv", encoding="utf-8"):
    file = SimpleUploadedFile(name, text.encode(encoding) if isinstance(text, str) else text)
    return client.post(UPLOAD, {"division": "factory", "file": file})


def test_upload_look_and_commit(cast, enter, regulations):
    client = enter("sales")
    answer = send(client, GOOD)
    page = client.get(answer.url)
    assert page.context["trial"].counts == {"create": 2, "change": 0, "same": 0, "faults": 0}
    assert "备注" in page.content.decode()
    assert not Product.objects.exists()
    token = Upload.objects.get().token
    client.post(reverse("imports:commit", args=[token]))
    assert Product.objects.count() == 2
    client.post(reverse("imports:commit", args=[token]))
    done = client.get(answer.url).content.decode()
    assert "已导入" in done
    assert Upload.objects.get().digest in done
    again = client.get(send(client, GOOD).url).content.decode()
    assert "完全一样" in again


def test_problems_are_listed_and_downloaded(cast, enter, regulations):
    client = enter("sales")
    answer = send(client, "料号,品名\nSM-1,\n=1+1,x\n")
    page = client.get(answer.url).content.decode()
    assert "B2" in page
    assert "A3" in page
    assert "确认写入" not in page
    token = Upload.objects.get().token
    sheet = client.get(reverse("imports:errors", args=[token]))
    assert "attachment" in sheet["Content-Disposition"]
    rows = read(sheet.content).rows
    assert [row[-1] for row in rows] == ["问题", "品名: 不能空着", rows[2][-1]]
    client.post(reverse("imports:commit", args=[token]))
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b"%PDF-1.7", "只接受"),
        ("甲,乙\n1,2\n", "找不到表头"),
        ("料号,单位\nA,件\n", "品名"),
        ("料号,品名\n", "没有数据"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_field(cast, enter, regulations, data, said):
    answer = send(enter("sales"), data)
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["file"])
    assert not Upload.objects.exists()


def test_an_upload_is_its_uploaders_alone_and_can_be_dropped(cast, enter, regulations):
    client = enter("sales")
    answer = send(client, GOOD)
    assert enter("sales_manager").get(answer.url).status_code == 404
    token = Upload.objects.get().token
    client.post(reverse("imports:drop", args=[token]))
    assert Upload.objects.get().state == Upload.State.DROPPED
    assert "没有写入" in client.get(answer.url).content.decode()
    client.post(reverse("imports:commit", args=[token]))
    assert not Product.objects.exists()


def test_a_kind_that_is_none_does_not_exist(cast, enter, regulations):
    address = reverse("imports:upload", args=["people"])
    assert enter("sales").get(address).status_code == 404


def test_the_template_is_named_in_the_readers_language(cast, enter, regulations):
    cast.sales.language = "en"
    cast.sales.save(update_fields=["language"])
    answer = enter("sales").get(reverse("imports:template", args=["orders"]))
    assert read(answer.content).rows[0][0] == "Order number"
    assert "Order%20" in answer["Content-Disposition"] or "Orders" in answer["Content-Disposition"]


def test_another_division_cannot_be_chosen(cast, enter, regulations):
    file = SimpleUploadedFile("p.csv", GOOD.encode())
    answer = enter("sales").post(UPLOAD, {"division": "sister", "file": file})
    assert answer.status_code == 422
    assert not Upload.objects.exists()
