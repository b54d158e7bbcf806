"""What a report tells of itself to the engines below."""

from typing import Any

from shouwen.engines.dues import resolvers

from .models import Report

TITLES = {
    "complaint_statistics": {
        "zh": "{period} 客诉案件统计表",
        "en": "Complaint statistics {period}",
    },
    "collection_bonus": {"zh": "{period} 回收率奖金基数", "en": "Collection bonus base {period}"},
}


def kind_of(key: str) -> str:
    """Which paper it is: the key without the person it is about."""
    return key.partition(":")[0]


def title_of(key: str, period: str) -> dict[str, str]:
    """What the paper of a period is called, in both languages."""
    found = TITLES[kind_of(key)]
    return {language: text.format(period=period) for language, text in found.items()}


def told(report: Report) -> dict[str, Any]:
    """What the clauses about dues ask of a report."""
    return {
        "division": report.division_id,
        "title": title_of(report.key, report.period),
        "link": f"/reports/{report.pk}/",
    }


resolvers.register("report", Report.objects.only("division", "key", "period"), told)
