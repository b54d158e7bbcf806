"""What may be attached, under what name, who reaches it."""

import io
import socket
import threading
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries
from shouwen.engines.documents.access import access_attachment
from shouwen.engines.documents.attaching import download
from shouwen.engines.documents.attaching.contents import MOST_BYTES, examine
from shouwen.engines.documents.attaching.filenames import safe_name
from shouwen.engines.documents.attaching.packages import MOST_ENTRIES
from shouwen.engines.documents.models import Attachment, Blob, Sheet
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry

from .conftest import PNG, named

JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer\n%%EOF\n"


def package(parts: dict[str, bytes], kind: str = "word/document.xml") -> bytes:
    """An office document with these parts besides its own."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {"[Content_Types].xml": b"<Types/>", kind: b"<w/>", **parts}.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("a.png", PNG, "image/png"),
        ("a.JPG", JPG, "image/jpeg"),
        ("a.jpeg", JPG, "image/jpeg"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.txt", "检验记录\n合格".encode(), "text/plain"),
        ("a.csv", "编号,数量\n一,二".encode("gb18030"), "text/csv"),
        ("a.docx", package({}), "application/vnd.openxmlformats-officedocument"),
        ("a.xlsx", package({}, "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument"),
        ("a.docx", package({"word/embeddings/t.xlsx": package({}, "xl/workbook.xml")}), ""),
    ],
)
def test_what_a_company_sends_around_is_taken(name: str, content: bytes, mime: str) -> None:
    assert examine(name, content).startswith(mime)


def lying_about_its_size() -> bytes:
    """A package whose directory says one byte and holds a thousand times as much as allowed."""
    honest = package({"word/media/a.bin": bytes(3_000_000)})
    return honest.replace((3_000_000).to_bytes(4, "little"), (1).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.png", b"", "空的"),
        ("a.png", PNG + bytes(MOST_BYTES), "最大"),
        ("a.exe", b"MZ", "不能上传"),
        ("a", PNG, "不能上传"),
        ("a.svg", b"<svg onload='alert(1)'/>", "不能上传"),
        ("a.html", b"<script>", "不能上传"),
        ("a.png", JPG, "不是 png"),
        ("a.png", PNG + b"<script>alert(1)</script>", "不是 png"),
        ("a.jpg", b"GIF89a" + bytes(20), "不是 jpg"),
        ("a.pdf", b"%PDF-1.7 cut off", "不是 pdf"),
        ("a.pdf", PDF.replace(b"<<>>", b"<</JavaScript (x)>>"), "自动执行"),
        ("a.txt", PNG, "不是 txt"),
        ("a.txt", b"\xff\xfe\x00text", "不是 txt"),
        ("a.csv", b"a\x00b", "不是 csv"),
        ("a.docx", b"PK\x03\x04 broken", "损坏"),
        ("a.docx", package({}, "xl/workbook.xml"), "不是 docx"),
        ("a.xlsx", package({"xl/vbaProject.bin": b"x"}, "xl/workbook.xml"), "宏"),
        ("a.docx", package({"../../etc/passwd": b"x"}), "路径"),
        ("a.docx", package({"word/a.zip": package({"b.zip": package({})})}), "压缩包"),
        ("a.docx", package({"word/a.7z": b"7z\xbc\xaf\x27\x1c"}), "压缩包"),
        ("a.docx", package({f"word/{n}": b"" for n in range(MOST_ENTRIES)}), "过大"),
        ("a.docx", package({"word/zeros": bytes(101 * 1024 * 1024)}), "过大"),
        ("a.docx", lying_about_its_size(), "损坏"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_hides_something_stays_outside(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        examine(name, content)


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\陈晨\\照片 1.PNG", "照片 1.png"),
        ("报告\u202egnp.exe.png", "报告gnp.exe.png"),
        ("a\r\nSet-Cookie: x.png", "aSet-Cookie x.png"),
        ('x";rm -rf $HOME.pdf', "x rm -rf HOME.pdf"),
        ("con.txt", "_con.txt"),
        (".htaccess", "htaccess"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
    ],
)
def test_a_name_is_safe_and_still_the_name_people_gave(raw: str, safe: str) -> None:
    assert safe_name(raw) == safe


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder(raw: str) -> None:
    name = safe_name(raw)
    assert 0 < len(name) <= 120
    assert not set(name) & set('/\\<>:"|?*\r\n\x00')
    assert name.strip(" .") == name


@pytest.fixture
def photo(slip: Sheet, company: Any) -> Attachment:
    """A picture on the slip."""
    return documents.attach(named("照片.png", PNG), sheet=slip, by=company.seller)


def test_the_same_bytes_are_kept_once(photo: Attachment, slip: Sheet, company: Any) -> None:
    again = documents.attach(
        named("同一张.png", PNG), matter=slip, division=company.factory, by=None
    )
    assert Blob.objects.count() == 1
    assert again.uuid != photo.uuid
    assert [a.name for a in queries.attachments_of(slip)] == ["同一张.png", "照片.png"]
    assert default_storage.open(photo.blob.path).read() == PNG
    facts = Entry.objects.filter(event="attachment.added").order_by("id")
    assert [entry.data["name"] for entry in facts] == ["照片.png", "同一张.png"]


def test_a_file_is_for_its_division_by_its_random_id(photo: Attachment, company: Any) -> None:
    assert access_attachment(company.bookkeeper, photo.uuid) == photo
    for person, uuid in [
        (company.outsider, photo.uuid), (None, photo.uuid), (company.seller, uuid4()),
    ]:  # fmt: skip
        with pytest.raises(Http404):
            access_attachment(person, uuid)


def test_a_file_leaves_as_a_download_only(photo: Attachment) -> None:
    answer = download(photo)
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == PNG


def test_a_removed_file_is_gone_but_not_forgotten(photo: Attachment, company: Any) -> None:
    documents.remove_attachment(photo, reason="拍错", by=company.seller)
    with pytest.raises(Http404):
        access_attachment(company.seller, photo.uuid)
    assert Entry.objects.get(event="attachment.removed").data["reason"] == "拍错"


def test_a_field_takes_only_files_of_its_own_paper(
    company: Any, intake: dict, photo: Attachment
) -> None:
    form = documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
    for uuid in (photo.uuid, uuid4()):
        data = {**intake, "photos": [str(uuid)]}
        with pytest.raises(Refused) as caught:
            documents.save_section(form, "intake", data, version=0, by=company.seller)
        assert [reason.field for reason in caught.value.reasons] == ["intake.photos"]
    own = documents.attach(named("own.png", PNG), sheet=form, by=company.seller)
    data = {**intake, "photos": [str(own.uuid)]}
    documents.save_section(form, "intake", data, version=0, by=company.seller)
    documents.sign_section(form, "intake", by=company.seller)
    with pytest.raises(Refused, match="已签署"):
        documents.remove_attachment(own, reason="?", by=company.seller)


def scanner(answer: bytes) -> tuple[str, list[bytes]]:
    """A scanner on this machine that hears one file and gives this answer."""
    door = socket.create_server(("127.0.0.1", 0))
    heard: list[bytes] = []

    def listen() -> None:
        link, _address = door.accept()
        with link, door:
            link.settimeout(5)
            said = b""
            while not said.endswith(bytes(4)) or len(said) < 20:
                said += link.recv(65536)
            heard.append(said)
            link.sendall(answer)

    threading.Thread(target=listen, daemon=True).start()
    return f"127.0.0.1:{door.getsockname()[1]}", heard


def test_the_scanner_has_the_last_word(slip: Sheet, company: Any, settings: Any) -> None:
    settings.SCANNER, heard = scanner(b"stream: OK\0")
    documents.attach(named("a.png", PNG), sheet=slip, by=company.seller)
    assert heard[0].startswith(b"zINSTREAM\0")
    assert PNG in heard[0]
    settings.SCANNER, _heard = scanner(b"stream: Eicar-Test-Signature FOUND\0")
    with pytest.raises(Refused, match="Eicar-Test-Signature"):
        documents.attach(named("b.png", PNG), sheet=slip, by=company.seller)
    settings.SCANNER = "127.0.0.1:1"
    with pytest.raises(Refused, match="没有应答"):
        documents.attach(named("c.png", PNG), sheet=slip, by=company.seller)
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("size", "said"), [(MOST_BYTES + 1, "10.1 MB"), (31 * 1024 * 1024, "31.0 MB")]
)
def test_a_file_that_is_too_big_is_refused_with_its_own_size(
    company: Any, slip: Sheet, size: int, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        documents.attach(named("a.pdf", bytes(size)), sheet=slip, by=company.seller)
    assert refused.value.reasons[0].facts["size"] == said.removesuffix(" MB")
