"""What call-backs, samples and projects tell of themselves to the engines below."""

from typing import Any

from shouwen.engines.dues import resolvers

from .models import Callback, Project


def told(one: Callback) -> dict[str, Any]:
    """What the clauses about dues ask of a call-back."""
    return {
        "division": one.division_id,
        "title": one.title,
        "link": f"/callbacks/{one.pk}/",
        "person": one.person_id,
    }


def told_of_project(one: Project) -> dict[str, Any]:
    """What the clauses about dues ask of a project."""
    return {
        "division": one.division_id,
        "title": one.name,
        "link": f"/callbacks/projects/{one.pk}/",
        "person": one.responsible_id,
    }


resolvers.register("callback", Callback.objects, told)
resolvers.register("project", Project.objects, told_of_project)
