"""Who may come in: by token, or by a signature over moment and content. And how often."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyHeader, HttpBearer

from shouwen.engines.limits import actions as limits
from shouwen.engines.limits.rules import Limit
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.foundation.refusal import N_

from . import tokens
from .actions import seen, signing_secret
from .models import ApiClient
from .problems import Problem
from .visitors import address

SKEW = 300
"""Seconds a signed message may be old or early: an older one was recorded and played again."""
GUESSES = Limit("api.guess", 20, timedelta(minutes=10))
MINUTE = timedelta(minutes=1)


class ClientRequest(HttpRequest):
    """A request that came past the door."""

    auth: ApiClient


class ByToken(HttpBearer):
    """`Authorization: Bearer sw_…`, of a client with the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiClient | None:
        """The client of the token; wrong ones are counted by where they come from."""
        held = tokens.read(token)
        client = _client(request, held.prefix if held else "")
        if held is None or client is None or not tokens.same(client.digest, held.digest):
            _wrong(request)
            return None
        return _let_in(request, client, self.scope)


class BySignature(APIKeyHeader):
    """`X-Shouwen-Signature: sha256=…` over `X-Shouwen-Timestamp` and the body.

    `X-Shouwen-Client` is the eight characters after `sw_` of the token.
    """

    param_name = "X-Shouwen-Signature"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, key: str | None) -> ApiClient | None:
        """The client that signed this very message just now."""
        if not key:
            return None
        stamp = request.headers.get("X-Shouwen-Timestamp", "")
        client = _client(request, request.headers.get("X-Shouwen-Client", "")[:8])
        if client is None or not _is_recent(stamp):
            _wrong(request)
            return None
        _require_json(request)
        if not tokens.same(tokens.signature(signing_secret(client), stamp, request.body), key):
            _wrong(request)
            return None
        return _let_in(request, client, self.scope)


def _client(request: HttpRequest, prefix: str) -> ApiClient | None:
    """The client of a prefix, unless too much was guessed from where the request comes.

    One statement answers both. Raises Problem, also for whoever may have found a token meanwhile.
    """
    guesses = limits.window_of(GUESSES, address(request))
    client = _standing.first(prefix, *guesses) if prefix else None
    if client is None or client.guessed:
        _may_try(request)
    return client


@prepared
def _standing(prefix: str, scope: str, who: str, since: datetime, most: int) -> Any:
    found = ApiClient.objects.select_related("division").filter(prefix=prefix, revoked_at=None)
    return found.annotate(guessed=limits.used_up(scope, who, since, most))


def _is_recent(stamp: str) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        return False
    return abs(clock.now().timestamp() - int(stamp)) <= SKEW


def _may_try(request: HttpRequest) -> None:
    guessed = limits.spent(GUESSES, address(request))
    if guessed.is_used_up:
        raise _too_many(guessed.wait(clock.now()))


def _wrong(request: HttpRequest) -> None:
    limits.spend(GUESSES, address(request))


def _let_in(request: HttpRequest, client: ApiClient, scope: str) -> ApiClient:
    now = clock.now()
    rate = Limit("api.client", settings.API_RATE, MINUTE)
    used = limits.spend_in_parts(rate, str(client.pk), at=now)
    if used.is_over:
        raise _too_many(used.wait(now))
    if scope not in client.scopes:
        raise Problem(403, "forbidden", N_("这个令牌没有此项权限"))
    _require_json(request)
    seen(client, now)
    return client


def _require_json(request: HttpRequest) -> None:
    if request.method == "POST" and request.content_type != "application/json":
        raise Problem(415, "wrong_type", N_("请以 application/json 发送"))


def _too_many(wait: int) -> Problem:
    return Problem(429, "too_many", N_("请求过于频繁，请稍后再试"), wait=wait)
