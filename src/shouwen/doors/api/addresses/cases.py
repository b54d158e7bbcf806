"""Cases: a division's, one with its history, those that hold some words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404
from ninja import Router
from pydantic import Field

from shouwen.doors.api.guarding import ByToken, ClientRequest
from shouwen.doors.api.models import ApiClient
from shouwen.doors.api.shapes import (
    CaseFull,
    CaseOut,
    CasePage,
    CustomerOut,
    FactOut,
    HitOut,
    HitPage,
)
from shouwen.doors.web import saying
from shouwen.doors.web.cases.story import detail_of, facts_of
from shouwen.doors.web.paging import beyond as after_key
from shouwen.doors.web.paging import decode, encode
from shouwen.engines.search import queries as search
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.cases import queries
from shouwen.work.cases.models import Case
from shouwen.work.customers import phones

from .contacts import ERRORS, MOST, customer_of

router = Router(tags=["cases"])
LINE = (
    "number", "kind", "category", "title", "severity", "stage", "state", "outcome", "unit_id",
    "first_owner_id", "opened_at", "due_at", "closed_at", "customer__code", "customer__name_zh",
    "customer__name_en",
)  # fmt: skip
"""The columns a line is made of."""


@router.get(
    "/cases", auth=ByToken("cases:read"), response={200: CasePage, **ERRORS},
    url_name="cases", summary="Cases of the division",
)  # fmt: skip
def of_division(
    request: ClientRequest,
    view: Literal["open", "late", "soon", "closed", "all"] = "open",
    kind: Annotated[str, Field(max_length=20)] = "",
    customer: Annotated[str, Field(max_length=40)] = "",
    unit: Annotated[str, Field(max_length=40)] = "",
    after: Annotated[str, Field(max_length=120)] = "",
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50,
) -> CasePage:
    """Open ones by what is due first, the others the newest first; pass `next` as `after`."""
    client = request.auth
    whose = customer_of(client, customer)
    filters = queries.Filters(
        view=view, kind=kind, unit=_unit(unit), customer=whose.pk if whose else None
    )
    now = clock.now()
    order = ("due_at", "id") if filters.by_due else ("-id",)
    wanted = queries.of_division(client.division_id, filters, now)
    key = _key(after, order) if after else []
    page = _page(*wanted.values(), *key, named=tuple(wanted), order=order, beyond=bool(after),
                 limit=limit + 1)  # fmt: skip
    more = _place(page[limit - 1], order) if len(page) > limit else None
    return CasePage(items=[CaseOut(**_line(one, now)) for one in page[:limit]], next=more)


@prepared
def _page(
    *values: Any, named: Sequence[str], order: Sequence[str], beyond: bool, limit: int
) -> QuerySet[Case]:
    """Cases by what is `named`, of which `values` are the first; the rest is where a page ended."""
    found = Case.objects.filter(**dict(zip(named, values, strict=False))).order_by(*order)
    if beyond:
        found = found.filter(after_key(order, values[len(named) :]))
    return found.select_related("customer").only(*LINE)[:limit]


@router.get(
    "/cases/{number}", auth=ByToken("cases:read"), response={200: CaseFull, **ERRORS},
    url_name="case", summary="One case with its history",
)  # fmt: skip
def one(request: ClientRequest, number: str) -> CaseFull:
    """A case by its number; those of other divisions do not exist here."""
    case = _find(request.auth, number)
    clear = "phones:read" in request.auth.scopes
    return CaseFull(
        **_line(case, clock.now()),
        description=case.text.description,
        caller=case.text.caller,
        phone=case.text.phone if clear else phones.masked(case.text.phone),
        history=[_fact(entry) for entry in facts_of(case)],
    )


@router.get(
    "/search", auth=ByToken("cases:read"), response={200: HitPage, **ERRORS},
    url_name="search", summary="Cases that hold all the words",
)  # fmt: skip
def by_words(
    request: ClientRequest,
    q: Annotated[str, Field(min_length=1, max_length=200)],
    after: Annotated[str, Field(max_length=120)] = "",
    limit: Annotated[int, Field(ge=1, le=MOST)] = 25,
) -> HitPage:
    """The newest cases whose number, customer, parts, orders or words hold what is asked for."""
    found = search.find(
        q, kinds=["case"], divisions=[request.auth.division_id], limit=limit + 1,
        before=_hit_place(after) if after else None,
    )  # fmt: skip
    items = []
    for doc in found[:limit]:
        number, _space, title = doc.title.partition(" ")
        items.append(HitOut(number=number, title=title, at=doc.at))
    last = found[limit - 1] if len(found) > limit else None
    return HitPage(items=items, next=encode([last.at.isoformat(), last.pk]) if last else None)


def _find(client: ApiClient, number: str) -> Case:
    draft = number[1:] if number[:1] == "D" else ""
    if draft.isascii() and draft.isdigit() and len(draft) < 19:
        found = _draft.first(client.division_id, int(draft))
    else:
        found = _numbered.first(client.division_id, number[:20])
    if found is None:
        raise Http404
    return found


@prepared
def _numbered(division: int, number: str) -> QuerySet[Case]:
    return _whole(division).filter(number=number)


@prepared
def _draft(division: int, pk: int) -> QuerySet[Case]:
    return _whole(division).filter(pk=pk, number__isnull=True)


def _whole(division: int) -> QuerySet[Case]:
    return Case.objects.filter(division=division).select_related("customer", "text")


def _line(case: Case, now: datetime) -> dict[str, Any]:
    customer = case.customer
    return {
        "number": case.label, "kind": case.kind, "category": case.category, "title": case.title,
        "customer": CustomerOut(code=customer.code, name=customer.name),
        "severity": case.severity, "stage": case.stage, "state": case.state,
        "outcome": case.outcome,
        "unit": org.unit_by_id(case.unit_id).code if case.unit_id else None,
        "owner": org.person(case.first_owner_id).name,
        "opened_at": case.opened_at, "due_at": case.due_at, "closed_at": case.closed_at,
        "late": (case.closed_at or now) >= case.due_at,
    }  # fmt: skip


def _fact(entry: Entry) -> FactOut:
    return FactOut(
        at=entry.at, event=entry.event, words=saying.event_title(entry.event),
        detail=detail_of(entry),
        by=org.person(entry.actor_id).name if entry.actor_id else None,
    )  # fmt: skip


def _unit(code: str) -> int | None:
    if not code:
        return None
    try:
        return org.unit(code).pk
    except Unit.DoesNotExist:
        raise refuse(N_("没有这个编号的单位"), field="unit") from None


def _place(case: Case, order: Sequence[str]) -> str:
    return encode([case.pk] if order == ("-id",) else [case.due_at.isoformat(), case.pk])


def _key(after: str, order: Sequence[str]) -> list[Any]:
    key = decode(after)
    if key is None or len(key) != len(order) or not _is_id(key[-1]) or not _is_moment(*key[:-1]):
        raise refuse(N_("翻页标记无效"), field="after")
    return [*map(datetime.fromisoformat, key[:-1]), key[-1]]


def _hit_place(after: str) -> search.Place:
    key = decode(after)
    if key is None or len(key) != 2 or not _is_id(key[1]) or not _is_moment(key[0]):
        raise refuse(N_("翻页标记无效"), field="after")
    return datetime.fromisoformat(key[0]), key[1]


def _is_id(part: object) -> bool:
    return isinstance(part, int) and abs(part) < 2**63


def _is_moment(*parts: object) -> bool:
    try:
        moments = [datetime.fromisoformat(str(part)) for part in parts]
    except ValueError:
        return False
    return all(moment.tzinfo is not None for moment in moments)
