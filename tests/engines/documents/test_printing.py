"""Papers as PDF: what stands on them, what never does."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from pypdf import PdfReader

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import printing
from shouwen.engines.documents.models import PrintLog, Sheet
from shouwen.engines.documents.printing import ReportColumn, marks
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry

from .conftest import NOTICE


def text_of(paper: bytes) -> str:
    """The words of a PDF, without spaces: Chinese is set glyph by glyph."""
    pages = PdfReader(BytesIO(paper)).pages
    return "".join(page.extract_text() for page in pages).replace(" ", "")


def test_a_slip_has_its_number_seal_and_copy(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.issue(slip, by=company.seller)
    text = text_of(printing.pdf(slip, copy=3, by=company.seller))
    for words_ in (
        "成品退货单",
        "TH202603-001",
        "第三联会计科存",
        "尺寸不符",
        "单明",
        "2026年3月10日",
    ):
        assert words_ in text
    assert "internal" not in text


def test_copies_are_printed_only_after_the_issue(slip: Sheet, company: Any) -> None:
    with pytest.raises(Refused) as caught:
        printing.pdf(slip, copy=1, by=company.seller)
    assert caught.value.clauses == {"R4-72"}
    assert not PrintLog.objects.exists()
    printing.pdf(slip, by=company.seller)
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.issue(slip, by=company.seller)
    printing.pdf(slip, all_copies=True, by=company.seller)
    assert list(PrintLog.objects.values_list("pages", flat=True).order_by("id")) == [1, 4]
    assert Entry.objects.filter(event="sheet.printed").count() == 2


@pytest.fixture
def notice(company: Any) -> Sheet:
    """A penalty notice, approved and issued."""
    sheet = documents.open_sheet("reward_penalty_notice", division=company.factory, by=None)
    data = {**NOTICE, "unit": company.workshop.pk, "person": company.foreman.pk}
    documents.save_section(sheet, "notice", data, version=0, by=company.clerk)
    documents.sign_section(sheet, "notice", by=company.clerk)
    documents.sign_place(sheet, "gm", by=company.gm)
    return documents.issue(sheet, by=company.clerk)


def test_an_internal_paper_says_so_with_name_and_time(notice: Sheet, company: Any) -> None:
    text = text_of(printing.pdf(notice, by=company.clerk))
    for words_ in (
        "内部文件不得外传internal-notforcustomers", "曾可打印于2026-03-1010:00",
        "¥200.00", "贰佰元整", "马工", "制造部",
    ):  # fmt: skip
        assert words_ in text


def test_a_paper_in_english(notice: Sheet, company: Any) -> None:
    with translation.override("en"):
        text = text_of(printing.pdf(notice, copy=2, by=company.clerk))
    for words_ in (
        "Rewardandpenaltynotice",
        "Copy2·Accounting,tocheck",
        "GaoYuan",
        "Page1of1",
        "10March2026",
    ):
        assert words_ in text
    assert "贰佰" not in text


def test_a_void_paper_is_struck(notice: Sheet, company: Any) -> None:
    documents.void(notice, reason="误填", by=company.clerk)
    assert "作废" in text_of(printing.pdf(notice, by=company.clerk))


EVIL = [
    '#import "secret.typ"', "#read(\"/etc/passwd\")", "]#panic()[", "$x^2$ *bold* _it_ `raw`",
    '"); os.exit(', "\\u{1F600} #sys.inputs", "<script>alert(1)</script>",
    "@ref <label> // c /* d */",
]  # fmt: skip


def test_what_is_typed_is_never_markup(company: Any) -> None:
    sheet = documents.open_sheet("help_request", division=company.factory, by=company.seller)
    documents.save_section(
        sheet, "request", {"what": "\n".join(EVIL)}, version=0, by=company.seller
    )
    text = text_of(printing.pdf(sheet, by=company.seller))
    for line in EVIL:
        assert line.replace(" ", "") in text


def test_a_letter_says_what_it_is_given_and_nothing_else(slip: Sheet, company: Any) -> None:
    paper = printing.letter(
        division=company.factory, to="华东轴承有限公司:", paragraphs=["贵公司来函收悉。", "#evil"],
        matter=slip, by=company.seller, reference="260301",
    )  # fmt: skip
    text = text_of(paper)
    for words_ in ("远山精密制造厂", "华东轴承有限公司:", "贵公司来函收悉。", "#evil", "260301"):
        assert words_ in text
    for words_ in ("陈晨", "internal", "尺寸不符", "SHA-256"):
        assert words_ not in text
    assert PrintLog.objects.get().template == "letter"
    assert Entry.objects.filter(event="letter.printed", matter_id=slip.pk).exists()


def test_a_report_of_many_rows_repeats_its_head(slip: Sheet, company: Any) -> None:
    columns = [ReportColumn("客诉编号"), ReportColumn("金额", figure=True)]
    rows = [[f"2603{n:02}", f"{n}.00"] for n in range(1, 121)]
    paper = printing.report(
        "客诉案件登记追踪表", columns, rows, division=company.factory, matter=slip,
        by=company.clerk, total=["合计", "7,260.00"],
    )  # fmt: skip
    text = text_of(paper)
    assert text.count("客诉编号") == marks.page_count(paper) > 1
    assert "2603120" in text
    assert "7,260.00" in text
    with pytest.raises(ValueError, match="under 2 columns"):
        printing.report("x", columns, [["1"]], division=company.factory, matter=slip, by=None)


def test_missing_fonts_are_said_clearly(
    slip: Sheet, company: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENT_FONTS = str(tmp_path)
    with pytest.raises(ImproperlyConfigured, match="Noto Sans SC"):
        printing.pdf(slip, by=company.seller)


@pytest.mark.parametrize(
    ("name", "chars"),
    [
        ("陈晨", "陈晨之印"),
        ("傅立群", "傅立群印"),
        ("司马相如", "司马相如"),
        ("Gao Yuan", ""),
        ("阿", ""),
    ],
)
def test_a_name_becomes_its_seal(name: str, chars: str) -> None:
    assert "".join(marks.seal(name)["chars"]) == chars


def test_the_code_leads_back_to_the_sheet(slip: Sheet, settings: Any, monkeypatch: Any) -> None:
    seen: list[str] = []
    real = marks.segno.make
    monkeypatch.setattr(
        marks.segno, "make", lambda text, **kw: (seen.append(text), real(text, **kw))[1]
    )
    settings.BASE_URL = "https://kesu.example.com/"
    assert marks.qr(slip).startswith("<?xml")
    assert seen == [f"https://kesu.example.com/s/{slip.pk}"]


def test_each_addressee_gets_a_paper_with_its_code_and_markup_stays_text(
    slip: Sheet, company: Any
) -> None:
    asked = [
        printing.Inquiry("满意吗?#panic()", ["5 很满意", "1 很不满意"]),
        printing.Inquiry("还有什么要说的?"),
    ]
    to = [
        printing.Addressee("近邻公司", "000001", "南京", "https://example.com/q/abc/"),
        printing.Addressee("*远客*公司", "000002"),
    ]
    paper = printing.inquiry(
        "满意度问卷", asked, to, division=slip.division, matter=slip, by=company.seller
    )
    assert len(PdfReader(BytesIO(paper)).pages) == 2
    text = text_of(paper)
    for words_ in ("满意度问卷", "000001", "000002", "#panic()", "*远客*", "很不满意", "扫码作答"):
        assert words_ in text
    assert "internal" not in text
    assert Entry.objects.filter(event="inquiry.printed").count() == 1
