"""A refusal teaches: what was refused, by which clause, with which numbers, and what to do instead.

A verb refuses inside its own transaction, which is rolled back by then; the journal entry
`<act>.refused` is written afterwards, once the answer stands.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from shouwen.ground.foundation.refusal import Reason, Refused
from shouwen.ground.journal import actions as journal

from .people import AnyRequest, Request

CONFLICT = 409
UNPROCESSABLE = 422
Made = TypeVar("Made", bound=Model)


@dataclass(frozen=True)
class Said:
    """One reason in the reader's language."""

    message: str
    clause: str
    field: str
    instead: str
    numbers: list[tuple[str, Any]]


def say(reason: Reason) -> Said:
    """Translate a reason; numbers that the message does not already tell are listed beside it."""
    message = gettext(reason.message)
    told = message % reason.facts if reason.facts else message
    instead = gettext(reason.instead) if reason.instead else ""
    instead = instead % reason.facts if reason.facts and "%(" in instead else instead
    return Said(told, reason.clause, reason.field, instead, _numbers(reason))


def _numbers(reason: Reason) -> list[tuple[str, Any]]:
    """Facts with a label of their own: `facts={"上限": 3}`; named gaps stay inside the message."""
    return [
        (gettext(name), value)
        for name, value in reason.facts.items()
        if f"%({name})" not in reason.message and not name.isascii()
    ]


def answer(request: AnyRequest, refused: Refused) -> HttpResponse:
    """The page or, for htmx, the fragment that explains a refusal."""
    keep(request, refused)
    status = UNPROCESSABLE if any(reason.field for reason in refused.reasons) else CONFLICT
    context: dict[str, Any] = {"reasons": [say(reason) for reason in refused.reasons]}
    if request.htmx:
        response = render(request, "web/_refusal.html", context, status=status)
        response["HX-Retarget"] = "#refusals"
        response["HX-Reswap"] = "innerHTML"
        return response
    context["back"] = back_of(request)
    return render(request, "web/refused.html", context, status=status)


def back_of(request: HttpRequest) -> str:
    """The page of ours the person came from, or the desk."""
    referer = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/"
    return "/" + referer[len(own) :] if referer.startswith(own) else "/"


def keep(request: HttpRequest, refused: Refused) -> None:
    """Remember a refusal that a view shows by itself, so that it is journalled too."""
    request.__dict__.setdefault("refused", []).append(refused)


@contextmanager
def at_fields(request: HttpRequest, form: BaseForm) -> Iterator[None]:
    """Show a refusal at the fields it names: `with at_fields(request, form): verb(); return …`."""
    try:
        yield
    except Refused as refused:
        keep(request, refused)
        add_reasons(form, refused)


def carried_out(
    request: Request, form: BaseForm, verb: Callable[..., Made], *on: Any
) -> Made | None:
    """What the verb made of a sound form; None when the page has to be shown again.

    For forms whose fields are the verb's own words: `carried_out(request, DeliveryForm(…), deliver,
    project)` does `deliver(project, delivered_on=…, by=request.person)`. A verb answers with its
    record, which is never false.
    """
    if form.is_valid():
        with at_fields(request, form):
            return verb(*on, **form.cleaned_data, by=request.person)
    return None


def add_reasons(form: BaseForm, refused: Refused) -> None:
    """Put each reason at its field; what names no field of this form goes above all of them."""
    for reason in refused.reasons:
        said = say(reason)
        name = reason.field if reason.field in form.fields else reason.field.split(".")[-1]
        form.add_error(name if name in form.fields else None, _sentence(said))
        if name not in form.fields:
            form.__dict__.setdefault("refusals", []).append(said)


def _sentence(said: Said) -> str:
    clause = f" ({said.clause})" if said.clause else ""
    return f"{said.message}{clause} {said.instead}".strip()


def write_down(request: HttpRequest) -> None:
    """Journal what was refused in this request; called when no transaction is open any more."""
    for refused in request.__dict__.pop("refused", []):
        person = getattr(request, "person", None)
        if person is None or not refused.clauses:
            continue
        subject = getattr(request, "about", None) or person
        journal.record(
            _event(request),
            subject,
            by=person,
            clauses=sorted(refused.clauses),
            path=request.path,
            reasons=[_fact(reason) for reason in refused.reasons],
        )


def _event(request: HttpRequest) -> str:
    """`cases.closure.refused` from the name of the address."""
    match = request.resolver_match
    name = match.view_name if match and match.view_name else "request"
    return f"{name.replace(':', '.')[:52]}.refused"


def _fact(reason: Reason) -> dict[str, Any]:
    return {
        "message": reason.message,
        "clause": reason.clause,
        "field": reason.field,
        "facts": {name: str(value) for name, value in reason.facts.items()},
    }
