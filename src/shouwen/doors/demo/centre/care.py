"""How the demo's service centre keeps its customers: what is known, wanted and thought of them.

Made by the verbs on the days they would have been; whoever calls it has built the customers. What
stands is found, not made twice.
"""

from datetime import datetime, time, timedelta

from django.db import transaction

from shouwen.doors.demo.company import Company, months_before
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import compiling, keeping, merging, offers, opinions
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft
from shouwen.work.customers.models import Customer, Offer, Opportunity

from .customers import HOMES, build_customers

GRADED = (("A", "良好"), ("A", "一般"), ("B", "良好"), ("C", "良好"), ("C", "紧张"))
"""Customer grade and relation, of the shops in their order."""
SHOPKEEPERS = (
    ("卢掌柜", "店主"), ("叶青", "店长"), ("向小象", "店主"), ("山本海", "经理"), ("云杉", "院长"),
)  # fmt: skip
NEEDS = (
    (170, 0, "想在门口加装遮阳棚", "请工程部出图报价", 860_000, True, "已签约施工"),
    (120, 3, "想包年清洗油烟管道", "约餐饮保洁公司报价", 480_000, False, "另找了更便宜的公司"),
    (40, 1, "读书会想租会所活动室，每月两次", "请经营部报价并看场地", 1_200_000, None, ""),
    (12, 4, "候诊区想换新风系统", "约工程部上门看管线", 2_600_000, None, ""),
    (5, -2, "老人独居，想订每周一次的上门探望", "介绍居家服务包", 96_000, None, ""),
)
"""Days ago, which shop, need, next step, worth in cents, whether it was won, what came of it."""
HEARD = (
    (
        95,
        2,
        "suggestion",
        "快递柜不够用，希望东门再放一组。",
        "电话",
        "快递柜",
        "adopted",
        "东门加装一组，本月投用。",
        "property_operations",
    ),
    (
        70,
        6,
        "opinion",
        "绿化浇水总在早高峰，路面湿滑。",
        "来访",
        "绿化",
        "adopted",
        "浇水改在九点以后。",
        "property_cleaning",
    ),
    (
        66,
        9,
        "suggestion",
        "希望有老人助浴服务。",
        "回访",
        "居家服务",
        "noted",
        "暂无人员，列入明年调研。",
        "property_sales",
    ),
    (
        31,
        4,
        "opinion",
        "电梯里广告声音太吵。",
        "网站",
        "电梯",
        "partly",
        "晚八点后静音，合同到期再议。",
        "property_operations",
    ),
    (6, 11, "suggestion", "充电桩希望能预约。", "邮件", "充电桩", "", "", "property_maintenance"),
    (
        3,
        None,
        "market",
        "隔壁小区的物业开始代办年检，收费八十元。",
        "经营走访",
        "",
        "",
        "",
        "property_sales",
    ),
)
"""Days ago, customer, kind, text, source, theme, decision, answer, the department asked."""
REVIEWED_SINCE = 280


def make_care(company: Company, at: datetime) -> int:
    """Reviews, grades, needs, offers, opinions and a merged record; how many customers."""
    if Opportunity.objects.filter(division=company.sister).exists():
        return 0
    known = build_customers(company, at)
    with rehearsal(_day(at, 300)) as now, transaction.atomic():
        _name_contacts(known, company.people["jinmanlou"])
        _merge_a_double(company, known, now, at)
        _grade(known, company.people["jinmanlou"], now, at)
        _review(known, company.people["jinmanlou"], now, at)
        _needs(company, known, now, at)
        _offer(company, known, now, at)
        _opinions(company, known, now, at)
    return len(known)


def _day(at: datetime, ago: int, hour: int = 10) -> datetime:
    """An hour of the day so long ago; of today, a moment that has been."""
    return min(clock.local(clock.day_of(at) - timedelta(days=ago), time(hour)), at)


def _name_contacts(known: list[Customer], by: Person) -> None:
    """Shops have somebody to ask for; now and then a home does."""
    for place, (name, title) in enumerate(SHOPKEEPERS):
        draft = ContactDraft(name, title, f"1380000{place:04}", main=True)
        customers.create_contact(known[HOMES + place], draft, by=by)


