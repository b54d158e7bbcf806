"""Verbs on mailboxes: open one, alter it, shut it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.access import require_keeper
from shouwen.ground.org.models import Person, Unit

from . import rules
from .models import Mailbox


@dataclass(frozen=True)
class BoxDraft:
    """What is said of a mailbox; its server and password stand in the environment."""

    key: str
    address: str
    sender_name: str = ""
    folder: str = "INBOX"
    answers_per_hour: int = 0
    letters_per_hour: int = 1
    by_plus: bool = False
    active: bool = True


@one_act
def open_box(
    division: Unit, draft: BoxDraft, *, by: Person | None, at: datetime | None = None
) -> Mailbox:
    """Let a division have a mailbox; an address and a key belong to one of them alone."""
    require_keeper(by, division)
    told = _checked(draft)
    try:
        with transaction.atomic():
            box = Mailbox.objects.create(division=division, **told)
    except IntegrityError:
        raise _taken() from None
    record("mailbox.opened", box, by=by, at=at, matter=division, **told)
    return box


@one_act
def alter_box(
    box: Mailbox, draft: BoxDraft, *, by: Person | None, at: datetime | None = None
) -> Mailbox:
    """Change a mailbox; another folder is read from its beginning, and knows what it has read."""
    require_keeper(by, box.division)
    told = _checked(draft)
    kept = Mailbox.objects.select_for_update().get(pk=box.pk)
    changed = {
        key: [getattr(kept, key), new] for key, new in told.items() if getattr(kept, key) != new
    }
    if not changed:
        return kept
    for key, (_before, new) in changed.items():
        setattr(kept, key, new)
    if {"folder", "key"} & set(changed):
        kept.uidvalidity, kept.last_uid = None, 0
    kept.error, kept.failing_since, kept.version = "", None, kept.version + 1
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise _taken() from None
    record("mailbox.altered", kept, by=by, at=at or clock.now(), matter=box.division,
           changed=changed)  # fmt: skip
    return kept


def _checked(draft: BoxDraft) -> dict[str, object]:
    told = asdict(draft)
    told["key"], told["address"] = draft.key.strip().lower(), draft.address.strip().lower()
    told["sender_name"] = " ".join(draft.sender_name.split())[:60]
    told["folder"] = draft.folder.strip() or "INBOX"
    refuse_any(rules.why_not_box(str(told["key"]), str(told["address"]), draft.letters_per_hour))
    return told


def _taken() -> Exception:
    return refuse(N_("这个地址或代号已属于另一个邮箱"), field="address")
