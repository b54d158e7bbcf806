"""What call-backs, samples and projects tell of themselves to the engines below."""

from typing import Any

from shouwen.engines.dues import resolvers

from .models import Callback, Project


def told(pk: int) -> dict[str, Any] | None:
    """What the clauses about dues ask of a call-back."""
    one = Callback.objects.filter(pk=pk).first()
    if one is None:
        return None
    return {
        "division": one.division_id,
        "title": one.title,
        "link": f"/callbacks/{one.pk}/",
        "person": one.person_id,
    }


def told_of_project(pk: int) -> dict[str, Any] | None:
    """What the clauses about dues ask of a project."""
    one = Project.objects.filter(pk=pk).first()
    if one is None:
        return None
    return {
        "division": one.division_id,
        "title": one.name,
        "link": f"/callbacks/projects/{one.pk}/",
        "person": one.responsible_id,
    }


resolvers.register("callback", told)
resolvers.register("project", told_of_project)
