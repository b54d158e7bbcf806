"""What is asked of a run at every step of its course; each is written once."""

from django.db.models import Prefetch, QuerySet

from shouwen.ground.foundation.prepared import prepared

from .models import Delegation, Hold, Round, Run, Signing, Step, Switch


@prepared
def run(kind: str, pk: int) -> QuerySet[Run]:
    """The run of a subject, with its division."""
    return Run.objects.select_related("division").filter(subject_kind=kind, subject_id=pk)


@prepared
def steps(run: int) -> QuerySet[Step]:
    """Every stay so far, oldest first."""
    return Step.objects.filter(run_id=run).order_by("id")


@prepared
def switched(run: int) -> "QuerySet[Switch, str]":
    """The optional stages that were called for."""
    return Switch.objects.filter(run_id=run, on=True).values_list("stage", flat=True)


@prepared
def lent(step: int) -> QuerySet[Delegation]:
    """The delegation of a step that has not come back."""
    return Delegation.objects.filter(step_id=step, returned_at__isnull=True).order_by("id")[:1]


@prepared
def rounds(step: int) -> QuerySet[Round]:
    """Rounds of sign-off at a step, oldest first, with their places."""
    places = Prefetch("signings", Signing.objects.order_by("position", "id"))
    return Round.objects.filter(step_id=step).order_by("id").prefetch_related(places)


@prepared
def held(kind: str, pk: int) -> QuerySet[Hold]:
    """What elsewhere has to happen first, oldest first."""
    found = Hold.objects.filter(subject_kind=kind, subject_id=pk, released_at__isnull=True)
    return found.order_by("id")
