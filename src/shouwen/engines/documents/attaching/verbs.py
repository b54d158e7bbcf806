"""Verbs on files: attach, remove. The content is examined before the transaction begins."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction

from shouwen.engines.documents.matters import reference, stand_in
from shouwen.engines.documents.models import Attachment, Blob, Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.models import Person, Unit

from .contents import MOST_BYTES, examine, require_small
from .filenames import safe_name
from .scanning import scan


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its bytes are stored, nothing points at them yet."""

    name: str
    size: int
    mime: str
    sha256: str
    path: str


def attach(
    file: "File[bytes]",  # a generic only for the type checker
    *,
    by: Person | None,
    at: datetime | None = None,
    sheet: Sheet | None = None,
    matter: models.Model | None = None,
    division: Unit | None = None,
) -> Attachment:
    """Keep a file of a sheet, or of a matter in a division; refuses what it should not hold.

    The same bytes are kept once; every attachment has its own random id and name.
    """
    require_small(file.size or 0)
    found = examined(file.name or "", file.read(MOST_BYTES + 1))
    return keep(found, by=by, at=at, sheet=sheet, matter=matter, division=division)


def examined(name: str, content: bytes) -> Examined:
    """Look at a file and store its bytes, outside of any transaction: a scanner takes its time."""
    name = safe_name(name)
    mime = examine(name, content)
    scan(content)
    # Written before the row: a file without a row is found again by its digest and does no harm.
    digest = hashlib.sha256(content).hexdigest()
    return Examined(name, len(content), mime, digest, _written(digest, content))


@one_act
def keep(
    file: Examined,
    *,
    by: Person | None,
    at: datetime | None = None,
    sheet: Sheet | None = None,
    matter: models.Model | None = None,
    division: Unit | None = None,
    uuid: UUID | None = None,
) -> Attachment:
    """Attach what was examined; `uuid` is the id that a page already names it by."""
    blob, _new = Blob.objects.get_or_create(
        sha256=file.sha256, defaults={"size": file.size, "mime": file.mime, "path": file.path}
    )
    place = _place(sheet, matter, division)
    named: dict[str, object] = {"uuid": uuid} if uuid else {}
    return _kept(file.name, blob, by=by, at=at or clock.now(), place={**place, **named})


@one_act
def remove_attachment(
    attachment: Attachment, *, reason: str, by: Person | None, at: datetime | None = None
) -> None:
    """Take a file off; one that stands in a signed section stays (it was signed with it)."""
    at = at or clock.now()
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if attachment.removed_at:
        return
    if attachment.sheet:
        signed = attachment.sheet.sections.filter(signed_at__isnull=False)
        if any(str(attachment.uuid) in str(section.data) for section in signed):
            raise refuse(
                N_("“%(name)s”属于已签署的栏目,不能删除"),
                instead=N_("需要更正时,请由有权的主管退回重签"),
                name=attachment.name,
            )
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])
    _record("attachment.removed", attachment, by=by, at=at, reason=reason)


@one_act
def erase_attachments(attachments: Sequence[Attachment], *, mark: str, at: datetime) -> int:
    """Forget files with their names and bytes: a person asked for it. What a signature covers
    stays, for it was signed with it; bytes that another file shares stay with that one.
    """
    gone = 0
    for attachment in attachments:
        if attachment.sheet_id is not None:
            continue
        Attachment.objects.filter(pk=attachment.pk).update(name=mark, removed_at=at)
        blob, gone = attachment.blob, gone + 1
        if not blob.attachments.filter(removed_at__isnull=True).exists():
            transaction.on_commit(partial(default_storage.delete, blob.path))
    return gone


def _written(digest: str, content: bytes) -> str:
    path = f"attachments/{digest[:2]}/{digest}"
    if not default_storage.exists(path):
        return default_storage.save(path, ContentFile(content))
    return path


def _place(
    sheet: Sheet | None, matter: models.Model | None, division: Unit | None
) -> dict[str, object]:
    if sheet is not None:
        where = {"matter_kind": sheet.matter_kind, "matter_id": sheet.matter_id}
        return {"sheet": sheet, "division_id": sheet.division_id, **where}
    if matter is None or division is None:
        raise ValueError("a file belongs to a sheet, or to a matter of a division")
    return {"division": division, **reference(matter)}


def _kept(
    name: str, blob: Blob, *, by: Person | None, at: datetime, place: dict[str, object]
) -> Attachment:
    attachment = Attachment.objects.create(name=name, blob=blob, added_by=by, added_at=at, **place)
    _record("attachment.added", attachment, by=by, at=at, size=blob.size, sha256=blob.sha256)
    return attachment


def _record(
    event: str, attachment: Attachment, *, by: Person | None, at: datetime, **data: object
) -> None:
    assert attachment.matter_id is not None
    matter = stand_in(attachment.matter_kind, attachment.matter_id)
    facts = {"name": attachment.name, "sheet": attachment.sheet_id, **data}
    journal.record(event, attachment, by=by, at=at, matter=matter, **facts)
