"""The only lists and counts of the mail room."""

from datetime import datetime

from django.db.models import Count, Model, Q, QuerySet

from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org.models import Person
from shouwen.work.cases.centre import joining
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Channel, Direction, Interaction

from . import access
from .models import Mailbox, Outgoing, RawMail, State


def boxes_with_counts(person: Person) -> list[Mailbox]:
    """The mailboxes in sight with `waiting` and `quarantined` letters; reads partial indexes."""
    boxes = list(access.boxes(person).order_by("division_id", "id"))
    found = RawMail.objects.filter(
        mailbox__in=boxes, state__in=[State.STORED, State.QUARANTINED]
    ).values("mailbox_id")
    counts = found.annotate(
        waiting=Count("pk", filter=Q(state=State.STORED)),
        quarantined=Count("pk", filter=Q(state=State.QUARANTINED)),
    ).order_by()
    by_box = {row["mailbox_id"]: (row["waiting"], row["quarantined"]) for row in counts}
    for box in boxes:
        box.waiting, box.quarantined = by_box.get(box.pk, (0, 0))  # type: ignore[attr-defined]
    return boxes


def letters(person: Person) -> QuerySet[RawMail]:
    """What came in, newest first."""
    return access.letters(person).select_related("mailbox", "interaction").order_by("-id")


def sent(person: Person) -> QuerySet[Outgoing]:
    """What goes out, newest first."""
    found = access.outgoing(person).select_related("mailbox", "interaction__taker")
    return found.order_by("-id")


def raw_of(interaction: Interaction) -> RawMail | None:
    """The letter an interaction was read from."""
    return interaction.raw_mails.filter(state=State.PROCESSED).order_by("id").first()


def outgoing_of(interaction: Interaction) -> QuerySet[Outgoing]:
    """The letters that went out for an interaction: itself, or its receipt."""
    return interaction.outgoing_mails.select_related("mailbox").order_by("id")


def last_letter(matter: Model) -> Interaction | None:
    """The newest letter of the customer in a matter, or in one that goes on in it."""
    merged = joining.taken_in(matter.pk) if isinstance(matter, Case) else []
    found = Interaction.objects.filter(
        matter_kind=kind_of(matter), matter_id__in=[matter.pk, *merged], channel=Channel.MAIL,
        direction=Direction.IN,
    ).exclude(text__email="")  # fmt: skip
    return found.select_related("text", "customer", "division").order_by("-id").first()


def reply_to(interaction: Interaction) -> str:
    """Where an answer goes: where the letter asks for, else whence it came."""
    asked = interaction.text.more.get("reply_to", "")
    return str(asked or interaction.text.email)


def references_of(interaction: Interaction) -> list[str]:
    """The names of the letters of a thread before this one, oldest first."""
    names: list[str] = []
    raw = raw_of(interaction)
    if raw is not None and raw.follows_id:
        names += RawMail.objects.filter(interaction_id=raw.follows_id).values_list(
            "message_id", flat=True
        )
        names += Outgoing.objects.filter(interaction_id=raw.follows_id).values_list(
            "message_id", flat=True
        )
    return [name for name in names if name]


def quarantined() -> QuerySet[RawMail]:
    """Everything that was put aside, for the doctor."""
    return RawMail.objects.filter(state=State.QUARANTINED)


def given_up_since(moment: datetime) -> QuerySet[Outgoing]:
    """Letters to customers that did not arrive, for the doctor."""
    return Outgoing.objects.filter(Q(given_up_at__gte=moment) | Q(returned_at__gte=moment))
