"""Who may answer for a due: the table."""

import pytest

from shouwen.engines.dues import access
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due

MAY = {
    "seller": {"person", "unit", "role"},
    "seller2": {"unit", "role"},
    "sales_head": {"person", "unit", "role"},
    "gm": {"person", "unit", "role", "group"},
    "inspector": set(),
    "bookkeeper": {"group"},
    "stranger": set(),
}


@pytest.mark.parametrize("person", sorted(MAY))
def test_who_may_answer(company, person):
    def put(**owner):
        case = company.case()
        return dues.open_due("x", subject=case, division=company.factory, days=1, **owner)

    opened = {
        "person": put(person=company.seller),
        "unit": put(unit=company.domestic),
        "role": put(role="sales"),
        "group": put(role="accounting"),
    }
    who, at = getattr(company, person), company.now.at
    may = {
        name
        for name, due in opened.items()
        if access.is_owner(who, due, at) or access.is_over(who, due, at)
    }
    assert may == MAY[person] - ({"group"} if person == "gm" else set())


def test_the_gate(company):
    case = company.case()
    due = dues.open_due("x", subject=case, division=company.factory, days=1, role="accounting")
    at = company.now.at
    for person in (company.seller, company.gm, company.bookkeeper):
        assert access.get_due(person, due.pk, at) == due
    for pk, person in ((due.pk, company.stranger), (0, company.gm)):
        with pytest.raises(Due.DoesNotExist):
            access.get_due(person, pk, at)
