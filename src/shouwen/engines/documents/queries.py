"""Read papers. Costs are those of the sheets asked for, never of all there are."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.org.models import Unit

from . import rules
from .digests import digest_of
from .matters import reference
from .models import Attachment, Copy, Sheet, Signature, VoidNumber

Sections = dict[str, dict[str, Any]]


def sheets_of(matter: Model, form: str | None = None) -> QuerySet[Sheet]:
    """The papers of a matter with sections, signatures and copies, oldest first; 4 queries."""
    found = Sheet.objects.filter(**reference(matter)).order_by("id")
    return with_content(found.filter(form=form) if form else found)


def with_content(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """The same papers with everything a page shows of them."""
    valid = Signature.objects.filter(revoked_at__isnull=True).order_by("at", "id")
    signed = valid.select_related("person", "for_person")
    return sheets.select_related("division", "origin").prefetch_related(
        "sections__saved_by",
        Prefetch("signatures", signed, to_attr="valid_signatures"),
        Prefetch("copies", Copy.objects.select_related("unit", "received_by").order_by("no")),
    )


def with_text(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """The same papers with what stands on them and who signed; 3 queries."""
    valid = Signature.objects.filter(revoked_at__isnull=True).order_by("at", "id")
    signed = valid.select_related("person", "for_person")
    return sheets.prefetch_related(
        "sections", Prefetch("signatures", signed, to_attr="valid_signatures")
    )


def newest(kind: str, pk: int, form: str, *, taken: bool = False) -> Sheet | None:
    """The newest paper of a form that a matter has, its sections at hand, void ones apart.

    Taken, it is as it is now, and other writers of it wait.
    """
    return _newest.first(kind, pk, form, taken=taken)


def standing(pk: int, form: str, *, taken: bool = False) -> Sheet | None:
    """The paper itself, as `newest` gives it; None where it is void, or of another form."""
    return _standing.first(pk, form, taken=taken)


@prepared
def _newest(kind: str, pk: int, form: str, *, taken: bool) -> QuerySet[Sheet]:
    found = _valid(form, taken).filter(matter_kind=kind, matter_id=pk)
    return found.order_by("-id")[:1]


@prepared
def _standing(pk: int, form: str, *, taken: bool) -> QuerySet[Sheet]:
    return _valid(form, taken).filter(pk=pk)


def _valid(form: str, taken: bool) -> QuerySet[Sheet]:
    found = Sheet.objects.filter(form=form).exclude(state=Sheet.State.VOID)
    found = found.prefetch_related("sections")
    return found.select_for_update() if taken else found


def data_of(sheet: Sheet) -> Sections:
    """What stands on a paper, section by section; one query unless it was read already."""
    return {section.key: section.data for section in sheet.sections.all()}


def figure(sheet: Sheet, path: str, default: Any = None) -> Any:
    """One value of a paper: `figure(sheet, "decision.amount")`."""
    section, field = path.split(".")
    return data_of(sheet).get(section, {}).get(field, default)


def data_to_edit(sheet: Sheet, key: str) -> dict[str, Any]:
    """What the form of a section shows: what was saved, or what an untouched one starts with.

    What was only computed is no touch: the presets stand beside it.
    """
    sections, definition = data_of(sheet), sheet.definition.section(key)
    saved = sections.get(key, {})
    if definition is None or not is_untouched(sheet, key):
        return saved
    return {**rules.presets(definition, sections), **saved}


def is_untouched(sheet: Sheet, key: str) -> bool:
    """Whether nothing but computed fields stands in a section."""
    definition = sheet.definition.section(key)
    computed = {field.key for field in definition.fields if field.computed} if definition else set()
    return not data_of(sheet).get(key, {}).keys() - computed


def signatures_of(sheet: Sheet) -> dict[str, Signature]:
    """Valid signatures by section or place; a place and a section never share their key."""
    valid = getattr(sheet, "valid_signatures", None)
    if valid is None:
        valid = sheet.signatures.filter(revoked_at__isnull=True).select_related(
            "person", "for_person"
        )
    return {signature.place: signature for signature in valid}


def signature_holds(signature: Signature) -> bool:
    """Whether the text is still the one that was signed; it is read anew."""
    sheet = signature.sheet
    now = dict(sheet.sections.values_list("key", "data"))
    return signature.digest == digest_of(sheet, signature.kind, signature.place, now)


def archive(*units: Unit) -> QuerySet[Copy]:
    """The copies that some units keep and have received, newest first."""
    return _copies(units).filter(received_at__isnull=False).order_by("-id")


def queue(*units: Unit) -> QuerySet[Copy]:
    """The copies sent to some units and not received yet, oldest first; void papers are out."""
    waiting = _copies(units).filter(received_at__isnull=True)
    return waiting.filter(sheet__state=Sheet.State.ISSUED).order_by("id")


def to_send_on(*units: Unit) -> QuerySet[Copy]:
    """The copies some units hold for others."""
    held = _copies(units).exclude(then_role="").filter(sent_on_at__isnull=True)
    return held.exclude(sheet__state=Sheet.State.VOID).order_by("id")


def void_register(division: Unit) -> QuerySet[VoidNumber]:
    """Every struck number of a division, newest first, with its paper and who struck it."""
    found = VoidNumber.objects.filter(division=division)
    return found.select_related("sheet", "by").order_by("-id")


def attachments_of(matter: Model) -> QuerySet[Attachment]:
    """The files of a matter and of its papers, newest first."""
    found = Attachment.objects.filter(**reference(matter), removed_at__isnull=True)
    return found.select_related("blob", "added_by").order_by("-id")


def attachments(uuids: list[str]) -> list[Attachment]:
    """The files of one field in its order; removed ones are missing."""
    found = Attachment.objects.select_related("blob").filter(
        uuid__in=uuids, removed_at__isnull=True
    )
    by_id = {str(attachment.uuid): attachment for attachment in found}
    return [by_id[uuid] for uuid in uuids if uuid in by_id]


def _copies(units: Iterable[Unit]) -> QuerySet[Copy]:
    held = Copy.objects.filter(unit__in=units)
    return held.select_related("sheet__division", "unit", "received_by")
