"""What a person answered: when he was called back, and in surveys.

That he was asked, when, by whom and how he marked it stay: they are the company's proof, and sums
hang on them. His words and the number he was rung on go.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shouwen.ground.foundation.refusal import N_
from shouwen.work.callbacks.models import (
    Attempt,
    Callback,
    CallbackCorrection,
    Project,
    Result,
    Suggestion,
)
from shouwen.work.customers.phones import read
from shouwen.work.dossiers.rules import GONE, Who, scrubbed
from shouwen.work.surveys.models import Rating, Recipient, Reply, Response

from . import Row, Source, register

TEXTS = ("opinion", "suggestion", "problem")


def _calls(who: Who) -> list[Callback]:
    """The calls to him: all of a customer, of a contact those that rang his number."""
    found = Callback.objects.filter(customer__in=who.customers).select_related("result")
    return [one for one in found.order_by("pk") if who.whole or _rang(one.phone, who)]


def _rang(phone: str, who: Who) -> bool:
    number = read(phone) if phone else None
    return bool(number and number.key in who.keys)


def _answered(who: Who) -> Iterator[Row]:
    for one in _calls(who):
        result = getattr(one, "result", None)
        told = {name: getattr(result, name) if result else "" for name in ("words", *TEXTS)}
        yield {
            "reason": one.reason, "planned_at": one.planned_at.isoformat(), "state": one.state,
            "done_at": one.done_at.isoformat() if one.done_at else None, "phone": one.phone,
            "satisfied": one.satisfied, "marks": _marked(result), **told,
        }  # fmt: skip


def _marked(result: Result | None) -> str:
    """The marks as one value: `speed 4; manner 5`."""
    marks = result.marks if result else {}
    return "; ".join(f"{item} {mark}" for item, mark in marks.items() if mark is not None)


def _forget_answered(who: Who, at: datetime) -> int:
    ids = [one.pk for one in _calls(who)]
    for result in Result.objects.filter(pk__in=ids):
        texts: dict[str, Any] = {name: GONE for name in TEXTS if getattr(result, name)}
        Result.objects.filter(pk=result.pk).update(words=GONE, **texts)
    CallbackCorrection.objects.filter(result__in=ids, field__in=("words", *TEXTS)).update(
        before="", after="", reason=GONE
    )
    Attempt.objects.filter(callback__in=ids).exclude(note="").update(note="")
    rows = list(Suggestion.objects.filter(callback__in=ids))
    for row in rows:
        row.text = scrubbed(row.text, who)
    Suggestion.objects.bulk_update(rows, ["text"])
    for pk in ids:
        rated = Rating.objects.filter(key__startswith=f"callback:{pk}:").exclude(words="")
        rated.update(words=GONE)
    Callback.objects.filter(pk__in=ids).update(phone="")
    if who.whole:
        Project.objects.filter(customer__in=who.customers).update(phone="")
    return len(ids)


def _asked(who: Who) -> QuerySet[Recipient]:
    found = Recipient.objects.filter(customer__in=who.customers)
    return found if who.whole else found.filter(contact=who.contact)


def _replies(who: Who) -> QuerySet[Reply]:
    return Reply.objects.filter(response__recipient__in=_asked(who).values("pk"))


def _surveyed(who: Who) -> Iterator[Row]:
    found = _replies(who).select_related("response__campaign", "question").order_by("pk")
    for one in found:
        yield {
            "survey": one.response.campaign.number, "at": one.response.at.isoformat(),
            "channel": one.response.channel, "question": one.question.text_zh,
            "mark": one.mark, "choice": one.choice, "text": one.text,
        }  # fmt: skip


def _forget_surveyed(who: Who, at: datetime) -> int:
    asked = _asked(who).update(mail_after=None)
    _replies(who).exclude(text="").update(text=GONE)
    _ratings(who).exclude(words="").update(words=GONE)
    return asked


def _ratings(who: Who) -> QuerySet[Rating]:
    """His marks: of a contact those that came of his own answers."""
    found = Rating.objects.filter(customer__in=who.customers)
    if who.whole:
        return found
    answers = Response.objects.filter(recipient__in=_asked(who).values("pk"))
    return found.filter(key__in=[f"response:{pk}" for pk in answers.values_list("pk", flat=True)])


register(Source("callbacks", N_("回访所答"), _answered, _forget_answered))
register(Source("surveys", N_("满意度调查"), _surveyed, _forget_surveyed))
