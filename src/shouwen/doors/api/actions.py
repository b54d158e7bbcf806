"""The verbs of the interface itself: let a system in, shut it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.crypto import salted_hmac

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org.access import require_keeper
from shouwen.ground.org.models import Person, Unit

from . import tokens
from .models import ApiClient, KeptAnswer

SCOPES = {
    "contacts:write": N_("登记往来"),
    "contacts:read": N_("读取往来"),
    "cases:read": N_("读取案件"),
    "customers:read": N_("按号码查客户"),
    "phones:read": N_("看到完整的号码和邮箱"),
    "calls:write": N_("上报来电"),
}
"""What a client may be allowed, and how it is called."""
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Issued:
    """A new client with what is shown once and never again."""

    client: ApiClient
    token: str
    signing_secret: str


@one_act
def create_client(
    division: Unit,
    name: str,
    scopes: Iterable[str],
    *,
    by: Person | None,
    at: datetime | None = None,
) -> Issued:
    """Let a system in, with just these rights; its token is shown once."""
    moment = at or clock.now()
    require_keeper(by, division)
    wanted = sorted(set(scopes))
    if not name.strip():
        raise refuse(N_("请写明是哪个系统"), field="name")
    if not wanted or set(wanted) - set(SCOPES):
        raise refuse(N_("请选择至少一项权限"), field="scopes")
    if ApiClient.objects.filter(division=division, name=name.strip(), revoked_at=None).exists():
        raise refuse(N_("已有同名的系统"), field="name", instead=N_("请先停用它，或换一个名称"))
    token = tokens.fresh()
    client = ApiClient.objects.create(
        division=division, name=name.strip(), prefix=token.prefix, digest=token.digest,
        scopes=wanted, created_by=by, created_at=moment,
    )  # fmt: skip
    record("apiclient.created", client, by=by, at=moment, matter=division,
           name=client.name, scopes=wanted)  # fmt: skip
    return Issued(client, str(token), signing_secret(client))


@one_act
def revoke_client(client: ApiClient, *, by: Person | None, at: datetime | None = None) -> ApiClient:
    """Shut a system out, from this moment on."""
    moment = at or clock.now()
    require_keeper(by, client.division)
    row = ApiClient.objects.select_for_update().get(pk=client.pk)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = moment, by
        row.save(update_fields=["revoked_at", "revoked_by"])
        record("apiclient.revoked", row, by=by, at=moment, matter=row.division, name=row.name)
    return row


def signing_secret(client: ApiClient) -> str:
    """With what a client signs. It is derived, not kept: who reads the table cannot sign."""
    words = f"{client.pk}.{client.digest}"
    return salted_hmac("shouwen.doors.api.signing", words, algorithm="sha256").hexdigest()


def seen(client: ApiClient, at: datetime) -> None:
    """Note when a client was here last, once a minute at most."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - SEEN_EVERY)
    if client.last_used_at is None or client.last_used_at < at - SEEN_EVERY:
        ApiClient.objects.filter(stale, pk=client.pk).update(last_used_at=at)


def forget(before: datetime) -> int:
    """Drop answers kept for keys that nobody sends again; run by the nightly sweep."""
    return KeptAnswer.objects.filter(at__lt=before).delete()[0]
