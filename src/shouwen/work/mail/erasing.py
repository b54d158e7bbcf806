"""Letters forget who wrote them, with their bytes; that one came, when, and its digest stay.

What waits in quarantine is not taken in any more, for nothing of it is left to be taken in; what
has not left yet does not leave.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_

from .models import Outgoing, RawMail, State

FORGOTTEN = N_("寄件人的个人信息已应其要求删除")
UNSETTLED = (State.STORED, State.QUARANTINED)


@one_act
def forget_received(letters: Iterable[RawMail], mark: str, at: datetime) -> int:
    """Replace sender and subject of these, and remove the bytes that no other letter shares."""
    ids = [one.pk for one in letters]
    rows = RawMail.objects.filter(pk__in=ids)
    paths = set(rows.exclude(path="").values_list("path", flat=True))
    rows.filter(state__in=UNSETTLED).update(state=State.IGNORED, reason=FORGOTTEN, settled_at=at)
    rows.update(sender="", sender_name="", subject=mark, message_id="", facts={}, path="")
    shared = RawMail.objects.filter(path__in=paths).values_list("path", flat=True)
    for path in paths - set(shared):
        transaction.on_commit(partial(default_storage.delete, path))
    return len(ids)


def forget_sent(letters: QuerySet[Outgoing], mark: str, at: datetime) -> int:
    """Replace to whom and what was written; that it left stays."""
    letters.filter(sent_at=None, given_up_at=None).update(given_up_at=at, error=mark)
    return letters.update(to=mark, subject=mark, body=mark, references="", returned_why="")
