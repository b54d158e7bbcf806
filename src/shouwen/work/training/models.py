"""Plans, sessions, attendance, skills. Growth: some hundred rows a year in a division."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Plan(models.Model):
    """What a department wants to train in a year, and what it wants to reach (R2-22)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    sessions_target = models.PositiveSmallIntegerField()
    attendance_target = models.PositiveSmallIntegerField()
    """Percent of those invited who come."""
    drafted_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="training_plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(attendance_target__lte=100), name="training_attendance_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Session(models.Model):
    """One training: planned for a day, held on a day."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sessions")
    topic = models.CharField(max_length=120)
    planned_on = models.DateField()
    held_on = models.DateField(null=True)
    result = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | ~Q(result=""), name="training_held_has_result"
            )
        ]

    def __str__(self) -> str:
        return self.topic


class Attendance(models.Model):
    """Whether somebody who was invited came, and passed."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    came = models.BooleanField()
    passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(came=True) | Q(passed__isnull=True), name="attendance_absent_no_test"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"


class Skill(models.Model):
    """What somebody was tested in, how well, and until when that holds (R7-02, R7-68)."""

    class Level(models.TextChoices):
        """How well it was passed."""

        QUALIFIED = "qualified", pgettext_lazy("level", "合格")
        SKILLED = "skilled", _("熟练")
        EXPERT = "expert", _("精通")

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.QUALIFIED)
    passed_on = models.DateField()
    expires_on = models.DateField()
    tested_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    retest_asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="skill_once_a_person"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("passed_on")), name="skill_expires_later"
            ),
            models.CheckConstraint(
                condition=~Q(tested_by=F("person")), name="skill_tested_by_another"
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"],
                condition=Q(retest_asked_at__isnull=True),
                name="skill_to_retest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.name}"
