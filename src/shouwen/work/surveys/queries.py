"""The only lists and counts of surveys; what they come to stands in `figures`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.models import Entry
from shouwen.work.customers import queries as customers
from shouwen.work.customers.models import Contact, Customer

from . import rules
from .models import Campaign, Question, Questionnaire, Rating, Recipient, Reply, Response
from .rules import Asked

MOST = 2000
"""Customers that one dry run looks at."""


def asked(questionnaire: int) -> list[Asked]:
    """The questions of a questionnaire as the rules see them."""
    found = Question.objects.filter(questionnaire=questionnaire)
    return [Asked(one.pk, one.kind, one.area, one.required, len(one.choices)) for one in found]


def questions(campaign: Campaign) -> list[Question]:
    """What a campaign asks, in order."""
    return list(Question.objects.filter(questionnaire=campaign.questionnaire_id))


def questionnaires(divisions: Collection[int]) -> QuerySet[Questionnaire]:
    """Every version, with how many questions and campaigns it has."""
    found = Questionnaire.objects.filter(division_id__in=divisions)
    return found.select_related("made_by").annotate(
        asks=Count("questions", distinct=True), used=Count("campaigns", distinct=True)
    )


def campaigns(divisions: Collection[int]) -> QuerySet[Campaign]:
    """Every campaign, with how many were asked, reached and answered."""
    found = Campaign.objects.filter(division_id__in=divisions)
    return found.select_related("questionnaire", "planned_by", "started_by").annotate(
        invited=Count("recipients"),
        sent=Count("recipients", filter=Q(recipients__sent_at__isnull=False)),
        answered=Count("recipients", filter=Q(recipients__answered_at__isnull=False)),
    )


def count_channels(campaign: Campaign) -> dict[str, int]:
    """How many are asked by each channel."""
    found = campaign.recipients.order_by().values_list("channel").annotate(n=Count("pk"))
    return dict(found)


@dataclass(frozen=True)
class Sending:
    """One channel of a campaign: how many were asked by it, sent to, and answered."""

    channel: str
    invited: int
    sent: int
    answered: int


def sendings(campaign: Campaign) -> list[Sending]:
    """The channels of a campaign, one statement."""
    found = campaign.recipients.order_by("channel").values("channel")
    counted = found.annotate(
        invited=Count("pk"),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
    )
    return [Sending(**row) for row in counted]


STATES = {
    "waiting": Q(sent_at__isnull=True, answered_at__isnull=True),
    "sent": Q(sent_at__isnull=False),
    "silent": Q(sent_at__isnull=False, answered_at__isnull=True),
    "answered": Q(answered_at__isnull=False),
    "failed": Q(mail_failures__gt=0, sent_at__isnull=True),
}
"""What a list of recipients may be narrowed to."""


def recipients(campaign: Campaign, channel: str = "", state: str = "") -> QuerySet[Recipient]:
    """Whom a campaign asks, with names."""
    found = campaign.recipients.select_related("customer", "contact", "campaign")
    if channel:
        found = found.filter(channel=channel)
    return found.filter(STATES.get(state, Q()))


def call_list(divisions: Collection[int]) -> QuerySet[Recipient]:
    """Whom to ring: by telephone, not answered yet; those never tried first."""
    running = Q(campaign__started_at__isnull=False, campaign__closed_at__isnull=True)
    found = Recipient.objects.filter(
        running, campaign__division_id__in=divisions, channel="telephone", answered_at__isnull=True
    )
    return found.select_related("campaign", "customer", "contact")


def current(campaign: Campaign) -> QuerySet[Response]:
    """The answers that count: not those that were corrected."""
    return Response.objects.filter(campaign=campaign, replaced_by__isnull=True)


def first_response(recipient: Recipient) -> Response | None:
    """What a recipient answered at first, if he did."""
    return Response.objects.filter(recipient=recipient, replaces__isnull=True).first()


def newest_response(recipient: Recipient) -> Response | None:
    """What counts of a recipient's answers."""
    return Response.objects.filter(recipient=recipient, replaced_by__isnull=True).first()


