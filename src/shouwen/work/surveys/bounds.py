"""What the clauses and the company say of surveys, asked on the day of an act."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.ground.foundation.words import Words
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Unit
from shouwen.ground.policy.shapes import Clause

FORM = "satisfaction_survey"
RATED = "satisfaction.rated"
CHANNELS = {
    "telephone": _("电话"),
    "letter": _("信函"),
    "on_site": _("现场"),
    "fax": _("传真"),
    "email": _("电子邮件"),
}
"""The words for what the clause calls its channels; which of them there are, the clause says."""
AREAS = {
    "installation": _("安装技术"),
    "operation": _("系统运行"),
    "implementation": _("工程实施"),
    "after_sales": _("售后服务"),
    "training": _("客户培训"),
}
"""The same for the areas."""


@dataclass(frozen=True)
class Area:
    """What a question may be about; `asked_by` is the clause that wants it asked, if one does."""

    key: str
    label: str
    asked_by: str = ""


def channel_name(key: str) -> str:
    """A channel in the reader's language."""
    return str(CHANNELS.get(key, key))


def channels(division: Unit | int, at: datetime) -> tuple[str, ...]:
    """By which ways a division may ask (R5-44); every known one where no clause binds it."""
    clause = channel_clause(division, at)
    named = tuple(getattr(clause.spec, "channels", ())) if clause else ()
    return named or tuple(CHANNELS)


def channel_clause(division: Unit | int, at: datetime) -> Clause | None:
    """The clause that names the channels."""
    return ruling.clause("document", division, at, form=FORM)


def area_clause(division: Unit | int, at: datetime) -> Clause | None:
    """The clause that names the areas."""
    return ruling.clause("checklist", division, at, form=FORM)


def areas(division: Unit | int, at: datetime) -> list[Area]:
    """The areas of the clause (R5-45), then those that the company added."""
    clause = area_clause(division, at)
    named = clause.spec.items if clause else tuple(AREAS)
    found = [Area(key, str(AREAS.get(key, key)), clause.id if clause else "") for key in named]
    if clause is None:
        return found
    more: list[dict[str, Any]] = values.find(f"{clause.id}.more_areas", division, at) or []
    added = [
        Area(row["key"], str(Words(zh=row["zh"], en=row["en"] or row["zh"])))
        for row in more
        if row["key"] not in named
    ]
    return found + added


def area_names(division: Unit | int, at: datetime) -> dict[str, str]:
    """What the areas are called; one that is asked no more keeps its bare key."""
    return {area.key: area.label for area in areas(division, at)}


def problem_clause(division: Unit | int, at: datetime) -> Clause | None:
    """The clause by which a low area becomes somebody's task (R5-46)."""
    return ruling.clause("quota", division, at, of=RATED, per="campaign")


@dataclass(frozen=True)
class Improving:
    """By which clause, below which average, on whose desk, for how long."""

    clause: str
    threshold: Decimal
    owner: str
    days: int


def improving(division: Unit, at: datetime) -> Improving | None:
    """What the company set; refuses while it set nothing, None where no clause asks for it."""
    clause = problem_clause(division, at)
    if clause is None:
        return None
    threshold, owner, days = (
        values.get(f"{clause.id}.{name}", division, at) for name in ("threshold", "owner", "days")
    )
    return Improving(clause.id, threshold, owner, days)


def person_clause(division: Unit | int, at: datetime) -> Clause | None:
    """The clause by which a low mark is followed up by the superior (R7-71)."""
    return ruling.clause("quota", division, at, of=RATED, by="person")


def unit_clauses(division: Unit | int, at: datetime) -> list[Clause]:
    """The clauses that set the month's targets of departments (R2-18, R6-19)."""
    return ruling.clauses("quota", division, at, of=RATED, per="month", by="")


def of_company(clause: Clause | None, name: str, division: Unit | int, at: datetime) -> Any:
    """A figure that a clause leaves open, None while the company has set none."""
    return values.find(f"{clause.id}.{name}", division, at) if clause else None


MARKS = {
    1: _("很不满意"),
    2: _("不满意"),
    3: pgettext_lazy("mark", "一般"),
    4: _("满意"),
    5: _("很满意"),
}
"""What a mark means."""
