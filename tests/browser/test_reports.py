"""The statistics sheet in a browser: charts with their numbers, and nobody kept out."""

from datetime import date

import pytest
from playwright.sync_api import expect

from shouwen.doors.web.reports.routes import a_sheet
from shouwen.ground.org import actions as org
from shouwen.outcomes.reports.models import Report

pytestmark = pytest.mark.usefixtures("regulations")


@pytest.fixture
def sheet(cast, regulations) -> Report:
    """February with one complaint of one unit, and one carried over from January."""
    org.adopt_regulation(cast.division, "R4", 1, since=date(2026, 1, 1))
    report = Report.objects.get(**a_sheet(cast))
    row = report.rows[0]
    unit = cast.units["manufacturing"]
    row["liability"] = [
        {"unit": unit.pk, "zh": "制造部", "en": "Manufacturing", "ratio": "100", "loss_cents": 100}
    ]
    row["parts"] = [{"part": "P-1", "zh": "端盖", "en": "Cover"}]
    report.body = {"rows": [row], "carried": []}
    report.save()
    return report


LOOKS = [(1440, "light", "zh-hans"), (1440, "dark", "en"), (390, "light", "zh-hans")]


@pytest.mark.parametrize(("width", "theme", "language"), LOOKS)
def test_the_sheet_keeps_nobody_out(visit, sheet, accessible, width, theme, language):
    look = {"width": width, "theme": theme, "language": language}
    page = visit(f"/reports/{sheet.pk}/", person="pm_group", **look)
    expect(page.locator(".chart svg")).to_have_count(5)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_the_line_keeps_nobody_out(visit, sheet, accessible, width, theme):
    case = sheet.rows[0]["case"]
    page = visit(f"/reports/{sheet.pk}/rows/{case}/", "pm_group", width=width, theme=theme)
    page.locator("summary:has-text('更改责任与比率')").click()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_number_opens_its_lines_and_a_line_its_check(visit, sheet):
    page = visit(f"/reports/{sheet.pk}/", person="pm_group")
    page.locator(".count-table a").first.click()
    expect(page.locator(".report-filter")).to_contain_text("客诉项目")
    page.locator("#cases tbody a").first.click()
    page.fill("#id_measure", "换刀并首检")
    page.select_option("#id_status", "done")
    page.fill("#id_result", "连续三批合格")
    page.click("text=记下检查")
    expect(page.locator("[data-toast]")).to_contain_text("检查已记下")
    assert Report.objects.get(pk=sheet.pk).rows[0]["status"] == "done"
