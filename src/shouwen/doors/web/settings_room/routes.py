from typing import Any

from shouwen.doors.web.access import Route
from shouwen.ground.org.models import Adoption, Substitution


def _unit(cast: Any) -> dict[str, Any]:
    return {"code": cast.units["sales"].code}


def _person(cast: Any) -> dict[str, Any]:
    return {"pk": cast.sales.pk}


def _post(cast: Any) -> dict[str, Any]:
    return {"pk": cast.sales.pk, "held": cast.sales.appointments.get().pk}


def _absence(cast: Any) -> dict[str, Any]:
    from datetime import timedelta

    from shouwen.ground.foundation import clock
    from shouwen.ground.org import actions as org

    now = clock.now()
    made: Substitution = org.substitute_while_away(
        cast.sales, cast.sales_manager, since=now, until=now + timedelta(days=1), reason="出差"
    )
    return {"pk": cast.sales.pk, "absence": made.pk}


def _adoption(cast: Any) -> dict[str, Any]:
    from shouwen.ground.org import actions as org

    made: Adoption = org.adopt_regulation(cast.division, "R4", 1)
    return {"pk": made.pk}


def _value(cast: Any) -> dict[str, Any]:
    return {"key": "R4-76.tolerance"}


def _kept(name: str, **more: Any) -> Route:
    """A page for those who keep the rules, and whoever else is named."""
    return Route(name, **{"everyone": 403, "keeper": 200, "office_manager": 200, **more})


ABOVE = {"sales": 200, "sales_manager": 200, "deputy_gm": 200, "gm": 200}

ROUTES = [
    Route("settings:home", everyone=302),
    Route("settings:organisation"),
    Route("settings:unit", args=_unit, outsider=404),
    _kept("settings:unit_below", args=_unit, outsider=404),
    _kept("settings:unit_duties", args=_unit, outsider=404),
    _kept("settings:unit_change", args=_unit, outsider=404),
    _kept("settings:unit_move", args=_unit, outsider=404),
    _kept("settings:unit_closure", args=_unit, outsider=404),
    _kept("settings:post_new", args=_unit, outsider=404),
    _kept("settings:hire"),
    Route("settings:person", args=_person, outsider=404),
    _kept("settings:person_change", args=_person, outsider=404, sales=200),
    _kept("settings:appointment", args=_person, outsider=404),
    _kept("settings:appointment_end", args=_post, outsider=404),
    _kept("settings:absence", args=_person, outsider=404, **ABOVE),
    Route("settings:absence_end", args=_absence, everyone=404),
    _kept("settings:departure", args=_person, outsider=404),
    _kept("settings:password", args=_person, outsider=404),
    Route("settings:calendar", everyone=302),
    _kept("settings:hours"),
    _kept("settings:quiet"),
    Route("settings:year", args=lambda _: {"year": 2026}),
    _kept("settings:year_list", args=lambda _: {"year": 2027}),
    _kept("settings:day", args=lambda _: {"day": "2026-02-14"}),
    Route("settings:values"),
    Route("settings:value", args=_value),
    Route(
        "settings:value", "POST", args=_value, data=lambda _: {"value": "x"}, everyone=403,
        keeper=422, office_manager=422,
    ),
    Route("settings:adoptions"),
    _kept("settings:adoption_new"),
    _kept("settings:adoption_end", args=_adoption, outsider=404),
]  # fmt: skip
