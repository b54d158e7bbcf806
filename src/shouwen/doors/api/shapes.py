"""What goes in and out, as the OpenAPI document tells it. What is not named here is refused."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _printable(text: str) -> str:
    """Without signs that steer a terminal or end a string in a database."""
    if any((ord(sign) < 32 and sign not in "\n\r\t") or ord(sign) == 127 for sign in text):
        raise ValueError("control characters")
    return text


def _one_line(text: str) -> str:
    if any(sign in text for sign in "\n\r\t"):
        raise ValueError("line breaks")
    return _printable(text)


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


Line40 = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=40), AfterValidator(_one_line)
]
Line60 = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=60), AfterValidator(_one_line)
]
Line200 = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_one_line)
]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=8000), AfterValidator(_printable)
]
Zoned = Annotated[datetime, AfterValidator(_zoned)]
ChannelWord = Literal["phone", "letter", "fax", "visit", "mail", "web", "api"]
NatureWord = Literal["service", "problem", "demand", "enquiry", "opinion", "follow_up"]


class In(BaseModel):
    """Something a client sends; an unknown field is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid")


class ContactIn(In):
    """A contact a customer made, told by another system."""

    body: Prose = Field(description="What the customer said, in his words.")
    name: Line60 = ""
    phone: Line40 = ""
    email: Line200 = ""
    subject: Line200 = ""
    wanted: Prose = Field("", description="The outcome the customer wants.")
    channel: ChannelWord = "api"
    nature: NatureWord = "problem"
    customer: Line40 = Field("", description="Code of the customer, when it is known.")
    spoken_at: Zoned | None = Field(None, description="When they spoke; now, unless it is told.")
    external_id: Line200 = Field("", description="What the sender calls it; recorded once.")


class CustomerOut(BaseModel):
    """A customer by code and name."""

    code: str
    name: str


class ContactOut(BaseModel):
    """A contact; telephone and e-mail are masked without the scope `phones:read`."""

    number: str
    direction: str
    channel: str
    nature: str
    at: datetime
    recorded_at: datetime
    name: str
    phone: str
    email: str
    subject: str
    body: str
    wanted: str
    customer: CustomerOut | None
    routed: bool
    external_id: str


class ContactPage(BaseModel):
    """Some contacts, the newest first; `next` asks for those before."""

    items: list[ContactOut]
    next: str | None


class CaseOut(BaseModel):
    """A case as a list has it."""

    number: str
    """Its number; a quality complaint that was not accepted yet has `D` and an id."""
    kind: str
    category: str
    title: str
    customer: CustomerOut
    severity: int
    stage: str
    state: str
    outcome: str
    unit: str | None
    """Code of the unit it lies with."""
    owner: str
    """Whoever took it first and answers for it to the end."""
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    late: bool


class CasePage(BaseModel):
    """Some cases; `next` asks for those after."""

    items: list[CaseOut]
    next: str | None


class FactOut(BaseModel):
    """One thing that happened: the name of the event, and the same in words."""

    at: datetime
    event: str
    words: str
    detail: str
    by: str | None


class CaseFull(CaseOut):
    """A case with what was said and what happened, the newest first."""

    description: str
    caller: str
    phone: str
    history: list[FactOut]


class HitOut(BaseModel):
    """A case that holds all the words."""

    number: str
    title: str
    at: datetime


class HitPage(BaseModel):
    """Some hits, the newest first; `next` asks for those before."""

    items: list[HitOut]
    next: str | None


class PhoneIn(In):
    """A whole telephone number; parts find nothing."""

    phone: Line40


class CallerOut(BaseModel):
    """Whose number it is."""

    customer: CustomerOut
    contact: str
    phone: str


class CallersOut(BaseModel):
    """Everybody it may be."""

    items: list[CallerOut]


class CallIn(In):
    """One event of a call. Events may come late, twice and out of order."""

    call_id: Annotated[Line200, Field(min_length=1)]
    event: Literal["ringing", "answered", "ended"]
    caller: Line40 = ""
    callee: Line40 = ""
    extension: Annotated[Line40, Field(max_length=20)] = ""
    at: Zoned | None = None


class CallOut(BaseModel):
    """How the call stands now."""

    call_id: str
    state: str
    extension: str
    offered: bool
    """Whether somebody's telephone is known by the extension."""


class ReasonOut(BaseModel):
    """One reason of a refusal."""

    message: str
    clause: str
    field: str
    instead: str


class ErrorOut(BaseModel):
    """What went wrong."""

    code: str
    message: str
    reasons: list[ReasonOut]


class Wrong(BaseModel):
    """Every error has this shape."""

    error: ErrorOut
