"""A request that is sent twice is done once: the act and its key are committed together.

The key is written first, so a second sending, even at the same moment, waits for the first and
gets its answer. The same key with another request is a mistake of the client's and is told so.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse, JsonResponse

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_

from .guarding import ClientRequest
from .models import ApiClient, KeptAnswer
from .problems import Problem

HEADER = "Idempotency-Key"
SHORTEST, LONGEST = 8, 200
Act = Callable[[str], tuple[int, dict[str, Any]]]


class _Repeated(Exception):  # noqa: N818 - only carries us out of a transaction
    """The same key came before."""


def first_answer(request: ClientRequest, act: Act) -> HttpResponse:
    """Run `act(key)`, or give again what was answered to this key."""
    key = _key(request)
    digest = _digest(request)
    try:
        with transaction.atomic():
            row = _claim(request.auth, key, digest)
            row.status, row.answer = act(key)
            row.save(update_fields=["status", "answer"])
    except _Repeated:
        return _again(KeptAnswer.objects.get(client=request.auth, key=key), digest)
    return _said(row)


def _key(request: ClientRequest) -> str:
    key = request.headers.get(HEADER, "").strip()
    if not (SHORTEST <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise Problem(400, "no_key", N_("请用 Idempotency-Key 标明这次请求，8 至 200 个字符"))
    return key


def _digest(request: ClientRequest) -> str:
    line = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(line + request.body).hexdigest()


def _claim(client: ApiClient, key: str, digest: str) -> KeptAnswer:
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(client=client, key=key, digest=digest, at=clock.now())
    except IntegrityError:
        raise _Repeated from None


def _again(row: KeptAnswer, digest: str) -> HttpResponse:
    if row.digest != digest:
        raise Problem(409, "key_used", N_("这个 Idempotency-Key 已用于另一个请求"))
    response = _said(row)
    response["Idempotency-Replayed"] = "true"
    return response


def _said(row: KeptAnswer) -> HttpResponse:
    response = JsonResponse(row.answer, status=row.status)
    response["Cache-Control"] = "no-store"
    return response
