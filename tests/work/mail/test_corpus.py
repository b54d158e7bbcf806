"""Every letter of the corpus is read as expected, is kept byte for byte, and stops no other."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from work.mail import make_corpus

from shouwen.work.mail import actions as mail
from shouwen.work.mail.coming import keeping
from shouwen.work.mail.models import RawMail
from shouwen.work.mail.reading import Unreadable, glance, read
from shouwen.work.mail.reading.charsets import decode, tidy
from shouwen.work.mail.reading.headers import readable

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
FEW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PLAIN = ("subject", "sender", "sender_name", "reply_to", "text", "nature", "from_html",
         "message_id", "returned_why")  # fmt: skip


def bytes_of(name):
    return (CORPUS / f"{name}.eml").read_bytes()


def test_the_corpus_is_large_and_whole():
    assert {path.stem for path in CORPUS.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 150


def test_the_corpus_is_what_its_maker_makes(tmp_path, monkeypatch):
    monkeypatch.setattr(make_corpus, "HERE", tmp_path)
    monkeypatch.setattr(make_corpus, "LETTERS", {})
    make_corpus.main()
    for path in CORPUS.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("name", EXPECTED)
def test_a_letter_is_read_as_expected(name):
    expected = dict(EXPECTED[name])
    if expected.pop("unreadable", False):
        with pytest.raises(Unreadable):
            read(bytes_of(name))
        return
    found = read(bytes_of(name))
    got = {key: getattr(found, key) for key in PLAIN}
    got |= {
        "files": [one.name for one in found.files],
        "bytes": [len(one.content) for one in found.files],
        "troubles": [one for one in found.troubles if one in expected.get("troubles", ())],
        "returned": list(found.returned),
        "answers": list(found.answers_to),
        "date": found.written_at.isoformat() if found.written_at else None,
        "no_date": found.written_at is None,
    }
    if part := expected.pop("text_has", ""):
        assert part in found.text
    assert {key: got[key] for key in expected} == expected
    for text in (found.text, found.subject, found.sender_name, found.sender):
        assert "\0" not in text
        text.encode()


def test_all_of_it_is_kept_and_settled(house):
    """Through the whole room: nothing falls, nothing is lost, nothing stays undone."""
    type(house.box).objects.update(letters_per_hour=10_000)
    kept = {house.put(bytes_of(name)).pk: name for name in EXPECTED}
    while mail.process_waiting(house.now.at):
        pass
    for raw in RawMail.objects.filter(pk__in=kept):
        assert raw.state in ("processed", "quarantined", "ignored"), kept[raw.pk]
        assert "出错" not in raw.reason, kept[raw.pk]
        assert keeping.bytes_of(raw) == bytes_of(kept[raw.pk])


def test_huge_letters_end_in_quarantine_soon_and_in_little_memory(house):
    import resource
    import time

    mark = b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nx\r\n"
    parts = b'From: a@b.cn\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + (
        (b"--b\r\n" + mark) * 1000 + b"--b--\r\n"
    )
    large = b"From: a@b.cn\r\nSubject: large\r\n\r\n" + b"x" * 75 + b"\r\n" * (25 * 1024 * 1024)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    assert [house.take(data).state for data in (parts, large)] == ["quarantined"] * 2
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024


def test_the_largest_letter_that_is_read_takes_seconds():
    import time

    lines = (b"x" * 70 + b"\r\n") * (20 * 1024 * 1024 // 72)
    began = time.monotonic()
    assert "shortened" in read(b"From: a@b.cn\r\n\r\n" + lines).troubles
    head = b"".join(b"X-%d: y\r\n" % n for n in range(100_000))
    read(head + b"From: a@b.cn\r\n\r\nx")
    read(b"From: " + b"<" * 1_000_000 + b"\r\nSubject: " + b"=?" * 500_000 + b"\r\n\r\n")
    read(b"Content-Type: text/html\r\n\r\n" + b"<" * 1_000_000)
    assert time.monotonic() - began < 30


def said(data):
    """Why it is unreadable; nothing when it is not."""
    try:
        found = read(data)
    except Unreadable as unreadable:
        return unreadable.message
    for text in (found.text, found.subject, found.sender_name):
        text.encode()
    return ""


@FEW
@given(st.binary(max_size=2000))
def test_no_bytes_bring_it_down(data):
    glance(data)
    assert "出错" not in said(data)


@FEW
@given(st.sampled_from(sorted(EXPECTED)), st.data())
def test_no_spoilt_letter_brings_it_down(name, data):
    whole = bytearray(bytes_of(name)[:3000])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(len(whole) - 1, 0)))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    assert "出错" not in said(bytes(whole))


@FEW
@given(st.text(max_size=300), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_a_true_label_is_believed(text, charset):
    text = "".join(c for c in text if not 0xD800 <= ord(c) < 0xE000 and c != "\ufeff")
    found, _true = decode(text.encode(charset), charset)
    if charset == "utf-8":
        assert found == tidy(text)
    found.encode()


@FEW
@given(st.text(max_size=200), st.text("=?_-abcBQgbk2312 utf8\t\n", max_size=200))
def test_header_lines_are_read_whatever_they_say(one, two):
    for line in (one, two):
        readable(line.encode("utf-8", "replace").decode()).encode("utf-8", "surrogatepass")
