"""What campaigns and ratings tell of themselves to the engines below."""

from typing import Any

from shouwen.engines.dues import resolvers

from .models import Campaign, Rating


def of_campaign(pk: int) -> dict[str, Any] | None:
    """What the clauses about dues ask of a campaign."""
    row = Campaign.objects.filter(pk=pk).first()
    if row is None:
        return None
    return {
        "division": row.division_id,
        "title": str(row),
        "link": f"/surveys/{row.pk}/",
        "person": row.started_by_id or row.planned_by_id,
    }


def of_rating(pk: int) -> dict[str, Any] | None:
    """The same of a rating."""
    row = Rating.objects.filter(pk=pk).first()
    if row is None:
        return None
    return {
        "division": row.division_id,
        "title": row.about,
        "link": f"/surveys/ratings/{row.pk}/",
        "person": row.person_id,
        "unit": row.unit_id,
    }


resolvers.register("campaign", of_campaign)
resolvers.register("rating", of_rating)
