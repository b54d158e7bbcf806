"""The rows of a sheet as people read them: words, filters, counts, and where each number leads."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.caselists import words as choices
from shouwen.ground.foundation import words
from shouwen.outcomes.reports.models import Report

Row = Mapping[str, Any]
STATUSES = {
    "open": ("soon", _("未完成")),
    "done": ("done", _("已完成")),
    "exempt": ("plain", _("免列案")),
}
STATES = {
    "draft": ("draft", _("编制中")),
    "submitted": ("now", _("会签中")),
    "final": ("done", _("已定案")),
    "replaced": ("void", _("已由新版取代")),
}


def said(record: Row) -> str:
    """A name that is kept in both languages, in the reader's."""
    return str(record.get(words.language()) or record.get("zh") or "")


class Words:
    """What causes and classes are called; looked up once a page."""

    @cached_property
    def items(self) -> dict[str, str]:
        """Complaint items by key."""
        return {key: str(label) for key, label in choices.cause_items()}

    @cached_property
    def classes(self) -> dict[str, str]:
        """Classes of causes by key."""
        return {key: str(label) for key, label in choices.cause_classes()}


@dataclass(frozen=True)
class Dimension:
    """One way to count the rows: the keys a row falls under, with what they are called."""

    key: str
    title: Any
    keys: Callable[[Row, Words], dict[str, str]]


def _parts(row: Row, known: Words) -> dict[str, str]:
    return {one["part"]: f"{one['part']} {said(one)}".strip() for one in row["parts"]}


DIMENSIONS = {
    one.key: one
    for one in (
        Dimension("item", _("客诉项目"), lambda row, known: {
            row["cause_item"]: known.items.get(row["cause_item"], row["cause_item"] or "—")}),
        Dimension("unit", _("责任单位"), lambda row, known: {
            str(part["unit"]): said(part) for part in row["liability"]}),
        Dimension("part", pgettext_lazy("column", "产品"), _parts),
        Dimension("customer", pgettext_lazy("column", "客户"), lambda row, known: {
            str(row["customer"]["id"]): said(row["customer"])}),
        Dimension("class", _("原因分类"), lambda row, known: {
            row["cause_class"]: known.classes.get(row["cause_class"], row["cause_class"] or "—")}),
        Dimension("status", _("改善状态"), lambda row, known: {
            row["status"]: str(STATUSES[row["status"]][1]) if row["status"] else str(_("未填"))}),
        Dimension("late", _("时限"), lambda row, known: {
            "1" if row["late"] else "0": str(_("逾期结案") if row["late"] else _("按期结案"))}),
    )
}  # fmt: skip
CHARTED = ("item", "unit", "part", "customer")


@dataclass(frozen=True)
class Count:
    """One number of a tally: how many complaints, their loss, and the list that shows them."""

    name: str
    cases: int
    loss_cents: int
    url: str


def tally(rows: Sequence[Row], key: str, known: Words) -> list[Count]:
    """How many complaints fall under each value of a dimension, most first.

    A complaint of two units counts with each of them, with its share of the loss.
    """
    dimension, names = DIMENSIONS[key], {}
    cases: dict[str, int] = {}
    losses: dict[str, int] = {}
    for row in rows:
        for value, name in dimension.keys(row, known).items():
            names[value] = name
            cases[value] = cases.get(value, 0) + 1
            losses[value] = losses.get(value, 0) + _loss_of(row, key, value)
    order = sorted(cases, key=lambda value: (-cases[value], -losses[value], names[value]))
    return [
        Count(names[value], cases[value], losses[value], f"?{urlencode({key: value})}#cases")
        for value in order
    ]


def _loss_of(row: Row, key: str, value: str) -> int:
    if key != "unit":
        return int(row["loss_cents"])
    return sum(part["loss_cents"] for part in row["liability"] if str(part["unit"]) == value)


def chosen(rows: Iterable[Row], asked: Mapping[str, str], known: Words) -> list[Row]:
    """The rows an address asks for: those that fall under every value it names."""
    wanted = {key: asked[key] for key in DIMENSIONS if asked.get(key)}
    return [
        row
        for row in rows
        if all(value in DIMENSIONS[key].keys(row, known) for key, value in wanted.items())
    ]


def asked_for(rows: Sequence[Row], asked: Mapping[str, str], known: Words) -> list[str]:
    """What the address filters by, in words."""
    found = []
    for key, dimension in DIMENSIONS.items():
        if value := asked.get(key):
            names = [dimension.keys(row, known).get(value) for row in rows]
            found.append(f"{dimension.title} {next(filter(None, names), value)}")
    return found


@dataclass(frozen=True)
class Line:
    """One row as a line of the table."""

    row: Row
    report: Report
    known: Words
    stand: tuple[str, str] | None = None

    @property
    def url(self) -> str:
        """The page of this complaint on the sheet."""
        return reverse("reports:row", args=[self.report.pk, self.row["case"]])

    @property
    def customer(self) -> str:
        """Its name."""
        return said(self.row["customer"])

    @property
    def parts(self) -> str:
        """Part numbers with what they are called."""
        return "; ".join(_parts(self.row, self.known).values())

    @property
    def cause(self) -> str:
        """Complaint item, and its class where it is none of quality."""
        item = self.known.items.get(self.row["cause_item"], self.row["cause_item"] or "—")
        if self.row["cause_class"] in ("", "quality"):
            return item
        return f"{item} · {self.known.classes.get(self.row['cause_class'], '')}"

    @property
    def liable(self) -> str:
        """Units with their ratios."""
        return "; ".join(f"{said(one)} {one['ratio'] or '?'}%" for one in self.row["liability"])

    @property
    def status(self) -> tuple[str, Any]:
        """How the improvement stands, as a badge."""
        return STATUSES.get(self.row["status"], ("off", _("未填")))

    @property
    def days(self) -> str:
        """From acceptance to close-out; said in words when it took too long."""
        days = str(self.row["days"])
        return gettext("%(days)s 逾期") % {"days": days} if self.row["late"] else days

    @property
    def checked_by(self) -> str:
        """Who checked it."""
        return said(self.row["checked_by"]) if self.row["checked_by"] else ""
