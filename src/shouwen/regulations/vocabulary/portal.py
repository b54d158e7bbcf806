"""What scenarios say of the quick intake, published channels, and what comes by the web."""

from datetime import date

from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.centre import contacting
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import queries
from shouwen.work.interactions.models import Interaction, Nature
from shouwen.work.interactions.quick import take
from shouwen.work.ways import actions as ways
from shouwen.work.ways import queries as lists
from shouwen.work.ways.filing import FromWeb
from shouwen.work.ways.models import Way


def quick_intake(
    division: Unit,
    body: str = "电梯停在三楼不动,请派人来看。",
    nature: str = "problem",
    name: str = "安然",
    phone: str = "13800138101",
    customer: Customer | None = None,
    way: Way | None = None,
    unknown: bool = False,
    *,
    by: Person,
) -> Interaction:
    """Somebody, whatever the post, takes down what a customer says."""
    draft = interactions.Draft(
        division, body, nature=nature, customer=customer, name=name, phone=phone,
        channel=way.channel if way else "phone", more={"way": way.pk} if way else {},
    )  # fmt: skip
    return take(draft, by=by, unknown=unknown)


def publish_channel(
    division: Unit,
    name: str = "服务热线",
    address: str = "400-800-1234",
    channel: str = "phone",
    *,
    by: Person | None = None,
) -> Way:
    """The administrator publishes a channel."""
    return ways.publish(ways.WayDraft(channel, name, address), division=division, by=by)


def withdraw_channel(way: Way, *, by: Person | None = None) -> Way:
    """The administrator takes a channel back."""
    return ways.withdraw(way, by=by)


def channels_shown(division: Unit) -> list[str]:
    """What customers read on the portal."""
    return [way.address for way in lists.published([division.pk])]


def file_on_web(
    division: Unit,
    body: str = "楼道灯不亮。",
    name: str = "安然",
    phone: str = "13800138101",
) -> Interaction:
    """A customer files a matter on the portal, without an account."""
    return ways.file(FromWeb(division, name, phone, body))


def call_again(case: Case, body: str = "还是没有人来,请尽快。", *, by: Person) -> Interaction:
    """The customer calls once more about an open matter."""
    draft = interactions.Draft(case.division, body, nature=Nature.FOLLOW_UP, customer=case.customer)
    row = interactions.record_interaction(draft, by=by)
    return contacting.tie_contact(row, case, by=by)


def first_contact_of(case: Case, *, by: Person) -> Interaction:
    """The contact a matter began with: it is no repeat."""
    draft = interactions.Draft(case.division, case.text.description, customer=case.customer)
    return interactions.record_interaction(draft, by=by, matter=case)


def repeats(case: Case, since: date, until: date) -> int:
    """How often the customer had to call again about a matter, in these days."""
    rows = queries.count_repeats(case.division_id, since, until)
    return sum(row["times"] for row in rows if row["matter_id"] == case.pk)  # type: ignore[index]


WORDS = {
    "quick_intake": quick_intake,
    "publish_channel": publish_channel,
    "withdraw_channel": withdraw_channel,
    "channels_shown": channels_shown,
    "file_on_web": file_on_web,
    "call_again": call_again,
    "first_contact_of": first_contact_of,
    "repeats": repeats,
}
