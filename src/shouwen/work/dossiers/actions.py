"""The two rights of a person (PIPL 45, 47): a copy of what is held, and to be forgotten."""

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import Reason, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.models import Person
from shouwen.work.customers.models import Contact, Customer
from shouwen.work.customers.workbooks import Sheet, workbook

from . import access, queries, rules
from .models import Erasure
from .rules import Who
from .sources import sources
from .sources.contacts import files_of

MOST_BYTES = 200 * 1024 * 1024
"""Of files in one copy; what is more is named and left out."""


@one_act
def export_person(
    record: Customer | Contact, *, reason: str, by: Person, at: datetime | None = None
) -> bytes:
    """Everything held about a person as a zip: JSON for machines, a workbook, the files.

    Who took it out, of whom and why is journalled.
    """
    at = at or clock.now()
    customer = record.customer if isinstance(record, Contact) else record
    access.require_exporter(by, customer.division_id)
    refuse_any(_why_not(reason))
    who = queries.who_is(record)
    found = {source.key: list(source.collect(who)) for source in sources()}
    journal.record(
        "person.exported", record, by=by, at=at, matter=customer, reason=reason.strip(),
        counts={key: len(rows) for key, rows in found.items()},
    )  # fmt: skip
    return _zipped(found, who, customer, at)


def _why_not(reason: str) -> list[Reason]:
    return [one for one in rules.why_not_erased(reason, "", "", 0) if one.field == "reason"]


def _zipped(found: dict[str, list[Any]], who: Who, customer: Customer, at: datetime) -> bytes:
    told = {"customer": customer.code, "made_at": at.isoformat(), "records": found}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2))
        box.writestr("data.xlsx", workbook(*_sheets(found)))
        left = MOST_BYTES
        for number, file in enumerate(files_of(who), start=1):
            if (left := left - file.blob.size) < 0:
                break
            with default_storage.open(file.blob.path) as source:
                box.writestr(f"files/{number:03}-{file.name}", source.read())
    return buffer.getvalue()


def _sheets(found: dict[str, list[Any]]) -> list[Sheet]:
    titles = {source.key: gettext(source.title) for source in sources()}
    made = []
    for key, rows in found.items():
        headings = list(dict.fromkeys(name for row in rows for name in row))
        lines = [[row.get(name, "") for name in headings] for row in rows]
        made.append(Sheet(titles[key], headings or ["—"], lines))
    return made


@one_act
def erase_person(
    record: Customer | Contact, *, reason: str, code: str, by: Person, at: datetime | None = None
) -> Erasure:
    """Replace names, numbers, e-mails and words of a person wherever the product keeps them.

    `code` is the customer's number, typed to confirm. Sums, quantities, dates, signed papers and
    that a contact took place stay: they are the company's books and proofs. What the sealed journal
    said before is shown without its words from now on (decision 11).
    """
    at = at or clock.now()
    customer = record.customer if isinstance(record, Contact) else record
    access.require_eraser(by, customer.division_id)
    Customer.objects.select_for_update().get(pk=customer.pk)
    who = queries.who_is(record)
    still = queries.open_matters(who) if who.whole else 0
    refuse_any(rules.why_not_erased(reason, code, customer.code, still))
    kept = queries.facts_about(who)
    counts = {source.key: source.erase(who, at) for source in sources()}
    made = Erasure.objects.create(
        division_id=customer.division_id,
        customer=customer,
        contact=record if isinstance(record, Contact) else None,
        reason=rules.scrubbed(reason.strip(), who)[:200],
        by=by,
        at=at,
        counts=counts,
        facts_kept=kept,
    )
    journal.record(
        "person.erased", made, by=by, at=at, matter=customer, counts=counts, facts_kept=kept
    )
    return made
