"""What a door hands to a verb: the values of a record before anything is checked. Pure."""

import dataclasses
import unicodedata
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar

Draft = TypeVar("Draft", bound="Tidy")
BASE_CURRENCY = "CNY"
"""The currency the books are kept in; other orders carry an exchange rate to it."""


def tidy(text: str) -> str:
    """Half-width signs, no blanks at the ends, one blank where there were several."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def code(text: str) -> str:
    """A code as it is compared: tidy, without blanks, in capitals."""
    return tidy(text).replace(" ", "").upper()


@dataclasses.dataclass(frozen=True)
class Tidy:
    """A draft whose texts are tidied when it is made; `code` fields are compared in capitals."""

    CODES = frozenset({"code", "part_number", "number", "invoice_number", "currency"})

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                clean: Callable[[str], str] = code if field.name in self.CODES else tidy
                object.__setattr__(self, field.name, clean(value))

    def values(self) -> dict[str, Any]:
        """The columns to write."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}


@dataclasses.dataclass(frozen=True)
class CustomerDraft(Tidy):
    """A customer; `salesperson` is a Person or None, `collection_days` None is the company's."""

    code: str
    name_zh: str
    region: str
    name_en: str = ""
    short_name: str = ""
    salesperson: Any = None
    currency: str = BASE_CURRENCY
    phone: str = ""
    email: str = ""
    address: str = ""
    collection_days: int | None = None
    active: bool = True
    industry: str = ""
    wares: str = ""
    contract: str = ""
    segment: str = ""
    likes_from: time | None = None
    likes_until: time | None = None
    likes_way: str = ""
    likes_language: str = ""
    habits: str = ""


@dataclasses.dataclass(frozen=True)
class ContactDraft(Tidy):
    """Somebody at a customer."""

    name: str
    title: str = ""
    phone: str = ""
    other_phone: str = ""
    email: str = ""
    main: bool = False
    active: bool = True


@dataclasses.dataclass(frozen=True)
class ProductDraft(Tidy):
    """A product."""

    part_number: str
    name_zh: str
    name_en: str = ""
    unit: str = "件"
    active: bool = True


@dataclasses.dataclass(frozen=True)
class LineDraft(Tidy):
    """One line of an order; `position` names the line to change, None adds one."""

    product: Any
    quantity: Decimal
    unit_price_cents: int
    position: int | None = None


@dataclasses.dataclass(frozen=True)
class OrderDraft(Tidy):
    """The head of an order; tolerance in percent, None where the customer stated none (R4-76)."""

    number: str
    ordered_on: date
    salesperson: Any = None
    over_receipt_tolerance: Decimal | None = None
    currency: str = BASE_CURRENCY
    exchange_rate: Decimal = Decimal(1)


@dataclasses.dataclass(frozen=True)
class ShipmentDraft(Tidy):
    """A shipment with its invoice and what was collected of it."""

    shipped_on: date
    quantity: Decimal
    invoice_number: str = ""
    invoice_date: date | None = None
    amount_cents: int = 0
    due_on: date | None = None
    collected_cents: int = 0
    collected_on: date | None = None


def draft_of(kind: type[Draft], record: Any) -> Draft:
    """The draft that would write a record as it stands."""
    return kind(**{field.name: getattr(record, field.name) for field in dataclasses.fields(kind)})
