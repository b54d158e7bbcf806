"""The only lists of channels, labels and what was said about one filing."""

from collections.abc import Iterable

from django.db.models import QuerySet

from shouwen.engines.documents.models import Attachment
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.interactions.actions import CALLBACK
from shouwen.work.interactions.models import Channel, Direction, Interaction

from . import continuing
from .models import PlaceLabel, Verdict, Way


def published(divisions: Iterable[int] | None = None) -> QuerySet[Way]:
    """The channels customers may use now, in their order; of all divisions, or of some."""
    found = Way.objects.filter(withdrawn_at__isnull=True).select_related("division")
    if divisions is not None:
        found = found.filter(division_id__in=list(divisions))
    return found.order_by("division_id", "place", "id")


def open_on_the_web() -> list[Unit]:
    """The divisions that take filings from the portal: those that publish the web as a channel."""
    web = set(published().filter(channel=Channel.WEB).values_list("division_id", flat=True))
    return [unit for unit in org.divisions() if unit.pk in web]


def way(pk: int, divisions: Iterable[int]) -> Way | None:
    """A published channel of some divisions."""
    return published(divisions).filter(pk=pk).first()


def label(code: str) -> PlaceLabel | None:
    """The label of a code, in use or retired."""
    return PlaceLabel.objects.select_related("division").filter(code=code).first()


def labels(division: Unit) -> QuerySet[PlaceLabel]:
    """The labels of a division, the newest first."""
    return PlaceLabel.objects.filter(division=division).select_related("division", "made_by")


def followed(number: str, phone_key: str) -> Interaction | None:
    """What a customer brought, by its number and his telephone; the newest where two fit.

    What was added to something else is followed there.
    """
    found = Interaction.objects.filter(
        number=number, direction=Direction.IN, text__phone_key=phone_key, added_to__isnull=True
    )
    return found.select_related("text", "division", "customer").order_by("-id").first()


def told_to_customer(of: Interaction) -> list[Interaction]:
    """What was said to and by the customer about it, oldest first; nothing internal is there.

    Answers are those given here, and those that went out in the matter it became, and in those in
    which that went on.
    """
    added = Interaction.objects.filter(added_to__to=of)
    found = {one.pk: one for one in added.select_related("text", "unit")}
    if matters := continuing.matters_of(of):
        sent = Interaction.objects.filter(
            matter_kind=of.matter_kind, matter_id__in=[pk for _kind, pk in matters],
            direction=Direction.OUT, customer=of.customer, at__gte=of.at,
        ).exclude(source=CALLBACK)  # fmt: skip
        found |= {one.pk: one for one in sent.select_related("text", "unit")}
    return sorted(found.values(), key=lambda one: (one.at, one.pk))


def verdict(of: Interaction) -> Verdict | None:
    """What the customer said last of whether he is satisfied."""
    return Verdict.objects.filter(of=of).order_by("-id").first()


def photos(interactions: Iterable[int]) -> dict[int, list[Attachment]]:
    """The files of some interactions; one statement."""
    found = Attachment.objects.filter(
        matter_kind="interaction", matter_id__in=list(interactions), removed_at__isnull=True
    )
    by_one: dict[int, list[Attachment]] = {}
    for one in found.order_by("added_at", "pk"):
        by_one.setdefault(one.matter_id or 0, []).append(one)
    return by_one
