"""The product lines of a complaint: shipments that are ticked, with how much of each is bad."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.http import QueryDict

from shouwen.doors.web.numbers import numbers_of
from shouwen.doors.web.refusals import say
from shouwen.ground.foundation.refusal import Reason, Refused
from shouwen.work.customers.deliveries import shipments_of
from shouwen.work.customers.models import Customer, Shipment

SHOWN = 8
LINES = "intake.lines."


@dataclass
class Pick:
    """One shipment as the form offers it."""

    shipment: Shipment
    ticked: bool = False
    defective: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def line(self) -> dict[str, str]:
        """The same as a line of the complaint form."""
        sent = self.shipment
        return {
            "order": sent.order_line.order.number,
            "part": sent.order_line.product.part_number,
            "ship_date": sent.shipped_on.isoformat(),
            "quantity": str(sent.quantity),
            "defective": self.defective,
        }


@dataclass
class Picked:
    """What is offered of a customer's shipments; those ticked stay, whatever is searched for."""

    customer: Customer
    ticked: dict[int, str] = field(default_factory=dict)
    """Shipment id → defective quantity as typed."""
    words: str = ""

    @classmethod
    def read(cls, customer: Customer, data: QueryDict) -> "Picked":
        """The ticks of a form."""
        ids = numbers_of(data.getlist("shipment"))
        ticked = {pk: data.get(f"defective-{pk}", "").strip() for pk in ids[: SHOWN * 5]}
        return cls(customer, ticked, data.get("goods", ""))

    @cached_property
    def picks(self) -> list[Pick]:
        """Those ticked, then the newest that fit the words. Two queries at most."""
        fitting = shipments_of(self.customer, self.words).exclude(pk__in=self.ticked)
        return [*self.chosen, *map(Pick, fitting[:SHOWN])]

    @cached_property
    def chosen(self) -> list[Pick]:
        """Those ticked; nothing is asked where nothing is."""
        found = shipments_of(self.customer).filter(pk__in=self.ticked) if self.ticked else ()
        return [Pick(one, True, self.ticked[one.pk]) for one in found]

    @property
    def lines(self) -> list[dict[str, str]]:
        """Those ticked, as the complaint form has them."""
        return [pick.line for pick in self.chosen]

    @property
    def parts(self) -> list[str]:
        """The part numbers ticked."""
        return [line["part"] for line in self.lines] if self.ticked else []

    def blame(self, refused: Refused) -> Refused | None:
        """Put what is said of a line beside it; gives back what is said of the rest."""
        rest = [reason for reason in refused.reasons if not self._take(reason)]
        return Refused(*rest) if rest else None

    def _take(self, reason: Reason) -> bool:
        place = reason.field.removeprefix(LINES).partition(".")[0]
        if not reason.field.startswith(LINES) or not place.isdigit():
            return False
        chosen = self.chosen
        if int(place) >= len(chosen):
            return False
        said = say(reason)
        chosen[int(place)].errors.append(f"{said.message} ({said.clause})".removesuffix(" ()"))
        return True


NAMES = {
    "intake.reporter": "caller",
    "intake.reporter_phone": "phone",
    "intake.received_at": "received_at",
    "intake.phenomenon": "description",
    "report.phenomenon": "description",
    "body": "description",
    "at": "received_at",
}
"""What the papers call a field → what the form calls it."""


def renamed(reasons: Iterable[Reason]) -> Refused:
    """The same reasons at the fields of the form."""
    return Refused(*(replace(one, field=NAMES.get(one.field, one.field)) for one in reasons))