def _merge_a_double(company: Company, known: list[Customer], now: Rehearsal, at: datetime) -> None:
    """One customer was entered twice; the second record goes into the first."""
    now.move(_day(at, 210))
    by, first = company.people["jinmanlou"], known[0]
    draft = CustomerDraft(
        "Y1-101B", first.name_zh, "domestic", phone=first.phone, address=first.address,
        salesperson=by,
    )  # fmt: skip
    double = customers.create_customer(company.sister, draft, by=by)
    now.move(_day(at, 190))
    merging.merge_customers(first, double, reason="同一住户登记了两次。", by=by)


def _grade(known: list[Customer], by: Person, now: Rehearsal, at: datetime) -> None:
    now.move(_day(at, 150))
    for shop, (grade, relation) in zip(known[HOMES:], GRADED, strict=True):
        keeping.grade_customer(shop, "grade", grade, reason="按年度租费与停车费评定。", by=by)
        keeping.grade_customer(shop, "relation", relation, reason="按近半年回访评定。", by=by)
    now.move(_day(at, 20))
    reason = "三次渗水报修后态度转紧。"
    keeping.grade_customer(known[HOMES + 1], "relation", "紧张", reason=reason, by=by)


def _review(known: list[Customer], by: Person, now: Rehearsal, at: datetime) -> None:
    """Most records were gone through; each eleventh not yet."""
    for place, customer in enumerate(known):
        if place % 11 != 10:
            now.move(_day(at, REVIEWED_SINCE - place * 11))
            keeping.verify_customer(customer, remark="电话核对姓名、号码与房号。", by=by)


def _needs(company: Company, known: list[Customer], now: Rehearsal, at: datetime) -> None:
    owner = company.people["jinmanlou"]
    for ago, shop, need, step, cents, won, outcome in NEEDS:
        now.move(_day(at, ago))
        made = keeping.note_opportunity(
            known[HOMES + shop], need=need, next_step=step, owner=owner, expected_cents=cents,
            next_on=clock.day_of(at) + timedelta(days=ago) if won is None else None,
            by=company.people["liangxiaoman"],
        )  # fmt: skip
        if won is not None:
            now.move(_day(at, ago - 30))
            keeping.close_opportunity(made, won=won, outcome=outcome, by=owner)


def _offer(company: Company, known: list[Customer], now: Rehearsal, at: datetime) -> None:
    """Two new services; most customers were told of the first one, some of the second."""
    by, agent = company.people["jinmanlou"], company.people["fuxinyi"]
    now.move(_day(at, 100))
    first = offers.make_offer(
        company.sister, "家电清洗", "空调、油烟机上门清洗，住户九折。",
        since=clock.today(), until=clock.day_of(at) + timedelta(days=60), by=by,
    )  # fmt: skip
    _present(known[::2], [first], agent, now, _day(at, 95))
    now.move(_day(at, 30))
    second = offers.make_offer(
        company.sister, "地库充电桩包月", "每月九十度，超出按度计费。", since=clock.today(), by=by
    )
    _present(known[1::4], [first, second], agent, now, _day(at, 25, 15))


def _present(
    told: list[Customer], news: list[Offer], by: Person, now: Rehearsal, since: datetime
) -> None:
    for place, customer in enumerate(told):
        now.move(since + timedelta(minutes=12 * place))
        words = ("考虑一下。", "请发一份价目。", "")[place % 3]
        offers.present_offers(customer, news, "phone", words=words, by=by)


def _opinions(company: Company, known: list[Customer], now: Rehearsal, at: datetime) -> None:
    agent, director = company.people["mengzihan"], company.people["suqinghe"]
    for ago, place, kind, text, source, theme, decision, answer, code in HEARD:
        now.move(_day(at, ago))
        draft = opinions.OpinionDraft(
            company.sister, kind, text, source, customer=None if place is None else known[place],
            target=company.units[code],
        )  # fmt: skip
        made = opinions.record_opinion(draft, by=agent)
        if theme:
            opinions.mark_valuable(made, theme, by=agent)
        if decision:
            now.move(_day(at, ago - 2))
            opinions.answer_opinion(made, decision, answer, by=_of(company, company.units[code]))
            now.move(_day(at, ago - 3))
            opinions.tell_customer(made, "phone", by=agent)
    now.move(_day(at, 0))
    last_month = months_before(clock.day_of(at), 1)
    compiling.send_compilation(company.sister, last_month, by=director)


def _of(company: Company, unit: Unit) -> Person:
    """Somebody who works there."""
    heads = {
        "property_operations": "yanhaifeng", "property_cleaning": "heyunxia",
        "property_sales": "jinmanlou", "property_maintenance": "zhaotiezhu",
    }  # fmt: skip
    return company.people[heads[unit.code]]
