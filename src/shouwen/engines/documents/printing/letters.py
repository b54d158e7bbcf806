"""A letter to a customer: only what it is given; nothing is looked up, nothing internal enters."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.utils.translation import gettext

from shouwen.engines.documents.presentation import on_paper
from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person, Unit

from . import marks
from .compiling import compiled


@one_act
def letter(
    *,
    division: Unit,
    to: str,
    paragraphs: Sequence[str],
    matter: models.Model,
    by: Person,
    at: datetime | None = None,
    subject: str = "",
    reference: str = "",
    sender: str = "",
    contact: str = "",
) -> bytes:
    """The letter as PDF, in the reader's language; its print is kept in the log.

    `reference` is the number the customer may quote; `sender` signs below, the division by default.
    """
    at = at or clock.now()
    data = {
        "lang": words.language(),
        "to": to,
        "paragraphs": [text for text in paragraphs if text.strip()],
        "subject": subject,
        "reference": gettext(N_("编号:%(number)s")) % {"number": reference} if reference else "",
        "date": on_paper(clock.day_of(at)),
        # Two lines in Chinese, the first drawn in; a bar parts them in the message.
        "closing": gettext(N_("此致|敬礼!")).split("|"),
        "sender": sender or division.name,
        "contact": contact or division.name,
        **marks.company(division),
    }
    paper = compiled("letter", data)
    title = subject or gettext(N_("致 %(to)s 的函")) % {"to": to}
    marks.log(
        paper, "letter", title, event="letter.printed", subject=matter, matter=matter, by=by, at=at
    )
    return paper
