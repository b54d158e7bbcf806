"""Questions on paper that somebody outside answers by hand: boxes to tick, lines to write on.

One paper an addressee, each with its own code and, where there is an address to answer at, a QR
code. Nothing internal enters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext

from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person, Unit

from . import marks
from .compiling import compiled


@dataclass(frozen=True)
class Inquiry:
    """One question: boxes with their words, or no boxes but room to write."""

    text: str
    boxes: Sequence[str] = ()


@dataclass(frozen=True)
class Addressee:
    """Whom a paper is for, the code by which it is found again, where it can be answered."""

    name: str
    code: str
    address: str = ""
    link: str = ""


@one_act
def inquiry(
    title: str,
    inquiries: Sequence[Inquiry],
    addressees: Sequence[Addressee],
    *,
    division: Unit,
    matter: models.Model,
    by: Person,
    at: datetime | None = None,
    opening: str = "",
    closing: str = "",
) -> bytes:
    """The papers as one PDF, in the reader's language; its print is kept in the log."""
    at = at or clock.now()
    data = {
        "lang": words.language(),
        "title": title,
        "opening": opening,
        "closing": closing,
        "scan": gettext(N_("扫码作答")),
        "to": gettext(N_("致")),
        "code-label": gettext(N_("编号")),
        "inquiries": [{"text": one.text, "boxes": list(one.boxes)} for one in inquiries],
        "addressees": [
            {
                "name": one.name,
                "code": one.code,
                "address": one.address,
                "qr": marks.qr_of(one.link) if one.link else "",
            }
            for one in addressees
        ],
        **marks.company(division),
    }
    paper = compiled("inquiry", data)
    marks.log(
        paper, "inquiry", title, event="inquiry.printed", subject=matter, matter=matter, by=by,
        at=at,
    )  # fmt: skip
    return paper
