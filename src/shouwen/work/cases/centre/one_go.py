"""What the company finishes in one go: how often that came off, by first-contact owner (R5-07)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.course import classes
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Interaction


@dataclass(frozen=True)
class Share:
    """What one owner took of such matters, and about how many the customer had to call again."""

    owner: Person
    taken: int
    again: int

    @property
    def rate(self) -> float:
        """How much was finished in one go, in percent to one place."""
        return round(100 * (self.taken - self.again) / self.taken, 1)


def categories(division: int, at: datetime | None = None) -> set[str]:
    """The categories of content that the company's list marks so."""
    rows = classes.rows(division, classes.CATEGORIES, at)
    return {row["code"] for row in rows if row.get("one_go") == "one_go"}


def shares(division: int, first: date, last: date) -> list[Share]:
    """By owner, of the matters opened in these days (inclusive); one statement over that month."""
    called_again = Interaction.objects.filter(
        matter_kind="case", matter_id=OuterRef("pk"), repeated=True
    )
    found = (
        Case.objects.filter(
            division=division, opened_at__gte=clock.local(first),
            opened_at__lt=clock.end_of(last), category__in=categories(division),
        )
        .values("first_owner")
        .annotate(taken=Count("pk"), again=Count("pk", filter=Q(Exists(called_again))))
        .order_by("-taken", "first_owner")
    )  # fmt: skip
    return [Share(org.person(row["first_owner"]), row["taken"], row["again"]) for row in found]
