"""What the charts of a sheet show; the same numbers stand in a table beside each of them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.outcomes.reports import queries
from shouwen.outcomes.reports.models import Report

from . import reading

MOST = 8
"""Bars of one chart; the table beside it has them all."""


@dataclass(frozen=True)
class Chart:
    """One chart: its key, title and numbers, and what the script draws of them."""

    key: str
    title: Any
    counts: list[reading.Count]

    @property
    def script(self) -> str:
        """Under which name the page keeps the numbers for the script."""
        return f"numbers-{self.key}"

    @property
    def drawn(self) -> dict[str, Any]:
        """Names, numbers and addresses of the bars."""
        shown = self.counts[:MOST]
        return {
            "kind": "bars",
            "names": [one.name for one in shown],
            "values": [one.cases for one in shown],
            "urls": [one.url for one in shown],
        }


def of_sheet(report: Report, known: reading.Words) -> list[Chart]:
    """By complaint item, liable unit, product and customer."""
    return [
        Chart(key, reading.DIMENSIONS[key].title, reading.tally(report.rows, key, known))
        for key in reading.CHARTED
    ]


def of_months(report: Report) -> dict[str, Any]:
    """The twelve months up to the sheet's own, counted today."""
    months = queries.trend(report.division_id, report.period)
    lists = reverse("reports:counted", args=["closed"])
    rows = [
        {"month": one, "url": f"{lists}?division={report.division_id}&period={one.period}"}
        for one in months
    ]
    return {
        "rows": rows,
        "drawn": {
            "kind": "months",
            "names": [one.period for one in months],
            "values": [one.cases for one in months],
            "late": [one.late for one in months],
            "losses": [one.loss_cents / 100 for one in months],
            "urls": [row["url"] for row in rows],
            "words": [_("结案件数"), _("其中逾期"), _("损失金额(元)")],
        },
    }
