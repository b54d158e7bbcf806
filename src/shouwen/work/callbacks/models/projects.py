"""Delivered projects with their call-back files, and the plan of each customer's regular call.

Growth: some hundred projects, one file each; one plan a customer.
"""

from django.db import models
from django.db.models import Q


class CallbackFile(models.Model):
    """A project's call-back file 回访档案: when the first call is due and which period is next."""

    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    first_due_on = models.DateField()
    next_on = models.DateField(null=True)
    """First day of the period whose call is planned next; the sweep reads nothing else."""

    class Meta:
        indexes = [
            models.Index(
                fields=["next_on"], condition=Q(next_on__isnull=False), name="callback_file_next"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_due_on}"


class Project(models.Model):
    """What was built for a customer; once delivered it has its call-back file, always (R5-24)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=60, blank=True, default="")
    responsible = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    delivered_on = models.DateField(null=True)
    file = models.OneToOneField(CallbackFile, models.PROTECT, related_name="project", null=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "customer", "name"], name="project_name_once"
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True, file__isnull=True)
                | Q(delivered_on__isnull=False, file__isnull=False),
                name="project_delivered_has_file",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="project_named"),
        ]
        indexes = [models.Index(fields=["division", "-id"], name="project_newest")]

    def __str__(self) -> str:
        return self.name


class RegularPlan(models.Model):
    """Which class a customer is called in, and from which day his interval counts (R2-09)."""

    customer = models.OneToOneField(
        "customers.Customer", models.PROTECT, primary_key=True, related_name="callback_plan"
    )
    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    group = models.CharField(max_length=30)
    """A class of the company's table."""
    counted_from = models.DateField()
    """The last call-back that reached him, or the day the plan began."""
    last_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["division", "group", "counted_from"], name="regular_plan_due")
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.group}"
