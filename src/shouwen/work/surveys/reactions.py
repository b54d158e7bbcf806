"""A customer who was called back has rated the service: satisfied or not, item by item (R7-71).

Importing it also makes surveys known to the engines below.
"""

from typing import Any

from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer

from . import bounds, facts, rules  # noqa: F401 - facts registers itself
from .models import Rating
from .rating import rate

CHANNEL = "telephone"


@reacts_to("callback.done")
def rate_by_the_call(entry: Entry, callback: Any) -> None:
    """What was answered in a call-back is a mark about the matter and whoever owns it."""
    if entry.subject_kind == "callback" and entry.data["reached"]:
        _rate(entry, callback, entry.data, None)


@reacts_to("callback.corrected")
def rate_anew(entry: Entry, callback: Any) -> None:
    """A corrected answer is another mark; the wrong one stays and counts no more."""
    before = Rating.objects.filter(
        key__startswith=_key(callback), replaced_by__isnull=True
    ).first()  # fmt: skip
    if before is not None:
        _was, words = entry.data["changed"].get("words", ("", before.words))
        _rate(entry, callback, {**entry.data, **entry.data["stands"], "words": words}, before)


def _key(callback: Any) -> str:
    return f"callback:{callback.pk}:"


def _rate(entry: Entry, callback: Any, told: dict[str, Any], before: Rating | None) -> None:
    clause = bounds.person_clause(callback.division_id, entry.at)
    good, low = (
        bounds.of_company(clause, name, callback.division_id, entry.at)
        for name in ("satisfied_from", "low_mark")
    )
    if good is None or low is None:
        return  # no clause asks, or the company has not said what a mark means
    marks = [mark for mark in told["marks"].values() if mark is not None]
    mark = rules.mark_of_call(told["satisfied"], marks, told["best"], int(good), int(low))
    case = _case(callback)
    rate(
        case or Customer.objects.get(pk=callback.customer_id), mark, told["words"],
        customer=callback.customer, person=case.first_owner if case else None, channel=CHANNEL,
        key=f"{_key(callback)}{entry.pk}", replaces=before,
        by=org.person(entry.actor_id) if entry.actor_id else None, at=entry.at,
    )  # fmt: skip


def _case(callback: Any) -> Case | None:
    """The matter he was called about; the director's sample asks about the service as a whole."""
    if callback.matter_kind != "case" or callback.reason == "sample":
        return None
    return Case.objects.select_related("first_owner").filter(pk=callback.matter_id).first()
