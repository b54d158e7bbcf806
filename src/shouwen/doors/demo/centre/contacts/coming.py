"""How a contact comes in, by each way of the centre: by the verb that is used there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shouwen.doors.demo.centre.gateways import Gateways
from shouwen.doors.demo.scans import page
from shouwen.ground.foundation.clock import Rehearsal
from shouwen.ground.org.models import Person
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import quick
from shouwen.work.interactions.models import Interaction
from shouwen.work.reception import actions as reception
from shouwen.work.reception.models import Letter, Visit
from shouwen.work.telephony import actions as telephony
from shouwen.work.ways import filing

from . import letters, photos
from .plans import Plan

COURIERS = ("顺丰", "中国邮政")
VISITORS_WAIT = timedelta(minutes=4)
CALLS_LAST = timedelta(minutes=3)
LEFT_HOUSE = "已当面说明，客户离开。"


@dataclass
class Story:
    """One contact while it happens."""

    people: dict[str, Person]
    gateways: Gateways
    plan: Plan
    customer: Customer
    day: Rehearsal
    until: datetime
    spoken: Interaction = field(init=False)
    visit: Visit | None = None
    letter: Letter | None = None

    @property
    def taker(self) -> Person:
        """Whoever is turned to, or takes on what a machine took in."""
        return self.people[self.plan.taker]

    @property
    def handler(self) -> Person:
        """Another agent, who deals with it."""
        return self.people["fuxinyi" if self.plan.taker == "liangxiaoman" else "liangxiaoman"]

    def come_in(self) -> Interaction:
        """What the customer says is registered."""
        self.spoken = _COMING[self.plan.way](self)
        return self.spoken

    def later(self, hours: float) -> bool:
        """Let time pass; false where the story has to stop because it is not over yet."""
        moment = self.day.at + timedelta(hours=hours)
        if moment >= self.until:
            return False
        self.day.move(moment)
        return True


def _draft(story: Story, channel: str, **more: Any) -> interactions.Draft:
    said, who = story.plan.saying, story.customer
    told: dict[str, Any] = {
        "channel": channel, "nature": said.nature, "customer": who, "name": who.name_zh,
        "phone": who.phone, "subject": said.title, "wanted": said.wanted,
    }  # fmt: skip
    return interactions.Draft(story.gateways.division, said.words, **{**told, **more})


def _by_phone(story: Story) -> Interaction:
    """The telephone system rings, the agent registers while they speak."""
    now, taker = story.day.at, story.taker
    draft = _draft(story, "phone", more=story.gateways.named("phone"))
    spoken = interactions.record_interaction(draft, by=taker)
    if number := story.gateways.extensions.get(taker.pk):
        began = now - CALLS_LAST
        moments = {"ringing": began, "answered": began + timedelta(seconds=9), "ended": now}
        for event, moment in moments.items():
            heard = telephony.Heard(
                f"demo-{story.plan.index}", event, story.customer.phone,
                story.gateways.published["phone"].address, number, moment,
            )  # fmt: skip
            call = telephony.hear(
                heard, division=story.gateways.division, source=story.gateways.app.source
            )
        telephony.bind(call, spoken, by=taker)
    return spoken


def _by_anybody(story: Story) -> Interaction:
    """Somebody who has another post is asked, and writes it down (R5-16)."""
    return quick.take(_draft(story, "phone"), by=story.taker)


def _by_mail(story: Story) -> Interaction:
    said, box = story.plan.saying, story.gateways.mailbox
    charset = "gb2312" if story.plan.is_even else "utf-8"
    wanted = f"\n希望：{said.wanted}" if said.wanted else ""
    text = f"您好，{said.words}{wanted}\n\n{story.customer.name_zh}"
    raw = letters.deliver(
        box, letters.letter(story.customer, box, said.title, text, charset=charset)
    )
    assert raw.interaction is not None, raw.reason
    return raw.interaction


def _by_post(story: Story) -> Interaction:
    plan, who = story.plan, story.customer
    is_fax = plan.way == "fax"
    draft = reception.Incoming(
        story.gateways.division, plan.way, who.name_zh, plan.saying.title, plan.saying.words,
        story.taker, customer=who, phone=who.phone, address=who.address,
        fax_number=f"025-6555{7000 + plan.index}" if is_fax else "",
        courier="" if is_fax else COURIERS[plan.index % 2],
        courier_number="" if is_fax else f"EM{71000000 + plan.index * 37}",
        nature=plan.saying.nature, wanted=plan.saying.wanted,
    )  # fmt: skip
    story.letter = reception.register_letter(draft, by=story.taker)
    if plan.is_even:
        reception.attach_scan(story.letter, page("来函扫描"), by=story.taker)
    assert story.letter.interaction is not None
    return story.letter.interaction


def _by_visit(story: Story) -> Interaction:
    said, who = story.plan.saying, story.customer
    draft = reception.Arrival(
        story.gateways.division, who.name_zh, said.words, story.taker, customer=who,
        phone=who.phone, nature=said.nature, wanted=said.wanted,
    )  # fmt: skip
    visit = reception.register_visit(draft, by=story.taker)
    if story.later(VISITORS_WAIT / timedelta(hours=1)):
        visit = reception.receive_visit(visit, by=story.taker)
    story.visit = visit
    assert visit.interaction is not None
    return visit.interaction


def leave(story: Story) -> None:
    """The visitor goes, signs by name, and now and then says how he was received."""
    assert story.visit is not None
    visit = reception.record_departure(story.visit, LEFT_HOUSE, by=story.taker)
    visit = reception.confirm_visit(visit, name=story.customer.name_zh, by=story.taker)
    if story.plan.index % 3:
        rating = "good" if story.plan.content else "impatient"
        reception.rate_visit(visit, rating, by=story.handler)


def _by_web(story: Story) -> Interaction:
    plan, who, labels = story.plan, story.customer, story.gateways.labels
    told = filing.FromWeb(
        story.gateways.division, who.name_zh, who.phone, plan.saying.words, plan.saying.wanted,
        labels[plan.index % len(labels)] if plan.is_even else None,
        "en" if plan.index % 5 == 0 else "zh-hans",
    )  # fmt: skip
    files = [photos.photo(plan.index // 2)] if plan.saying.kind == "repair" else []
    return filing.file(told, files)


def _by_api(story: Story) -> Interaction:
    """The residents' app passes on what was typed into it."""
    app = story.gateways.app
    draft = _draft(
        story, "api", source=app.source, external_id=f"app-{story.plan.index}",
        more={"client": app.name},
    )  # fmt: skip
    return interactions.record_interaction(draft, by=None)


_COMING: dict[str, Callable[[Story], Interaction]] = {
    "phone": _by_phone,
    "quick": _by_anybody,
    "mail": _by_mail,
    "letter": _by_post,
    "fax": _by_post,
    "visit": _by_visit,
    "web": _by_web,
    "api": _by_api,
}
