"""What campaigns and ratings tell of themselves to the engines below."""

from typing import Any

from shouwen.engines.dues import resolvers

from .models import Campaign, Rating


def of_campaign(row: Campaign) -> dict[str, Any]:
    """What the clauses about dues ask of a campaign."""
    return {
        "division": row.division_id,
        "title": str(row),
        "link": f"/surveys/{row.pk}/",
        "person": row.started_by_id or row.planned_by_id,
    }


def of_rating(row: Rating) -> dict[str, Any]:
    """The same of a rating."""
    return {
        "division": row.division_id,
        "title": row.about,
        "link": f"/surveys/ratings/{row.pk}/",
        "person": row.person_id,
        "unit": row.unit_id,
    }


resolvers.register("campaign", Campaign.objects, of_campaign)
resolvers.register("rating", Rating.objects, of_rating)
