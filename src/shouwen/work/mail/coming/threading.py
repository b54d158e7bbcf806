"""Which earlier interaction a letter answers, and so which matter it belongs to.

In this order: the signed word, the letters it answers, a number in its subject. A number proves
nothing by itself: only the customer's own people are believed. Whatever is in doubt goes to the
queue of what nobody took on yet, with a note for whoever reads it there.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model, Q

from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Contact, Customer
from shouwen.work.interactions.models import Direction, Interaction
from shouwen.work.mail import rules
from shouwen.work.mail.going import tokens
from shouwen.work.mail.models import Mailbox, Outgoing, RawMail
from shouwen.work.mail.reading import Letter
from shouwen.work.ways import adding, continuing

CLOSED, STRANGER, UNKNOWN, SEVERAL = "closed", "stranger", "unknown_sender", "several_customers"


@dataclass
class Place:
    """Where a letter belongs; `flags` are what people must know who read it."""

    follows: Interaction | None = None
    matter: Model | None = None
    customer: Customer | None = None
    adds_to: Interaction | None = None
    """An earlier contact that is no matter yet: this one goes where that goes."""
    asked: bool = False
    """It answers a letter of ours: the customer did not have to turn to us once more."""
    flags: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    """Numbers that a stranger named."""


def place_of(letter: Letter, box: Mailbox) -> Place:
    """Where a letter belongs."""
    known = customers_of(letter.sender, box.division_id)
    place = Place(customer=known[0] if len(known) == 1 else None)
    if len(known) > 1:
        place.flags.append(SEVERAL)
    _by_token(letter, box, place)
    if place.follows is None:
        _by_reference(letter, box, place, known)
    case = _by_number(letter, box, place, known) if place.follows is None else None
    if place.follows is not None:
        _believe(place, known)
    _find_matter(place, case)
    return place


def customers_of(address: str, division: int) -> list[Customer]:
    """The customers of a division who write from an address, by themselves or by a contact."""
    if not address:
        return []
    by_contact = Contact.objects.filter(email__iexact=address, active=True).values("customer_id")
    found = Customer.objects.filter(division_id=division, active=True)
    return list(found.filter(Q(email__iexact=address) | Q(pk__in=by_contact)).order_by("id")[:5])


def _by_token(letter: Letter, box: Mailbox, place: Place) -> None:
    found = tokens.found_in(" ".join(letter.to), letter.subject, letter.text)
    rows = Interaction.objects.filter(pk__in=found, division_id=box.division_id).in_bulk()
    place.follows = next((rows[pk] for pk in found if pk in rows), None)
    place.asked = place.follows is not None


def _by_reference(letter: Letter, box: Mailbox, place: Place, known: list[Customer]) -> None:
    """Names of ours cannot be guessed; names that others made are believed of their own people."""
    names = letter.answers_to
    if not names:
        return
    ours = Outgoing.objects.filter(
        message_id__in=names, interaction__division_id=box.division_id
    ).select_related("interaction")
    sent = {one.message_id: one.interaction for one in ours}
    if nearest := next((sent[name] for name in names if name in sent), None):
        place.follows, place.asked = nearest, True
        return
    theirs = RawMail.objects.filter(
        message_id__in=names, interaction__isnull=False, mailbox__division_id=box.division_id
    ).select_related("interaction")
    got = {one.message_id: one for one in theirs.order_by("-id")}
    for name in names:
        row = got.get(name)
        same = row and (row.sender == letter.sender or _is_of(row.interaction, known))
        if row and same and letter.sender:
            place.follows = row.interaction
            return


def _by_number(letter: Letter, box: Mailbox, place: Place, known: list[Customer]) -> Case | None:
    numbers = rules.numbers_in(letter.subject)
    if not numbers:
        return None
    spoken = Interaction.objects.filter(division_id=box.division_id, number__in=numbers)
    cases = Case.objects.filter(division_id=box.division_id, number__in=numbers)
    rows, matters = list(spoken.select_related("text").order_by("-id")), list(cases)
    for row in rows:
        if letter.sender and (row.text.email == letter.sender or _is_of(row, known)):
            place.follows = row
            return None
    ids = {one.pk for one in known}
    if case := next((one for one in matters if one.customer_id in ids), None):
        return case
    if rows or matters:
        place.flags.append(STRANGER)
        place.claims = [*(row.number for row in rows), *(one.label for one in matters)]
    return None


def _is_of(row: Interaction | None, known: list[Customer]) -> bool:
    return row is not None and row.customer_id in {one.pk for one in known}


def _believe(place: Place, known: list[Customer]) -> None:
    """Who answers is one of the customer's people, unless his address says otherwise."""
    assert place.follows is not None
    customer = place.follows.customer
    if customer is None:
        return
    if customer.pk not in {one.pk for one in known}:
        place.flags.append(UNKNOWN)
    place.customer = customer


def _find_matter(place: Place, case: Case | None) -> None:
    """The matter, or that in which it went on, while it is open; a closed one people reopen."""
    found: Model | None = case
    if found is None and place.follows is not None:
        place.adds_to = _waiting(place.follows)
        after = continuing.matters_of(place.adds_to or place.follows)
        found = _record(*after[-1]) if after else None
    elif isinstance(found, Case):
        found = _record("case", continuing.end_of("case", found.pk))
    if found is None:
        return
    if getattr(found, "state", "open") == "open":
        place.matter = found
    else:
        place.flags.append(CLOSED)
        place.claims.append(str(getattr(found, "label", found.pk)))


def _waiting(follows: Interaction) -> Interaction | None:
    """The customer's own contact before, while nobody made a matter of it."""
    first = follows
    if follows.direction == Direction.OUT:
        asked = follows.text.more.get("answers")
        first = Interaction.objects.filter(pk=asked).first() or follows
    first = adding.root_of(first)
    waits = first.direction == Direction.IN and first.matter is None
    return first if waits else None


def _record(kind: str, pk: int) -> Model | None:
    for model in apps.get_models():
        config = model._meta.app_config
        if model._meta.model_name == kind and config and config.name.startswith("shouwen."):
            return model._default_manager.filter(pk=pk).first()
    return None
