"""Who lives and trades at the demo's housing estate."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from shouwen.doors.demo.company import Company
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org.models import Person
from shouwen.ground.org.naming import pinyin
from shouwen.work.customers import actions as sales
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.customers.models import Customer

from . import staff

HOMES, SHOPS = len(staff.RESIDENTS), len(staff.SHOPS)
MOVED_IN = timedelta(days=400)
OPENS, CLOSES = time(10), time(20)
"""When the shops have somebody at the telephone."""
EQUIPMENT = ("可视对讲、燃气报警器", "可视对讲、智能门锁", "可视对讲、充电桩")
"""What is built in at home, by which one knows what a call is about."""
LIKES: tuple[dict[str, Any], ...] = (
    {"likes_from": time(9), "likes_until": time(11, 30), "habits": "老人独居，说话宜慢。"},
    {"likes_from": time(18, 30), "likes_until": time(21), "likes_way": "phone"},
    {"likes_language": "en", "likes_way": "mail", "habits": "上门前先发短信。"},
)


def build_customers(company: Company, at: datetime) -> list[Customer]:
    """Homes first, then shops; made now unless they exist."""
    found = Customer.objects.filter(division=company.sister).order_by("id")
    if not found.exists():
        with rehearsal(at - MOVED_IN), transaction.atomic():
            for draft in _drafts(company.people["jinmanlou"]):
                sales.create_customer(company.sister, draft, by=company.people["jinmanlou"])
    return list(found.select_related("division")[: HOMES + SHOPS])


def _drafts(salesperson: Person) -> list[CustomerDraft]:
    homes = [
        CustomerDraft(
            f"Y1-{room}", name, "domestic", salesperson=salesperson, segment="住户",
            phone=f"1390000{index:04}", address=f"悦府一栋{room}室",
            email=f"{pinyin(name)}@mail.example",
            wares=f"物业服务；{EQUIPMENT[index % len(EQUIPMENT)]}",
            contract=f"WY-{room}" if index % 4 else "", **_likes(index),
        )
        for index, (room, name) in enumerate(staff.RESIDENTS, 1)
    ]  # fmt: skip
    shops = [
        CustomerDraft(
            f"S-{place}", zh, "domestic", salesperson=salesperson, name_en=en,
            phone=f"1370000{index:04}", address=f"悦府商铺{place}", industry=trade,
            segment="重点" if index < 3 else "商户", email=f"{place.lower()}@shops.example",
            wares="物业服务、停车；中央空调末端、烟感报警器", contract=f"SP-{place}",
            likes_from=OPENS, likes_until=CLOSES,
        )
        for index, (place, zh, en, trade) in enumerate(staff.SHOPS, 1)
    ]  # fmt: skip
    return homes + shops


def _likes(index: int) -> dict[str, Any]:
    """Every fourth home said how it likes to be served."""
    return LIKES[index // 4 % len(LIKES)] if index % 4 == 0 else {}
