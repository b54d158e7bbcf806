"""By which ways the demo's customers reach the service centre: published, labelled, connected."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db import transaction

from shouwen.doors.api import actions as api
from shouwen.doors.api.models import ApiClient
from shouwen.doors.demo.company import Company
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org.models import Unit
from shouwen.work.mail import actions as mail
from shouwen.work.mail.models import Mailbox
from shouwen.work.telephony import actions as telephony
from shouwen.work.telephony.models import Extension
from shouwen.work.ways import actions as ways
from shouwen.work.ways import queries as ways_lists
from shouwen.work.ways.models import PlaceLabel, Way

ADDRESS = "fuwu@hengyue.example"
HOTLINE = "025-65558100"
APP = "邻里通"
DESK = "每天 8:30-18:00"
DESK_EN = "Every day 8:30 to 18:00"
WAYS = (
    ways.WayDraft("phone", "服务热线", HOTLINE, "Service hotline", "每天 24 小时",
                  "Day and night", 1),
    ways.WayDraft("web", "网上填报", "/portal/", "Report on the web", place=2),
    ways.WayDraft("mail", "服务邮箱", ADDRESS, "E-mail", place=3),
    ways.WayDraft("visit", "服务前台", "悦府一栋大堂", "Front desk, lobby of building 1", DESK,
                  DESK_EN, 4),
    ways.WayDraft("letter", "来信地址", "210000 南京市悦府路 1 号 恒岳物业服务中心", "By post",
                  place=5),
    ways.WayDraft("fax", "传真", "025-65558199", "Fax", place=6),
)  # fmt: skip
PLACES = (
    ("一栋一单元电梯", "Lift, building 1 unit 1"), ("一栋二单元电梯", "Lift, building 1 unit 2"),
    ("一栋大堂", "Lobby, building 1"), ("地库三区", "Car park, zone 3"),
    ("地库充电桩", "Charging points"), ("儿童游乐场", "Playground"), ("会所泳池", "Club pool"),
    ("商铺街洗手间", "Toilets, shopping street"), ("垃圾分类站", "Recycling station"),
)  # fmt: skip
FORMER_PLACE = ("旧门卫室", "Former gatehouse")
OPENED = timedelta(days=400)
EXTENSIONS = {
    "8101": "liangxiaoman", "8102": "fuxinyi", "8103": "mengzihan", "8109": "panyuting",
}  # fmt: skip


@dataclass(frozen=True)
class Gateways:
    """The ways of one division as they stand."""

    division: Unit

    @cached_property
    def mailbox(self) -> Mailbox:
        """Where customers write to."""
        return Mailbox.objects.select_related("division").get(address=ADDRESS)

    @cached_property
    def app(self) -> ApiClient:
        """The residents' app, which tells us of contacts."""
        return ApiClient.objects.get(division=self.division, name=APP)

    @cached_property
    def labels(self) -> list[PlaceLabel]:
        """The labels in use, in the order in which they were hung up."""
        found = ways_lists.labels(self.division).filter(retired_at__isnull=True)
        return list(found.order_by("id"))

    @cached_property
    def extensions(self) -> dict[int, str]:
        """The telephone of each agent."""
        found = Extension.objects.filter(division=self.division, until__isnull=True)
        return dict(found.values_list("person_id", "number"))

    @cached_property
    def published(self) -> dict[str, Way]:
        """The published way of each channel."""
        return {one.channel: one for one in ways_lists.published([self.division.pk])}

    def named(self, channel: str) -> dict[str, object]:
        """What an intake keeps of the published way that was chosen."""
        way = self.published[channel]
        return {"way": way.pk, "way_zh": way.name_zh, "way_en": way.name_en}


def build_gateways(company: Company, at: datetime) -> Gateways:
    """Open what customers reach the centre by; what stands is found, not made twice."""
    division, keeper = company.sister, company.keeper
    if not Way.objects.filter(division=division).exists():
        with rehearsal(at - OPENED), transaction.atomic():
            for draft in WAYS:
                ways.publish(draft, division=division, by=keeper)
            box = mail.BoxDraft("property", ADDRESS, division.name_zh, answers_per_hour=3,
                                letters_per_hour=20)  # fmt: skip
            mail.open_box(division, box, by=keeper)
            for number, username in EXTENSIONS.items():
                person = company.people[username]
                telephony.give_extension(division, number, person, by=keeper)
            api.create_client(division, APP, ["contacts:write", "contacts:read"], by=keeper)
            director = company.people["suqinghe"]
            made = ways.make_labels([*PLACES, FORMER_PLACE], division=division, by=director)
            ways.retire_label(made[-1], by=director)
    return Gateways(division)


def no_letter_leaves(box: Mailbox) -> None:
    """Whom the demo writes to is invented: what went out counts as sent, and no server sees it."""
    box.outgoing.filter(sent_at__isnull=True).update(sent_at=clock.now())
