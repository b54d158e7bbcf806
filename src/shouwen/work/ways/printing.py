"""Labels as sheets to print, eight on a page, and the code that leads to a place."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import segno
from django.conf import settings
from django.utils.translation import gettext

from shouwen.engines.documents.printing import marks
from shouwen.engines.documents.printing.compiling import compiled
from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org.models import Person, Unit

from . import rules
from .actions import require_labeller
from .models import PlaceLabel

ASK = ("有问题？扫一扫，告诉我们", "A problem here? Scan and tell us")
"""Both languages stand on a label: nobody knows who will read it."""


def address(label: PlaceLabel) -> str:
    """Where the code leads: the portal, with division and place filled in."""
    return f"{settings.BASE_URL.rstrip('/')}/portal/at/{label.code}/"


@one_act
def print_labels(
    labels: Sequence[PlaceLabel], *, division: Unit, by: Person, at: datetime | None = None
) -> bytes:
    """The labels as PDF; who printed them is kept."""
    moment = at or clock.now()
    require_labeller(by, division)
    if not labels:
        raise refuse(N_("没有可打印的标签"), instead=N_("请先制作标签"))
    if len(labels) > rules.MOST_LABELS:
        raise refuse(N_("一次最多打印 %(most)s 张标签"), most=rules.MOST_LABELS)
    if any(one.retired_at or one.division_id != division.pk for one in labels):
        raise refuse(N_("停用的标签不能打印"))
    data = {
        "lang": words.language(),
        "ask": ASK[0],
        "ask-below": ASK[1],
        "labels": [_told(one) for one in labels],
        **marks.company(division),
    }
    paper = compiled("labels", data)
    title = gettext(N_("二维码标签 %(count)s 张")) % {"count": len(labels)}
    marks.log(
        paper, "labels", title, event="label.printed", subject=division, matter=division, by=by,
        at=moment,
    )  # fmt: skip
    return paper


def _told(label: PlaceLabel) -> dict[str, str]:
    drawn = BytesIO()
    code = segno.make(address(label), error="m", micro=False)
    code.save(drawn, kind="svg", border=2, dark="#1c1b19")
    below = label.name_en if label.name_en != label.name_zh else ""
    return {
        "qr": drawn.getvalue().decode(), "name": label.name_zh, "below": below, "code": label.code,
    }  # fmt: skip
