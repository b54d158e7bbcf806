"""Public holidays: the lists published so far, and an estimate of the years after them. Pure.

The State Council publishes a year's list in the November before; until then the statutory days
are known, but not the bridges and make-up days around them.
"""

from datetime import date, timedelta

from chinese_calendar import constants as published

from shouwen.ground.foundation.refusal import N_

from .worktime import SpecialDay

NAMES = {
    "New Year's Day": N_("元旦"),
    "Spring Festival": N_("春节"),
    "Tomb-sweeping Day": N_("清明节"),
    "Labour Day": N_("劳动节"),
    "Dragon Boat Festival": N_("端午节"),
    "Mid-autumn Festival": N_("中秋节"),
    "National Day": N_("国庆节"),
    "Anti-Fascist 70th Day": N_("抗战胜利纪念日"),
}
FIRST_YEAR = min(published.holidays).year
LAST_YEAR = max(published.holidays).year

# Spring Festival, Tomb-sweeping, Dragon Boat and Mid-autumn follow the moon and the sun.
_MOVING = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
}


def built_in(year: int) -> dict[date, SpecialDay]:
    """The published list of a year as far as it came with the program; empty when it did not."""
    days = {d: SpecialDay(False, NAMES[n]) for d, n in published.holidays.items() if d.year == year}
    for day, name in published.workdays.items():
        if day.year == year:
            days[day] = SpecialDay(True, NAMES[name])
    return days


def estimate(year: int) -> dict[date, SpecialDay]:
    """The statutory days of a year whose list is not out yet; no bridges, no make-up days."""
    fixed = [((1, 1), 1, "元旦"), ((5, 1), 2, "劳动节"), ((10, 1), 3, "国庆节")]
    if moving := _MOVING.get(year):
        spring, tomb, dragon, moon = moving
        fixed += [(tomb, 1, "清明节"), (dragon, 1, "端午节"), (moon, 1, "中秋节")]
        fixed.append((spring, 3, "春节"))
    days = {
        date(year, month, day) + timedelta(days=n): SpecialDay(False, name)
        for (month, day), length, name in fixed
        for n in range(length)
    }
    if moving:  # New Year's Eve has been statutory since 2025
        days[date(year, *moving[0]) - timedelta(days=1)] = SpecialDay(False, "春节")
    return days
