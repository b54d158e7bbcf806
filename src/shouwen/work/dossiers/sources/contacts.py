"""Interactions and their files; cases that a person called about."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from shouwen.engines.documents.attaching.verbs import erase_attachments
from shouwen.engines.documents.models import Attachment
from shouwen.ground.foundation.refusal import N_
from shouwen.work.cases import erasing as cases
from shouwen.work.cases.models import CaseText
from shouwen.work.customers.phones import read
from shouwen.work.dossiers.rules import GONE, Who, scrubbed
from shouwen.work.interactions import erasing as interactions
from shouwen.work.interactions.models import Interaction

from . import Row, Source, register
from .finding import interactions_of


def _said(who: Who) -> Iterator[Row]:
    for one in interactions_of(who):
        text = one.text
        yield {
            "number": one.number, "at": one.at.isoformat(), "direction": one.direction,
            "channel": one.channel, "name": text.name, "phone": text.phone, "email": text.email,
            "subject": text.subject, "body": text.said, "wanted": text.wanted,
        }  # fmt: skip


def _forget_said(who: Who, at: datetime) -> int:
    ids = list(interactions_of(who).values_list("pk", flat=True))
    return len(interactions.forget(Interaction.objects.filter(pk__in=ids), GONE))


def files_of(who: Who) -> QuerySet[Attachment]:
    """The files of those interactions."""
    ids = interactions_of(who).values("pk")
    found = Attachment.objects.filter(
        matter_kind="interaction", matter_id__in=ids, removed_at__isnull=True
    )
    return found.select_related("blob").order_by("pk")


def _files(who: Who) -> Iterator[Row]:
    for one in files_of(who):
        yield {"name": one.name, "size": one.blob.size, "added_at": one.added_at.isoformat()}


def _forget_files(who: Who, at: datetime) -> int:
    return erase_attachments(list(files_of(who)), mark=GONE, at=at)


def _texts(who: Who) -> Iterator[CaseText]:
    found = CaseText.objects.select_related("case").filter(case__customer__in=who.customers)
    for one in found.order_by("pk"):
        number = read(one.phone) if one.phone else None
        called = one.caller in who.names or bool(number and number.key in who.keys)
        if who.whole or called or scrubbed(one.description, who) != one.description:
            yield one


def _matters(who: Who) -> Iterator[Row]:
    for one in _texts(who):
        case = one.case
        yield {
            "number": case.label, "kind": case.kind, "title": case.title,
            "opened_at": case.opened_at.isoformat(), "state": case.state, "caller": one.caller,
            "phone": one.phone, "description": one.description,
        }  # fmt: skip


def _forget_matters(who: Who, at: datetime) -> int:
    return len(cases.forget(_texts(who), GONE, lambda text: scrubbed(text, who)))


# Files are found by the interactions they belong to, and those by what is forgotten with them.
register(Source("files", N_("文件"), _files, _forget_files))
register(Source("interactions", N_("往来"), _said, _forget_said))
register(Source("cases", N_("事项"), _matters, _forget_matters))
