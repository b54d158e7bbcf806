"""The only lists and counts of reception."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, Q, QuerySet

from shouwen.engines.documents.models import Attachment
from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.interactions.models import Direction

from .access import visible_letters, visible_visits
from .models import Letter, Visit


@dataclass(frozen=True)
class Sought:
    """What a reader of the register looks for."""

    q: str = ""
    since: date | None = None
    until: date | None = None
    state: str = ""
    """`open`, `over`, `follow_up` or a rating."""
    host: int | None = None


def here_now(person: Person) -> QuerySet[Visit]:
    """Who is in the house, and whose departure was forgotten on an earlier day; oldest first."""
    return visible_visits(person).filter(left_at__isnull=True).order_by("arrived_at", "id")


def of_day(person: Person, day: date) -> QuerySet[Visit]:
    """Everybody who came on a day, in the order of their coming."""
    found = visible_visits(person).filter(arrived_at__gte=clock.local(day))
    return found.filter(arrived_at__lt=clock.end_of(day)).order_by("arrived_at", "id")


def left_open(division: Unit | int, at: datetime) -> QuerySet[Visit]:
    """Visits of days that ended without a departure (R6-12)."""
    today = clock.local(clock.day_of(at))
    found = Visit.objects.filter(division=division, left_at__isnull=True, arrived_at__lt=today)
    return found.order_by("arrived_at", "id")


def kept_waiting(division: Unit | int, since: date, until: date) -> QuerySet[Visit]:
    """Visitors who waited longer than the company allows, in the days (inclusive) (R2-12)."""
    return Visit.objects.filter(
        division=division,
        over_limit=True,
        arrived_at__gte=clock.local(since),
        arrived_at__lt=clock.end_of(until),
    ).order_by("arrived_at", "id")


def to_follow_up(person: Person, at: datetime) -> QuerySet[Visit]:
    """Bad ratings that wait for a person who leads the host's unit or one above it (R2-12)."""
    found = Visit.objects.filter(to_follow_up=True, followed_up_at__isnull=True)
    found = found.filter(unit__in=org.units_of(person, at)).exclude(host=person)
    return found.select_related("host", "unit").order_by("-id")


def register(person: Person, sought: Sought) -> QuerySet[Visit]:
    """The visitor register of the divisions a person sees."""
    found = visible_visits(person)
    if sought.q:
        words = (Q(visitor__icontains=sought.q) | Q(company__icontains=sought.q)
                 | Q(number__startswith=sought.q) | Q(purpose__icontains=sought.q))  # fmt: skip
        found = found.filter(words)
    if sought.since:
        found = found.filter(arrived_at__gte=clock.local(sought.since))
    if sought.until:
        found = found.filter(arrived_at__lt=clock.end_of(sought.until))
    if sought.host:
        found = found.filter(host_id=sought.host)
    states = {
        "open": Q(left_at__isnull=True),
        "over": Q(over_limit=True),
        "follow_up": Q(to_follow_up=True, followed_up_at__isnull=True),
    }
    if sought.state:
        found = found.filter(states.get(sought.state, Q(rating=sought.state)))
    return found


def post_book(
    person: Person,
    q: str = "",
    direction: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Letter]:
    """Letters and faxes of the divisions a person sees."""
    found = visible_letters(person)
    if q:
        found = found.filter(
            Q(party__icontains=q) | Q(subject__icontains=q) | Q(number__startswith=q)
            | Q(courier_number=q)
        )  # fmt: skip
    if direction:
        found = found.filter(direction=direction)
    if since:
        found = found.filter(on__gte=since)
    return found.filter(on__lte=until) if until else found


def last_letter(matter: Model) -> Letter | None:
    """The newest letter or fax of the customer in a matter."""
    return _of(matter, Letter.objects.filter(direction=Direction.IN)).order_by("-id").first()


def letters_of(matter: Model, person: Person) -> QuerySet[Letter]:
    """Letters and faxes whose words belong to a matter, as far as a person may open them."""
    return _of(matter, visible_letters(person))


def _of(matter: Model, letters: QuerySet[Letter]) -> QuerySet[Letter]:
    kind = kind_of(matter)
    return letters.filter(interaction__matter_kind=kind, interaction__matter_id=matter.pk)


def scans(letter: Letter) -> QuerySet[Attachment]:
    """The scans of a letter."""
    found = Attachment.objects.filter(matter_kind="letter", matter_id=letter.pk)
    return found.filter(removed_at__isnull=True).select_related("blob").order_by("id")


def allowed_minutes(division: Unit | int, at: datetime) -> int | None:
    """How long a visitor may wait, where the company has set it; the stricter of two figures."""
    found = ruling.clauses("norm", division, at, item="visitor_rating")
    return min(ruling.figures("minutes", found, division, at), default=None)
