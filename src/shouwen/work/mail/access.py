"""Who works in the mail room, and the only ways from an address to a letter."""

from django.db.models import QuerySet
from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import access as keepers
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit

from .models import Mailbox, Outgoing, RawMail

HANDS = ("customer_service", "service", "gm_office", keepers.KEEPER)
"""Who opens the mail: those who take contacts, and the keeper of the rules."""
ANSWER = ("customer_service", "service", "sales", "gm_office")
"""Who writes to customers."""


def works(person: Person, division: Unit | int) -> bool:
    """Whether somebody opens the mail of a division, or stands in for one who does."""
    return _any(person, HANDS, division)


def may_answer(person: Person, division: Unit | int) -> bool:
    """Whether somebody writes to the customers of a division."""
    return _any(person, ANSWER, division)


def _any(person: Person, roles: tuple[str, ...], division: Unit | int) -> bool:
    now = clock.now()
    return any(org.as_whom(person, role, division, now) is not None for role in roles)


def divisions(person: Person) -> set[int]:
    """Where a person opens the mail."""
    return {pk for pk in org.divisions_visible(person) if works(person, pk)}


def boxes(person: Person) -> QuerySet[Mailbox]:
    """The mailboxes a person may look into."""
    return Mailbox.objects.filter(division_id__in=divisions(person)).select_related("division")


def letters(person: Person) -> QuerySet[RawMail]:
    """What came into them."""
    return RawMail.objects.filter(mailbox__division_id__in=divisions(person))


def outgoing(person: Person) -> QuerySet[Outgoing]:
    """What goes out of them."""
    return Outgoing.objects.filter(mailbox__division_id__in=divisions(person))


def access_box(person: Person, pk: int) -> Mailbox:
    """The mailbox, or 404 outside the person's own mail rooms."""
    found = boxes(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def access_letter(person: Person, pk: int) -> RawMail:
    """The letter, or 404 for whoever does not open that mail."""
    found = letters(person).select_related("mailbox__division", "interaction", "settled_by")
    letter = found.filter(pk=pk).first()
    if letter is None:
        raise Http404
    return letter


def access_outgoing(person: Person, pk: int) -> Outgoing:
    """The letter that goes out, or 404."""
    found = outgoing(person).select_related("mailbox", "interaction").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_hands(by: Person, division: Unit | int) -> None:
    """Refuse whoever does not open the mail of a division."""
    if not works(by, division):
        raise refuse(
            N_("只有客服部、服务部、总经理室和制度管理员可以处理来信"),
            instead=N_("请交由客服人员处理"),
        )


def require_answerer(by: Person, division: Unit | int) -> None:
    """Refuse whoever does not write to customers."""
    if not may_answer(by, division):
        raise refuse(
            N_("只有客服部、服务部、业务部和总经理室可以给客户写信"),
            instead=N_("请把要说的话交给客服人员"),
        )
