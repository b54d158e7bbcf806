"""Which boards hang in public, and what a quarter is called there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shouwen.ground.foundation import clock
from shouwen.work.knowledge import bulletins
from shouwen.work.knowledge.models import Bulletin
from shouwen.work.ways import queries


@dataclass(frozen=True)
class Board:
    """One board as customers see it."""

    row: Bulletin

    @property
    def quarter(self) -> str:
        """`2026 年第 2 季度`."""
        year, _sign, number = self.row.period.partition("-Q")
        return _("%(year)s 年第 %(number)s 季度") % {"year": year, "number": number}


def in_public() -> QuerySet[Bulletin]:
    """The boards of divisions that publish how to reach them, the newest first (R3-31)."""
    reachable = set(queries.published().values_list("division_id", flat=True))
    return bulletins.told_to_customers(reachable)


def hanging(public: QuerySet[Bulletin]) -> list[Board]:
    """What of them hangs today, one board a division."""
    return boards(public.filter(last_day__gte=clock.today()))


def boards(rows: Iterable[Bulletin]) -> list[Board]:
    """Rows as customers see them."""
    return [Board(row) for row in rows]
