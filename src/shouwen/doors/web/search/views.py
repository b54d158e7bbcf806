import re
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render

from shouwen.doors.web import links, paging
from shouwen.doors.web.customers import showing
from shouwen.doors.web.people import Request
from shouwen.engines.search import queries as search
from shouwen.engines.search import rules
from shouwen.engines.search.models import SearchDoc
from shouwen.ground.org import queries as org

SIZE = 25
_LONG_NUMBER = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class Hit:
    """One record that was found."""

    doc: SearchDoc
    kind: links.Kind
    url: str
    pieces: list[tuple[str, bool]]


def results(request: Request) -> HttpResponse:
    """What holds all the words, newest first; an exact number leads straight to its record."""
    words = request.GET.get("q", "").strip()[:200]
    wanted = request.GET.get("kind", "")
    before = _place(request.GET.get("before", ""))
    found = search.find(
        words,
        kinds=[wanted] if wanted else None,
        divisions=org.divisions_visible(request.person),
        limit=SIZE + 1,
        before=before,
    )
    hits = [_hit(doc, words) for doc in found[:SIZE]]
    if len(found) == 1 and not before and _is_its_number(hits[0], words):
        return redirect(hits[0].url)
    more = found[SIZE - 1] if len(found) > SIZE else None
    context = {
        "words": words, "hits": hits, "wanted": wanted, "kinds": links.kinds(),
        "older": paging.encode([more.at.isoformat(), more.pk]) if more else "",
        "waiting": search.waiting()[0] if words and not hits else 0,
        "callers": [] if wanted or before else showing.callers(request.person, words),
    }  # fmt: skip
    return render(request, "search/results.html", context)


def _hit(doc: SearchDoc, words: str) -> Hit:
    text = _LONG_NUMBER.sub(_masked, doc.body)
    return Hit(
        doc,
        links.kind(doc.kind),
        links.url(doc.kind, doc.object_id),
        rules.excerpt(text, words, width=120),
    )


def _masked(number: re.Match[str]) -> str:
    """A telephone number is found whole and shown in part, as everywhere."""
    digits = number[0]
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}" if len(digits) > 7 else digits


def _is_its_number(hit: Hit, words: str) -> bool:
    first = hit.doc.title.split()[0] if hit.doc.title.split() else ""
    return bool(hit.url) and any(sign.isdigit() for sign in words) and first == words


def _place(word: str) -> search.Place | None:
    key = paging.decode(word)
    try:
        return (datetime.fromisoformat(key[0]), int(key[1])) if key and len(key) == 2 else None
    except (TypeError, ValueError):
        return None
