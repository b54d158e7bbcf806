"""Chinese complaints made of sentences, not of stock phrases: many distinct pairs of characters.

Sentences are patterns whose places are filled from lists, with names, numbers, dates and goods, so
that an index over pairs of characters has to hold what it would hold for real letters. The words
sought by the bench stand in no list and cannot come about where two words meet.
"""

import random
import re
from functools import cache
from pathlib import Path
from typing import Any

TWO, FOUR = "焦糊", "绝缘击穿"
"""What the searches look for; `rows.py` puts each into one body of two hundred."""
LENGTH = 300

WORDS = dict(
    line.split(": ", 1)
    for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
LISTS = {name: words.split() for name, words in WORDS.items()}
SURNAMES, GIVEN = WORDS["surnames"], WORDS["given"]

PATTERNS = (
    "{place}客户的{role}{name}来电,说{goods}在{spot}使用时{fault}",
    "{month}月{day}日收到的{goods}共{count}件,其中{few}件{fault}",
    "批号{serial}的{goods}入库抽检发现{fault},疑似{cause}",
    "{role}{name}要求{wish},并请{hours}小时内回复",
    "现场已{act},随后{act},目前{goods}停用",
    "订单{order}约定{month}月{day}日交货,实际晚了{few}天,{spot}因此停工{hours}小时",
    "上次同样的{goods}也曾{fault},当时判断为{cause}",
    "经{role}{name}初步查看,原因可能是{cause},也不排除{cause}",
    "客户{feeling},{role}补充说{goods}只用了{few}个月",
    "{spot}的温度约{count}度,{goods}连续运行{hours}小时后{fault}",
    "同一车到货的{goods}与{goods}均有问题,前者{fault},后者{fault}",
    "我方{name}答应{act},但到{month}月{day}日仍无人联系,{feeling}",
    "发票金额{money}元与合同不一致,客户请财务先{act},再谈{wish}",
    "{place}办事处{name}已到{spot},{act}后确认{fault}",
    "若{few}日内不能{wish},{role}表示将{act}并改向他人采购",
    "随信附照片{few}张,可见{goods}{fault},标签序号{serial}",
    "维修人员{name}第{few}次上门,更换{goods}后依旧{fault}",
    "对方提出由{place}第三方检测,费用{money}元先行垫付,{feeling}",
    "查发货单,该批{goods}由{place}发往{place},途中{cause}",
    "{role}强调{spot}不能长时间停用,请优先安排{wish}",
)
PLACE = re.compile(r"\{(\w+)\}")
NUMBERS = {
    "month": (1, 12),
    "day": (1, 28),
    "count": (12, 980),
    "few": (2, 9),
    "hours": (2, 72),
    "money": (120, 98_000),
    "serial": (240_000, 269_999),
    "order": (70_000, 99_999),
}


def _filled(chance: random.Random, place: str) -> str:
    if place in NUMBERS:
        return str(chance.randint(*NUMBERS[place]))
    if place == "name":
        return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2)))
    words = LISTS[place]
    # The first words of a list are the common ones, as in any trade.
    return words[min(int(chance.expovariate(4 / len(words))), len(words) - 1)]


def sentence(chance: random.Random) -> str:
    """One sentence with its full stop."""
    pattern = chance.choice(PATTERNS).replace(",", "\uff0c")
    return PLACE.sub(lambda found: _filled(chance, found[1]), pattern) + "\u3002"


@cache
def _sentences(seed: int, count: int) -> tuple[list[str], Any]:
    """So many sentences, and where chance stands after them."""
    chance = random.Random(seed)
    return [sentence(chance) for _ in range(count)], chance.getstate()


class Writer:
    """Bodies and titles, always the same for the same seed."""

    def __init__(self, seed: int, sentences: int = 30_000) -> None:
        self.sentences, state = _sentences(seed, sentences)
        self.chance = random.Random(seed)
        self.chance.setstate(state)

    def body(self, sought: str = "") -> str:
        """Three hundred characters; with the sought word in their middle, where one is given."""
        text = ""
        while len(text) < LENGTH:
            text += self.chance.choice(self.sentences)
        half = (LENGTH - len(sought)) // 2
        return text[:half] + sought + text[half : LENGTH - len(sought)]

    def title(self) -> str:
        """A few words."""
        return f"{self.chance.choice(LISTS['goods'])}{self.chance.choice(LISTS['fault'])}"
