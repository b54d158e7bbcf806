"""What stands around the text of a paper: seals, QR code, who printed it, the log of it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from shouwen.engines.documents.models import Copy, PrintLog, Sheet, Signature
from shouwen.engines.documents.presentation import on_paper
from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.models import Person

INTERNAL = "内部文件 不得外传 internal - not for customers"


def spoken() -> dict[str, str]:
    """The words that the templates themselves put on paper."""
    return {
        "page": gettext(N_("第 {page} 页 共 {pages} 页")),
        "capitals": gettext(N_("大写")),
        "opinion": gettext(N_("签注")),
        "unsigned": gettext(N_("(未签署)")),
        "blank": gettext(N_("(未填写)")),
    }


def seal(name: str) -> dict[str, Any]:
    """A name as a seal: two to four Chinese characters in a square, else the name in a line.

    陈晨 → 陈晨之印, 傅立群 → 傅立群印, 司马相如 stays as it is.
    """
    glyphs = list(name)
    if all("\u4e00" <= glyph <= "\u9fff" for glyph in glyphs) and 2 <= len(glyphs) <= 4:
        return {"chars": (glyphs + {2: ["之", "印"], 3: ["印"], 4: []}[len(glyphs)]), "text": name}
    return {"chars": [], "text": name}


@dataclass(frozen=True)
class Sealed:
    """A signature that stands elsewhere than on a sheet: in a round of sign-off."""

    person: Person
    at: datetime
    for_person: Person | None = None
    opinion: str = ""
    digest: str = ""


def signed(signature: Signature | Sealed | None) -> dict[str, Any] | None:
    """A signature as the templates take it; with the name of the absent one signed for."""
    if signature is None:
        return None
    name = signature.person.name
    if signature.for_person:
        name = gettext(N_("%(who)s 代 %(absent)s")) % {
            "who": name,
            "absent": signature.for_person.name,
        }
    at = signature.at.astimezone(clock.COMPANY_ZONE)
    return {
        "seal": seal(signature.person.name),
        "name": name,
        "date": f"{on_paper(at.date())} {at:%H:%M}",
        "opinion": signature.opinion,
        "digest": f"SHA-256 {signature.digest[:16]}" if signature.digest else "",
    }


def weight(texts: list[str]) -> int:
    """How wide a column wants to be beside others: by its longest text, within bounds."""
    longest = max(len(text) + sum(glyph > "\u2e7f" for glyph in text) for text in texts)
    return min(max(longest, 8), 36)


def qr(sheet: Sheet) -> str:
    """The QR code back to the record, as SVG."""
    return qr_of(f"{settings.BASE_URL.rstrip('/')}/s/{sheet.pk}")


def qr_of(address: str) -> str:
    """An address as QR code, as SVG."""
    found = BytesIO()
    segno.make(address, error="m", micro=False).save(found, kind="svg", border=0, dark="#1c1b19")
    return found.getvalue().decode()


def printed(by: Person | None, at: datetime) -> str:
    """By whom and when, at the foot of every page."""
    when = f"{at.astimezone(clock.COMPANY_ZONE):%Y-%m-%d %H:%M}"
    return gettext(N_("%(who)s 打印于 %(when)s")) % {"who": by.name if by else "—", "when": when}


def company(division: Any) -> dict[str, str]:
    """The letterhead: the name in the reader's language, the other one small below."""
    both = [division.name_zh, division.name_en]
    first, second = reversed(both) if words.language() == "en" and division.name_en else both
    return {"company": first, "company-below": second}


def log(
    paper: bytes,
    template: str,
    title: str,
    *,
    matter: models.Model,
    subject: models.Model,
    event: str,
    by: Person | None,
    at: datetime,
    sheet: Sheet | None = None,
    copy: Copy | None = None,
) -> None:
    """Keep who printed what; the digest tells later whether a paper is that print."""
    digest, pages = hashlib.sha256(paper).hexdigest(), page_count(paper)
    PrintLog.objects.create(
        sheet=sheet, copy=copy, template=template, title=title[:120], by=by, at=at,
        pages=pages, digest=digest,
    )  # fmt: skip
    facts = {"template": template, "title": title, "pages": pages, "digest": digest}
    facts["copy"] = copy.no if copy else None
    journal.record(event, subject, by=by, at=at, matter=matter, **facts)


def page_count(paper: bytes) -> int:
    """How many pages a PDF of ours has."""
    counts = [int(n) for n in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", paper)]
    counts += [int(n) for n in re.findall(rb"/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", paper)]
    return max(counts, default=0)
