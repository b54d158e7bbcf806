"""What the loaded cases say, and whose they are: drawn from lists, the same for the same seed.

In a recorded story every text that is to differ stands as a mark: one sign of a private area and
as many fillers as the text is long, so that a piece cut off by the product is still known.
"""

import random
import re
from pathlib import Path

LENGTH = 300
"""Characters of a body."""
EVERY = 200
SOUGHT = ("绝缘击穿", "焦糊")
"""What the searches look for: each in one body of two hundred, and in no list below."""

FILLER = "\ue000"
OF_CASE, OF_CUSTOMER = 0xE100, 0xE180
MARK = re.compile("[\ue100-\ue1ff]\ue000*")
TITLE, BODY, CALLER, WANTED, TALK = 0, 1, 2, 3, 10
NAME, SHORT_NAME, CONTACT, ADDRESS = 0, 1, 2, 3
_LENGTHS = {TITLE: 12, BODY: LENGTH, CALLER: 3, WANTED: 16}
_CUSTOMER_LENGTHS = {NAME: 12, SHORT_NAME: 4, CONTACT: 3, ADDRESS: 14}
TALK_LENGTH = 40


def mark(kind: int) -> str:
    """The mark of a text of a case; `TALK` and those after it are what was said later."""
    return chr(OF_CASE + kind) + FILLER * (_LENGTHS.get(kind, TALK_LENGTH) - 1)


def customer_mark(kind: int) -> str:
    """The mark of a text of a customer."""
    return chr(OF_CUSTOMER + kind) + FILLER * (_CUSTOMER_LENGTHS[kind] - 1)


LISTS = {
    kind: words
    for kind, *words in map(
        str.split, (Path(__file__).parent / "words.txt").read_text("utf-8").splitlines()
    )
}
"""Words by what they are; the first of a list are the common ones, as in any trade."""
_PLACE = re.compile(r"\{(\w+)\}")
_NUMBERS = {"n": (2, 9), "m": (11, 480), "d": (1, 28), "no": (30_000, 89_999)}


def person(draw: random.Random) -> str:
    """A name of two or three characters."""
    return draw.choice(LISTS["family"]) + "".join(
        draw.choices(LISTS["given"], k=draw.randint(1, 2))
    )


def _filled(draw: random.Random, place: str) -> str:
    if place in _NUMBERS:
        return str(draw.randint(*_NUMBERS[place]))
    if place == "name":
        return person(draw)
    words = LISTS[place]
    return words[min(int(draw.expovariate(4 / len(words))), len(words) - 1)]


def sentence(draw: random.Random) -> str:
    """One sentence with its full stop."""
    pattern = draw.choice(LISTS["pattern"])
    return _PLACE.sub(lambda found: _filled(draw, found[1]), pattern) + "。"


class Writer:
    """The texts of a load: drawn from a store of sentences, each by the number of its case."""

    def __init__(self, seed: int, sentences: int = 30_000) -> None:
        self.seed = seed
        draw = random.Random(seed)
        self.sentences = [sentence(draw) for _ in range(sentences)]

    def of_case(self, number: int) -> dict[int, str]:
        """What the texts of a case may be; the talk of later contacts is drawn when asked for."""
        draw = self._draw(number)
        return {
            TITLE: draw.choice(LISTS["thing"]) + draw.choice(LISTS["ill"]),
            BODY: self._body(draw, sought_in(number)),
            CALLER: person(draw),
            WANTED: draw.choice(LISTS["hope"]) + "，" + draw.choice(LISTS["hope"]),
        }

    def talk(self, number: int, kind: int) -> str:
        """What was said in a later contact."""
        return self._draw(number * 31 + kind).choice(self.sentences)

    def of_customer(self, number: int) -> dict[int, str]:
        """Name, short name, contact and address of a customer."""
        draw = self._draw(-1 - number)
        short = draw.choice(LISTS["stem"]) + draw.choice(LISTS["trade"])
        town = draw.choice(LISTS["town"])
        street = f"{town}市{draw.choice(LISTS['stem'])}路{draw.randint(1, 980)}号"
        name = f"{town}{short}有限公司"
        return {NAME: name, SHORT_NAME: short, CONTACT: person(draw), ADDRESS: street}

    def resident(self, number: int) -> dict[int, str]:
        """The same for somebody who lives in the estate."""
        draw = self._draw(-1 - number)
        name = person(draw)
        home = f"悦府{draw.randint(1, 40)}栋{draw.randint(101, 3205)}室"
        return {NAME: name, SHORT_NAME: name, CONTACT: name, ADDRESS: home}

    def _draw(self, number: int) -> random.Random:
        return random.Random(self.seed * 1_000_003 + number)

    def _body(self, draw: random.Random, sought: str) -> str:
        text = ""
        while len(text) < LENGTH:
            text += draw.choice(self.sentences)
        half = (LENGTH - len(sought)) // 2
        return text[:half] + sought + text[half : LENGTH - len(sought)]


def sought_in(number: int) -> str:
    """The word that the body of a case holds."""
    return {0: SOUGHT[0], EVERY // 2: SOUGHT[1]}.get(number % EVERY, "")


def hits(cases: int, word: str) -> int:
    """How many bodies of a load hold a sought word."""
    return len(range(0 if word == SOUGHT[0] else EVERY // 2, cases, EVERY))
