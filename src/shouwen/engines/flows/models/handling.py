"""What people do around a step or a signature: delegate, copy, urge."""

from django.db import models
from django.db.models import F, Q

from shouwen.ground.org.models import Person

from .rounds import Round, Signing
from .runs import Step
from .subjects import Subject, somebody


class Delegation(models.Model):
    """Somebody is asked to prepare a step or a signature 委派; it comes back with an opinion."""

    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="delegations")
    signing = models.ForeignKey(
        Signing, null=True, on_delete=models.PROTECT, related_name="delegations"
    )
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    opinion = models.CharField(max_length=1000, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = somebody()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step__isnull=True, signing__isnull=False)
                | Q(step__isnull=False, signing__isnull=True),
                name="delegation_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="delegation_to_another"),
            models.UniqueConstraint(
                fields=["step"], condition=Q(returned_at__isnull=True), name="delegation_open_step"
            ),
            models.UniqueConstraint(
                fields=["signing"],
                condition=Q(returned_at__isnull=True),
                name="delegation_open_signing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["taker"], condition=Q(returned_at__isnull=True), name="delegation_taker"
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}"


class CarbonCopy(Subject):
    """Somebody is to know of it 抄送; `read_at` says that he does."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = somebody()
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "person"],
                condition=Q(read_at__isnull=True),
                name="carboncopy_one_unread",
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="carboncopy_person")]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} → {self.person_id}"


class Urge(models.Model):
    """Somebody asked for haste 催办."""

    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="urges")
    round = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="urges")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(step__isnull=True, round__isnull=False)
                | Q(step__isnull=False, round__isnull=True),
                name="urge_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.at}"
