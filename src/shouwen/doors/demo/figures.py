"""What the demo company set where regulation 4 leaves a figure open; the rest are the examples."""

from typing import Any

FIGURES: dict[str, Any] = {
    "R4-39.authority": [
        {"level": "sales_manager", "method": "any", "region": "domestic", "max_amount": 5000},
        {"level": "sales_manager", "method": "any", "region": "overseas", "max_amount": 3000},
        {"level": "deputy_gm", "method": "any", "region": "any", "max_amount": 50000},
        {"level": "gm", "method": "any", "region": "any", "max_amount": None},
    ],
    "R4-76.tolerance": "5",
}
LATER = {"R4-76.tolerance": "3"}
"""Changed half a year before the demo's day, so that a value with a history can be seen."""

FACTORY_HOURS = {
    str(weekday): [["08:00", "12:00"], ["13:00", "17:00"]] if weekday < 5 else []
    for weekday in range(7)
}

KEY_ACCOUNT = "重点客户"
_INTERVALS = [{"class": KEY_ACCOUNT, "days": 30}, {"class": "default", "days": 90}]
CENTRE: dict[str, Any] = {
    f"{clause}.interval_by_class": _INTERVALS for clause in ("R2-09", "R6-10")
}
"""What the service centre sets otherwise than the examples of the clauses."""
