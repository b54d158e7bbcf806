"""What scenarios say of calls, letters, visits and messages."""

from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions
from shouwen.work.interactions.models import Interaction


def take_contact(
    division: Unit,
    customer: Customer | None = None,
    body: str = "楼道灯不亮,请派人来看。",
    channel: str = "phone",
    nature: str = "problem",
    name: str = "安然",
    phone: str = "13800138101",
    wanted: str = "当天修好",
    *,
    by: Person,
) -> Interaction:
    """A customer turns to somebody of the company."""
    draft = actions.Draft(
        division, body, channel=channel, nature=nature, customer=customer, name=name,
        phone=phone, wanted=wanted,
    )  # fmt: skip
    return actions.record_interaction(draft, by=by)


WORDS = {"take_contact": take_contact, "correct_contact": actions.correct}