@dataclass(frozen=True)
class Sought:
    """Which answers a list shows: those with a mark in an area, by a channel, of a customer."""

    campaign: int | None = None
    area: str = ""
    channel: str = ""
    customer: int | None = None
    question: int | None = None
    at_most: int | None = None
    """With a mark of this or less (in the area or question, where one is given)."""


def responses(divisions: Collection[int], sought: Sought) -> QuerySet[Response]:
    """The answers behind a number; a list is as long as its number says."""
    found = Response.objects.filter(
        campaign__division_id__in=divisions, replaced_by__isnull=True
    ).select_related("campaign", "customer", "keyed_by")
    given = {
        "campaign": sought.campaign, "channel": sought.channel, "customer": sought.customer,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in given.items() if value})
    narrowed = {
        "question__area": sought.area, "question": sought.question, "mark__lte": sought.at_most,
    }  # fmt: skip
    if told := {name: value for name, value in narrowed.items() if value}:
        marked = Reply.objects.filter(response=OuterRef("pk"), mark__isnull=False, **told)
        found = found.filter(Exists(marked))
    return found


# -- whom to ask ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """Which customers a campaign shall ask: by words, region, or a list of their codes."""

    channel: str
    words: str = ""
    region: str = ""
    codes: tuple[str, ...] = ()
    contacts: bool = True
    """Ask the main contact where a customer has one."""


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a choice found; `problem` (a message) says why he is not asked."""

    customer: Customer
    contact: Contact | None
    channel: str
    problem: str = ""


@dataclass(frozen=True)
class DryRun:
    """What a choice comes to: who would be asked, who not and why, which codes nobody has."""

    fit: Sequence[Candidate]
    unfit: Sequence[Candidate]
    unknown: Sequence[str]


KNOWN = N_("已在名单中")


def dry_run(campaign: Campaign, choice: Choice) -> DryRun:
    """Try a choice; nothing is written. Three statements."""
    found = customers.customers([campaign.division_id]).filter(active=True)
    if choice.codes:
        found = found.filter(code__in=choice.codes)
    if choice.words.strip():
        found = found.filter(customers.named(choice.words))
    if choice.region:
        found = found.filter(region=choice.region)
    rows = list(found.order_by("pinyin", "id")[:MOST])
    main = Contact.objects.filter(customer__in=[row.pk for row in rows], main=True, active=True)
    contacts = {one.customer_id: one for one in main} if choice.contacts else {}
    known = set(campaign.recipients.values_list("customer_id", flat=True))
    tried = [_candidate(row, contacts.get(row.pk), choice.channel, known) for row in rows]
    have = {row.code for row in rows}
    return DryRun(
        [one for one in tried if not one.problem],
        [one for one in tried if one.problem],
        [code for code in choice.codes if code not in have],
    )


def _candidate(
    customer: Customer, contact: Contact | None, channel: str, known: set[int]
) -> Candidate:
    if customer.pk in known:
        return Candidate(customer, contact, channel, KNOWN)
    phone = (contact.phone or contact.other_phone if contact else "") or customer.phone
    email = (contact.email if contact else "") or customer.email
    problem = rules.why_not_reachable(channel, phone, email, customer.address)
    return Candidate(customer, contact, channel, problem)


# -- ratings --------------------------------------------------------------------------------------


def ratings(since: datetime, until: datetime, seen: Q) -> QuerySet[Rating]:
    """The marks of a time that count, as far as `seen` (see `access.readable_ratings`)."""
    found = Rating.objects.filter(seen, at__gte=since, at__lt=until, replaced_by__isnull=True)
    return found.select_related("customer", "person", "unit", "follow_up")


def of_matter(kind: str, pk: int) -> QuerySet[Rating]:
    """The marks about one matter, newest first."""
    found = Rating.objects.filter(matter_kind=kind, matter_id=pk, replaced_by__isnull=True)
    return found.select_related("person", "unit", "follow_up").order_by("-id")


def matter_of(rating: Rating) -> int | None:
    """The matter that a bad mark became, if any."""
    found = Entry.objects.filter(
        event="satisfaction.became_matter", subject_kind="rating", subject_id=rating.pk
    )
    return found.values_list("matter_id", flat=True).first()
