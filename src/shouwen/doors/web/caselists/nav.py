"""The room of cases; on a customer's page stand his matters, those that are open first."""

from typing import Any

from django.db.models import F
from django.utils.translation import pgettext_lazy

from shouwen.doors.web import shell
from shouwen.doors.web.customers import panels
from shouwen.doors.web.people import Request
from shouwen.ground.foundation.refusal import N_
from shouwen.work.cases import queries
from shouwen.work.customers.models import Customer

from . import tables, words

FEW = 6

shell.room(
    "caselists", pgettext_lazy("room", "案件"), "folders", "caselists:list", 30, quick="c",
    also=("cases", "papers"),
)  # fmt: skip


def _matters(request: Request, customer: Customer) -> dict[str, Any] | None:
    found = queries.of_customer(request.person, customer.pk)
    newest = found.order_by(F("closed_at").desc(nulls_first=True), "-id")
    rows = list(newest[: FEW + 1])
    if not rows:
        return None
    names = dict(words.stages(ended=True))
    shown = [
        (case, tables.address(case), tables.state_of(case), words.stage_of(case, names))
        for case in rows[:FEW]
    ]
    return {"rows": shown, "customer": customer, "more": len(rows) > FEW}


panels.register("cases", N_("往来事项"), "caselists/_of_customer.html", _matters, order=10)
