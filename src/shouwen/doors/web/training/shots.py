"""The pictures of the training room."""

from django.urls import reverse

from shouwen.doors.jobs.pictures import Shot
from shouwen.ground.org.models import Person
from shouwen.work.training.models import Plan, Session


def newest_plan() -> str:
    """The newest plan, or the list while there is none."""
    row = Plan.objects.order_by("-pk").first()
    return reverse("training:plan", args=[row.pk]) if row else reverse("training:list")


def late_session() -> str:
    """A training that is to be entered, or the list."""
    row = Session.objects.filter(held_on=None).order_by("planned_on").first()
    return reverse("training:session", args=[row.pk]) if row else reverse("training:sessions")


def somebody() -> str:
    """The skills of an agent."""
    row = Person.objects.filter(user__username="fuxinyi").first()
    return reverse("training:person", args=[row.pk]) if row else reverse("training:people")


SHOTS = [
    Shot("training-plans", "suqinghe", "/training/"),
    Shot("training-plan", "suqinghe", newest_plan),
    Shot("training-write", "suqinghe", "/training/plans/new/"),
    Shot("training-sessions", "suqinghe", "/training/sessions/"),
    Shot("training-session", "suqinghe", late_session),
    Shot("training-people", "suqinghe", "/training/people/"),
    Shot("training-person", "suqinghe", somebody),
]
