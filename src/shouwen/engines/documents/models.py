"""The tables of papers. Verbs are the only writers (see `actions`).

Growth: a complaint has one sheet with some fifteen sections, five copies, a dozen signatures and a
handful of files; the smaller papers have one to three sections.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.policy import queries as policy

from .definitions import CopyDef, FormDef, SectionDef


class Sheet(models.Model):
    """One paper, filled in by the edition of the form it was opened with."""

    class State(models.TextChoices):
        """A draft is being written, an issued paper has its copies out, a void one never counts."""

        DRAFT = "draft", _("填写中")
        ISSUED = "issued", _("已发出")
        VOID = "void", _("作废")

    form = models.CharField(max_length=40)
    regulation = models.CharField(max_length=20)
    edition = models.PositiveIntegerField()
    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField(null=True)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="renewed_by")
    """The paper this one was filed anew for; it stays readable behind it (R4-48)."""
    number = models.CharField(max_length=40, null=True)
    series = models.CharField(max_length=100, blank=True, default="")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    numbered_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["matter_kind", "matter_id", "id"], name="sheet_matter"),
            models.Index(fields=["division", "form", "-id"], name="sheet_form"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=Q(number__isnull=False),
                name="sheet_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(issued_at__isnull=False),
                name="sheet_issued_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | Q(void_at__isnull=False), name="sheet_void_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def definition(self) -> FormDef:
        """The form as its edition has it; published editions never change."""
        found: FormDef = policy.form(self.form, edition=self.edition)
        return found

    @property
    def label(self) -> str:
        """Its number, or the draft id before it has one."""
        return self.number or f"D{self.pk}"

    @property
    def title(self) -> str:
        """The form's title in the reader's language."""
        return str(self.definition.title)


class Section(models.Model):
    """What one post filled in. `version` counts the saves, so that nobody overwrites another's."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="sections")
    key = models.CharField(max_length=40)
    data: Any = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="section_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(signed_by__isnull=False),
                name="section_signed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}.{self.key}"

    @property
    def definition(self) -> SectionDef:
        """The section as its form has it."""
        found = self.sheet.definition.section(self.key)
        assert found is not None
        return found


class Signature(models.Model):
    """Who signed what, when, in whose name, and the digest of the text that was signed.

    `place` is a section of the form, or a place for a signature under the whole paper. When a
    section is opened again its signatures are revoked, never removed.
    """

    class Kind(models.TextChoices):
        """A section, or a place under the paper."""

        SECTION = "section", _("栏目签署")
        PLACE = "place", _("单据签署")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=8, choices=Kind)
    place = models.CharField(max_length=40)
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    for_person = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    opinion = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "kind", "place"],
                condition=Q(revoked_at__isnull=True),
                name="signature_one_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}.{self.place} {self.person_id}"


class Copy(models.Model):
    """One copy (联) in the hands of a unit; with `then_role` it is still to be sent on."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="copies")
    no = models.PositiveSmallIntegerField()
    holder_role = models.CharField(max_length=60)
    then_role = models.CharField(max_length=60, blank=True, default="")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    sent_on_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "no"], name="copy_once")]
        indexes = [
            models.Index(fields=["unit", "-id"], name="copy_archive"),
            models.Index(
                fields=["unit", "id"], condition=Q(received_at__isnull=True), name="copy_queue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} 第{self.no}联"

    @property
    def definition(self) -> CopyDef:
        """The copy as the form has it."""
        return self.sheet.definition.copies[self.no - 1]

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return str(self.definition.title)


class Blob(models.Model):
    """The bytes of a file, kept once however often they are attached."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=100)
    path = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """A file of a matter or of one field of a sheet; reached only by its random `uuid`."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField(null=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="attachments")
    name = models.CharField(max_length=120)
    added_by = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["matter_kind", "matter_id", "id"], name="attachment_matter"),
        ]

    def __str__(self) -> str:
        return self.name


class Serial(models.Model):
    """The last number of a series in a period; its row is the lock of the series."""

    series = models.CharField(max_length=100)
    period = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "period"], name="serial_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.period} {self.last}"


class VoidNumber(models.Model):
    """A number that was given out and then struck: it stays in the register and is never reused."""

    series = models.CharField(max_length=100)
    number = models.CharField(max_length=40)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    division = models.ForeignKey("org.Unit", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="void_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.number}"


class PrintLog(models.Model):
    """Who printed what, when: internal papers leave the screen only under a name (R4-54)."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="prints")
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    by = models.ForeignKey("org.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    pages = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["sheet", "-id"], name="print_of_sheet")]

    def __str__(self) -> str:
        return f"{self.title} {self.at:%Y-%m-%d %H:%M}"
