"""Draw a sample that anybody can draw again from its seed. Pure: no database, no chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from hashlib import sha256

ROUNDINGS = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "half": ROUND_HALF_UP}
"""How a clause wants its share made whole."""


@dataclass(frozen=True)
class Record:
    """One record that may be drawn, and the stratum it lies in."""

    kind: str
    pk: int
    stratum: str

    @property
    def name(self) -> str:
        """What its lot is drawn from, together with the seed."""
        return f"{self.kind}:{self.pk}"


def size_of(base: int, percent: Decimal, rounding: str = "up") -> int:
    """How many of so many: 20 % of 51 is 11."""
    share = Decimal(base) * percent / 100
    return min(base, int(share.to_integral_value(ROUNDINGS[rounding])))


def lot(seed: str, record: Record) -> str:
    """The lot of a record: the lower comes first. The same on every machine, for ever."""
    return sha256(f"{seed}:{record.name}".encode()).hexdigest()


def draw(records: Sequence[Record], size: int, seed: str) -> list[Record]:
    """Draw `size` of them, every stratum in proportion; the order of the input does not matter."""
    strata: dict[str, list[Record]] = {}
    for record in sorted(set(records), key=lambda one: lot(seed, one)):
        strata.setdefault(record.stratum, []).append(record)
    shares = share_out({name: len(found) for name, found in strata.items()}, size, seed)
    drawn = [record for name, found in strata.items() for record in found[: shares[name]]]
    return sorted(drawn, key=lambda one: lot(seed, one))


def share_out(counts: dict[str, int], size: int, seed: str) -> dict[str, int]:
    """Whole places for each stratum: its exact share rounded down, the rest by largest remainder.

    Of equal remainders the lot decides, so that no stratum is favoured by its name.
    """
    base = sum(counts.values())
    size = min(size, base)
    if not base:
        return {}
    exact = {name: Decimal(count) * size / base for name, count in counts.items()}
    whole = {name: int(share) for name, share in exact.items()}
    left = size - sum(whole.values())

    def place(name: str) -> tuple[Decimal, str]:
        return whole[name] - exact[name], sha256(f"{seed}:{name}".encode()).hexdigest()

    for name in sorted(counts, key=place)[:left]:
        whole[name] += 1
    return whole
