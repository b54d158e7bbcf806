"""What answers come to: by area, channel, customer, question, and from campaign to campaign."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from shouwen.work.customers.models import Customer

from . import rules
from .models import AreaResult, Campaign, Reply

TREND = 12
"""So many campaigns back goes a trend."""


@dataclass(frozen=True)
class Tally:
    """One line of a statistic: how many answered, how many marks they gave, their mean."""

    key: str
    responses: int
    marks: int
    total: int

    @property
    def average(self) -> Decimal | None:
        """The mean of the marks."""
        return rules.average(self.total, self.marks)


def marks_of(campaign: Campaign) -> QuerySet[Reply]:
    """Every mark of a campaign that counts."""
    return Reply.objects.filter(
        response__campaign=campaign, response__replaced_by__isnull=True, mark__isnull=False
    )


def _tallies(marks: QuerySet[Reply], column: str) -> list[Tally]:
    found = marks.order_by().values_list(column).annotate(
        responses=Count("response", distinct=True), marks=Count("pk"), total=Sum("mark")
    )  # fmt: skip
    return [Tally(str(key), *rest) for key, *rest in found]


def by_area(campaign: Campaign) -> list[Tally]:
    """Area by area, the worst first."""
    return sorted(_tallies(marks_of(campaign), "question__area"), key=_worst_first)


def by_channel(campaign: Campaign) -> list[Tally]:
    """Channel by channel."""
    return sorted(_tallies(marks_of(campaign), "response__channel"), key=lambda one: one.key)


def by_question(campaign: Campaign) -> dict[int, Tally]:
    """Question by question."""
    return {int(one.key): one for one in _tallies(marks_of(campaign), "question")}


def by_customer(campaign: Campaign) -> list[tuple[Customer, Tally]]:
    """Customer by customer, the worst first; two statements."""
    found = sorted(_tallies(marks_of(campaign), "response__customer"), key=_worst_first)
    names = Customer.objects.in_bulk([int(one.key) for one in found])
    return [(names[int(one.key)], one) for one in found]


def by_area_and_channel(campaign: Campaign) -> dict[tuple[str, str], Tally]:
    """The cells of the table of areas and channels."""
    found = marks_of(campaign).order_by().values_list("question__area", "response__channel")
    counted = found.annotate(
        responses=Count("response", distinct=True), marks=Count("pk"), total=Sum("mark")
    )
    return {(area, channel): Tally(area, *rest) for area, channel, *rest in counted}


def choices(campaign: Campaign) -> dict[int, dict[int, int]]:
    """How often each option of each choice was taken."""
    found = Reply.objects.filter(
        response__campaign=campaign, response__replaced_by__isnull=True, choice__isnull=False
    )
    counted = found.order_by().values_list("question", "choice").annotate(n=Count("pk"))
    taken: dict[int, dict[int, int]] = {}
    for question, choice, count in counted:
        taken.setdefault(question, {})[choice] = count
    return taken


def words(campaign: Campaign, limit: int = 200) -> QuerySet[Reply]:
    """What customers wrote, the newest first."""
    found = Reply.objects.filter(
        response__campaign=campaign, response__replaced_by__isnull=True
    ).exclude(text="")
    return found.select_related("response__customer", "question").order_by("-id")[:limit]


@dataclass(frozen=True)
class Step:
    """One campaign of a trend: its averages by area, and over all."""

    campaign: Campaign
    areas: dict[str, Tally]
    whole: Tally


def trend(campaign: Campaign) -> list[Step]:
    """The started campaigns of the division up to this one, the oldest first; two statements."""
    started = Campaign.objects.filter(
        division=campaign.division_id, started_at__isnull=False, pk__lte=campaign.pk
    )
    rows = list(started.order_by("-pk")[:TREND])[::-1]
    found = Reply.objects.filter(
        response__campaign__in=rows, response__replaced_by__isnull=True, mark__isnull=False
    ).order_by()
    counted = found.values_list("response__campaign", "question__area").annotate(
        responses=Count("response", distinct=True), marks=Count("pk"), total=Sum("mark")
    )
    cells: dict[int, dict[str, Tally]] = {}
    for pk, area, *rest in counted:
        cells.setdefault(pk, {})[area] = Tally(area, *rest)
    return [Step(row, cells.get(row.pk, {}), _sum(cells.get(row.pk, {}).values())) for row in rows]


def _sum(tallies: Iterable[Tally]) -> Tally:
    many = list(tallies)
    return Tally(
        "",
        max((one.responses for one in many), default=0),
        sum(one.marks for one in many),
        sum(one.total for one in many),
    )


def _worst_first(one: Tally) -> tuple[Decimal, str]:
    return one.average or Decimal(0), one.key


def settle(campaign: Campaign, threshold: Decimal | None) -> list[AreaResult]:
    """Write down what a campaign came to as it is closed; gives the areas below the threshold."""
    results = [
        AreaResult(
            campaign=campaign, area=one.key, marks=one.marks, total=one.total,
            low=threshold is not None and rules.is_low(one.total, one.marks, threshold),
        )
        for one in by_area(campaign)
    ]  # fmt: skip
    results += [
        AreaResult(campaign=campaign, area=area, channel=channel, marks=one.marks, total=one.total)
        for (area, channel), one in sorted(by_area_and_channel(campaign).items())
    ]
    AreaResult.objects.bulk_create(results)
    return list(AreaResult.objects.filter(campaign=campaign, low=True).order_by("area"))
