"""Contacts: tell us of one, read one, read a customer's."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from ninja import Router
from pydantic import Field

from shouwen.doors.api.guarding import ByToken, ClientRequest
from shouwen.doors.api.models import ApiClient
from shouwen.doors.api.once import first_answer
from shouwen.doors.api.shapes import ContactIn, ContactOut, ContactPage, CustomerOut, Wrong
from shouwen.doors.web.paging import decode, encode
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.work.customers import phones
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions, queries
from shouwen.work.interactions.models import Interaction

router = Router(tags=["contacts"])
MOST = 100
ERRORS = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429), Wrong)


@router.post(
    "/contacts", auth=ByToken("contacts:write"), response={201: ContactOut, **ERRORS},
    url_name="contacts", summary="Record a contact",
)  # fmt: skip
def create(request: ClientRequest, payload: ContactIn) -> HttpResponse:
    """Record what a customer brought. Needs the header `Idempotency-Key`.

    The same key with the same body gives the first answer; with another body it is refused (409).
    """

    def act(key: str) -> tuple[int, dict[str, object]]:
        row = _recorded(_draft(request.auth, payload, key))
        return 201, told(row, request.auth).model_dump(mode="json")

    return first_answer(request, act)


def _draft(client: ApiClient, payload: ContactIn, key: str) -> actions.Draft:
    return actions.Draft(
        division=client.division, body=payload.body, channel=payload.channel,
        nature=payload.nature, customer=customer_of(client, payload.customer), name=payload.name,
        phone=payload.phone, email=payload.email, subject=payload.subject, wanted=payload.wanted,
        spoken_at=payload.spoken_at, source=client.source,
        external_id=payload.external_id or f"key:{key}", more={"client": client.name},
    )  # fmt: skip


def _recorded(draft: actions.Draft) -> Interaction:
    """Record it; two keys that name one thing at the same moment make one record."""
    try:
        with transaction.atomic():
            return actions.record_interaction(draft, by=None)
    except IntegrityError:
        known = actions.known_as(draft.source, draft.external_id)
        if known is None:
            raise
        return known


def customer_of(client: ApiClient, code: str) -> Customer | None:
    """The customer of a code in the client's division; a code of nobody is refused."""
    if not code:
        return None
    found = Customer.objects.filter(division=client.division, code=code).first()
    if found is None:
        raise refuse(N_("没有这个编号的客户"), field="customer")
    return found


@router.get(
    "/contacts", auth=ByToken("contacts:read"), response={200: ContactPage, **ERRORS},
    url_name="contacts", summary="A customer's contacts",
)  # fmt: skip
def of_customer(
    request: ClientRequest,
    customer: Annotated[str, Field(max_length=40)],
    after: Annotated[str, Field(max_length=60)] = "",
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50,
) -> ContactPage:
    """The contacts of a customer, the newest first; pass `next` as `after` to read on."""
    found = Customer.objects.filter(division=request.auth.division, code=customer).first()
    if found is None:
        raise Http404
    rows = queries.of_customer(found).select_related("customer", "text")
    if (key := _place(after)) is not None:
        rows = rows.filter(pk__lt=key)
    page = list(rows[: limit + 1])
    more = encode([page[limit - 1].pk]) if len(page) > limit else None
    return ContactPage(items=[told(one, request.auth) for one in page[:limit]], next=more)


def _place(after: str) -> int | None:
    if not after:
        return None
    key = decode(after)
    if key is None or len(key) != 1 or not isinstance(key[0], int) or abs(key[0]) >= 2**63:
        raise refuse(N_("翻页标记无效"), field="after")
    return key[0]


@router.get(
    "/contacts/{number}", auth=ByToken("contacts:read"), response={200: ContactOut, **ERRORS},
    url_name="contact", summary="One contact",
)  # fmt: skip
def one(request: ClientRequest, number: str) -> ContactOut:
    """A contact by its number; those of other divisions do not exist here."""
    found = Interaction.objects.filter(division=request.auth.division, number=number[:30])
    row = found.select_related("text", "customer").first()
    if row is None:
        raise Http404
    return told(row, request.auth)


def told(row: Interaction, client: ApiClient) -> ContactOut:
    """A contact as this client may know it."""
    clear = "phones:read" in client.scopes
    mine = row.external_id or ""
    customer = row.customer
    return ContactOut(
        number=row.number, direction=row.direction, channel=row.channel, nature=row.nature,
        at=row.at, recorded_at=row.recorded_at, name=row.text.name,
        phone=row.text.phone if clear else phones.masked(row.text.phone),
        email=row.text.email if clear else masked_email(row.text.email),
        subject=row.text.subject, body=row.text.said, wanted=row.text.wanted,
        customer=CustomerOut(code=customer.code, name=customer.name) if customer else None,
        routed=row.routed_at is not None,
        external_id=mine if row.source == client.source and not mine.startswith("key:") else "",
    )  # fmt: skip


def masked_email(text: str) -> str:
    """`a****@example.com`."""
    name, at, host = text.partition("@")
    return f"{name[:1]}****{at}{host}" if at else ""
