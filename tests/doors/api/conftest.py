"""A client system of the factory, and a way to speak to the interface as it does."""

import json
from types import SimpleNamespace

import pytest
from casting import company
from django.test import Client
from keeping import lay

from shouwen.doors.api import tokens
from shouwen.doors.api.actions import SCOPES, create_client
from shouwen.ground.foundation.clock import rehearsal
from shouwen.work.customers.actions import create_contact, create_customer
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft


class Caller:
    """Another system: it holds a token, perhaps a signing secret."""

    def __init__(self, issued):
        self.client, self.issued = Client(), issued

    def post(self, path, body, key="", token=None, **headers):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        if key:
            headers["Idempotency-Key"] = key
        bearer = {"Authorization": f"Bearer {token or self.issued.token}"}
        return self.client.post(
            f"/api/v1/{path}", raw, headers.pop("kind", "application/json"),
            headers=bearer | headers,
        )  # fmt: skip

    def get(self, path, token=None, **query):
        bearer = {"Authorization": f"Bearer {token or self.issued.token}"}
        return self.client.get(f"/api/v1/{path}", query, headers=bearer)

    def signed(self, path, body, moment, secret=None, **headers):
        raw = json.dumps(body).encode()
        stamp = str(int(moment.timestamp()))
        secret = secret or self.issued.signing_secret
        given = {
            "X-Shouwen-Client": self.issued.client.prefix,
            "X-Shouwen-Timestamp": stamp,
            "X-Shouwen-Signature": tokens.signature(secret, stamp, raw),
        }
        return self.client.post(f"/api/v1/{path}", raw, "application/json", headers=given | headers)


@pytest.fixture
def now():
    with rehearsal("2026-03-11 10:00") as time:
        yield time


@pytest.fixture
def cast(db, now, regulations) -> SimpleNamespace:
    """The factory with one customer and his buyer."""
    return lay("the factory with a buyer", _made)


def _made() -> SimpleNamespace:
    made = company()
    draft = CustomerDraft(
        code="DF", name_zh="东方机电", region="domestic", salesperson=made.sales,
        phone="0512-66880000",
    )  # fmt: skip
    made.customer = create_customer(made.division, draft, by=made.sales)
    create_contact(made.customer, ContactDraft(name="王采购", phone="13800138000"), by=made.sales)
    return made


@pytest.fixture
def let_in(cast):
    """`let_in("calls:write")` is a system with just these rights; with none given, with all."""

    def make(*scopes, name="工单系统", division=None):
        rights = scopes or tuple(SCOPES)
        return Caller(create_client(division or cast.division, name, rights, by=None))

    return make


@pytest.fixture
def system(let_in):
    return let_in()
