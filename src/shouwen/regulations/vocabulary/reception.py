"""What scenarios say of visitors, letters and faxes."""

from datetime import date

from django.db.models import Model

from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer
from shouwen.work.reception import actions, queries
from shouwen.work.reception.models import Letter, Visit


def take_visit(
    division: Unit,
    host: Person,
    visitor: str = "安然",
    company: str = "",
    purpose: str = "反映楼道漏水,想见负责人",
    errand: str = "business",
    customer: Customer | None = None,
    *,
    by: Person,
) -> Visit:
    """Somebody comes to the desk and asks for somebody."""
    draft = actions.Arrival(
        division, visitor, purpose, host, errand=errand, company=company, customer=customer
    )
    return actions.register_visit(draft, by=by)


def was_told(person: Person, about: Model) -> int:
    """How often somebody was told of a record."""
    found = Notice.objects.filter(person=person, about_kind=kind_of(about), about_id=about.pk)
    return found.count()


def left_open(division: Unit) -> list[str]:
    """Who came on a day that has ended and did not leave."""
    return [one.visitor for one in queries.left_open(division, clock.now())]


def in_house(person: Person) -> list[str]:
    """Who is in the house, as reception sees it."""
    return [one.visitor for one in queries.here_now(person)]


def waited_too_long(division: Unit, since: date, until: date) -> list[str]:
    """Who waited longer than the company allows."""
    return [one.visitor for one in queries.kept_waiting(division, since, until)]


def follow_up_list(person: Person) -> list[str]:
    """Whose bad reception somebody has to follow up."""
    return [one.visitor for one in queries.to_follow_up(person, clock.now())]


def take_letter(
    division: Unit,
    handler: Person,
    channel: str = "letter",
    party: str = "云上文化传媒",
    subject: str = "关于空调噪声",
    body: str = "空调外机夜间噪声过大,请处理并书面答复。",
    courier_number: str = "SF1001",
    fax_number: str = "",
    *,
    by: Person,
) -> Letter:
    """A letter or a fax comes in."""
    draft = actions.Incoming(
        division, channel, party, subject, body, handler, courier="顺丰",
        courier_number=courier_number, fax_number=fax_number,
    )  # fmt: skip
    return actions.register_letter(draft, by=by)


WORDS = {
    "take_visit": take_visit,
    "receive_visit": actions.receive_visit,
    "record_departure": actions.record_departure,
    "confirm_visit": actions.confirm_visit,
    "rate_visit": actions.rate_visit,
    "follow_up_visit": actions.follow_up_visit,
    "was_told": was_told,
    "left_open": left_open,
    "in_house": in_house,
    "waited_too_long": waited_too_long,
    "follow_up_list": follow_up_list,
    "take_letter": take_letter,
    "write_reply": actions.write_reply,
    "dispatch_letter": actions.dispatch,
}
