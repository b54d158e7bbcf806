from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from shouwen.doors.web import links, saying
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation.words import Words, listed
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause, Group, RegulationHead
from shouwen.ground.policy.values import ValueSpec
from shouwen.work.cases.models import Case

from . import figures, indicators, record
from .record import Month, Record
from .states import KINDS, MODE_HELP, MODES, STATES, State, state_of


@dataclass(frozen=True)
class Given:
    """A company value a clause leaves open, as it stands in one division."""

    spec: ValueSpec
    division: Unit
    setting: values.Setting | None

    @property
    def text(self) -> str:
        """The value in words."""
        return figures.value_text(self.spec, self.setting.value) if self.setting else ""

    @property
    def rows(self) -> list[Any]:
        """A table value's rows."""
        if self.setting is None or self.spec.type != "table":
            return []
        return list(figures.table_rows(self.spec, self.setting.value))


@dataclass(frozen=True)
class Line:
    """A clause as the readable text shows it."""

    clause: Clause
    state: State
    count: int
    values: list[Given]

    @property
    def kind(self) -> str:
        """The kind in words; more than one where the sentence rules more than one thing."""
        return listed(gettext(KINDS[side.kind]) for side in self.clause.sides)

    @property
    def owners(self) -> list[str]:
        """The packages that act on it."""
        return list(dict.fromkeys(side.owner for side in self.clause.sides))

    @property
    def mode(self) -> str:
        """How it is kept, in words."""
        return gettext(MODES[self.clause.mode])


def overview(request: Request) -> HttpResponse:
    """Every regulation in force with its counts."""
    month = Month.of("")
    heads = policy.regulations()
    every = {head.code: policy.clauses(head.code) for head in heads}
    seen = org.divisions_visible(request.person)
    kept = Record([clause for clauses in every.values() for clause in clauses], month, seen)
    rows = [_summary(head, lines_of(every[head.code], request.person, kept)) for head in heads]
    parts = [
        (gettext("已采用"), [row for row in rows if row["adopted"]]),
        (gettext("其他制度"), [row for row in rows if not row["adopted"]]),
    ]
    return render(request, "regulations/list.html", {"parts": parts, "month": month})


def _summary(head: RegulationHead, lines: list[Line]) -> dict[str, Any]:
    return {
        "head": head,
        "total": len(lines),
        "running": sum(line.clause.running for line in lines),
        "broken": sum(line.state.key == "broken" for line in lines),
        "unset": sum(line.state.key == "unset" for line in lines),
        "adopted": adopters(head.code),
    }


def adopters(code: str) -> list[tuple[Unit, int]]:
    """Divisions that run under a regulation today, each with its edition."""
    found = [(division, org.adopted(division, code)) for division in org.divisions()]
    return [(division, edition) for division, edition in found if edition is not None]


def lines_of(clauses: list[Clause], person: Person, kept: Record) -> list[Line]:
    """The clauses with state, count and company values."""
    divisions = org.divisions_under(person, clauses[0].regulation) if clauses else []
    owed = record.open_dues(clauses, divisions)
    return [_line(clause, divisions, kept, owed.get(clause.id, 0)) for clause in clauses]


def _line(clause: Clause, divisions: list[Unit], kept: Record, due: int) -> Line:
    given = [
        Given(spec, division, values.setting_of(spec.key, division))
        for division in divisions
        for spec in clause.values
    ]
    state = state_of(
        running=clause.running,
        unset=sum(one.setting is None for one in given),
        broken=kept.broken(clause),
        due=due,
    )
    return Line(clause, state, kept.count(clause), given)


def regulation(request: Request, code: str) -> HttpResponse:
    """One regulation as text, by its groups, with a state beside every clause."""
    head = _head(code)
    month = Month.of(request.GET.get("month", ""))
    clauses = policy.clauses(code)
    kept = Record(clauses, month, org.divisions_visible(request.person))
    lines = lines_of(clauses, request.person, kept)
    wanted = request.GET.get("state", "")
    shown = [line for line in lines if wanted not in STATES or line.state.key == wanted]
    context = {
        "head": head, "month": month, "wanted": wanted, "adopted": adopters(code),
        "indicators": indicators.of(code, request), "total": len(lines),
        "groups": _grouped(head, shown),
        "states": [(key, gettext(word), sum(line.state.key == key for line in lines))
                   for key, word in STATES.items()],
    }  # fmt: skip
    return render(request, "regulations/regulation.html", context)


def _head(code: str) -> RegulationHead:
    try:
        return policy.regulation(code)
    except policy.NotInForce:
        raise Http404(code) from None


def _grouped(head: RegulationHead, lines: list[Line]) -> list[tuple[Group, list[Line]]]:
    """The lines by group, in the order of the regulation; what has none stands at the end."""
    rest = Group(key="rest", title=Words(zh="其他", en="Other"))
    known = {group.key for group in head.groups}
    found = [
        (group, [line for line in lines if line.clause.group == group.key]) for group in head.groups
    ]
    found.append((rest, [line for line in lines if line.clause.group not in known]))
    return [(group, ones) for group, ones in found if ones]


def clause(request: Request, number: str) -> HttpResponse:
    """One clause: its text, what keeps it, its figures and values, its record of a month."""
    try:
        found = policy.clause(number)
    except policy.NotInForce:
        raise Http404(number) from None
    month = Month.of(request.GET.get("month", ""))
    head = policy.regulation(found.regulation)
    seen = org.divisions_visible(request.person)
    (line,) = lines_of([found], request.person, Record([found], month, seen))
    page = page_of(record.facts(found, month, seen), request, size=20)
    before, after = _neighbours(found)
    matching = policy.repeated(number)
    context = {
        "matching": matching, "feature": found.feature or (matching.feature if matching else None),
        "head": head, "line": line, "clause": found, "month": month, "page": page,
        "events": _events(page.rows), "figures": figures.lines(found),
        "mode_help": gettext(MODE_HELP[found.mode]), "before": before, "after": after,
        "group": next((g for g in head.groups if g.key == found.group), None),
        "divisions": org.divisions_under(request.person, found.regulation),
        "evidence": list(dict.fromkeys(saying.event_title(name) for name in found.evidence)),
    }  # fmt: skip
    return render(request, "regulations/clause.html", context)


def _neighbours(found: Clause) -> tuple[Clause | None, Clause | None]:
    every = policy.clauses(found.regulation)
    place = [one.id for one in every].index(found.id)
    before = every[place - 1] if place else None
    return before, every[place + 1] if place + 1 < len(every) else None


def _events(entries: list[Any]) -> list[dict[str, Any]]:
    """Facts as lines that lead to the matter they are about."""
    wanted = {entry.matter_id for entry in entries if entry.matter_kind == "case"}
    cases = Case.objects.in_bulk(wanted)
    return [_event(entry, cases.get(entry.matter_id)) for entry in entries]


def _event(entry: Any, case: Case | None) -> dict[str, Any]:
    url = links.url(entry.matter_kind, entry.matter_id) if entry.matter_kind else ""
    return saying.line(entry, detail=case.called if case else "", url=url)
