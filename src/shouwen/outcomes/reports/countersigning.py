"""The heads confirm liability and ratios, complaint by complaint, then sign the sheet (R4-50)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as rounds
from shouwen.engines.flows.circumstances import asked_name
from shouwen.engines.flows.models import Round, Signing
from shouwen.engines.flows.verbs import rounds as passing
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.money import plain
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit

from . import facts, rows, rules
from .access import require_drawer, signers
from .drafting import locked, row_of, save
from .models import Remark, Report

CLAUSE = "R4-50"
PURPOSE = "statistics"
State = Report.State
Kind = Remark.Kind
Row = dict[str, Any]


@one_act
def submit(report: Report, *, by: Person, at: datetime | None = None) -> Report:
    """Lock the figures and ask the heads for their signatures; the month's duty is done (R4-49)."""
    moment = at or clock.now()
    require_drawer(by, report.division, "R4-49", moment)
    found = locked(report, State.DRAFT)
    refuse_any(_why_not_asked(found.division, moment))
    found.state, found.submitted_at = State.SUBMITTED, moment
    save(found, "state", "submitted_at")
    record("statistics.submitted", found, by=by, at=moment, period=found.period,
           edition=found.edition, cases=len(found.rows))  # fmt: skip
    _ask_heads(found, by, moment)
    return found


def _why_not_asked(division: Unit, at: datetime) -> list[Reason]:
    """A post that nobody fills would never sign."""
    return [
        Reason(
            N_("没有人任 %(role)s，不能送会签"), CLAUSE,
            instead=N_("请先在“设置”中任命，或改公司规定的会签主管"),
            facts={"role": org.role_title(role, division, at)},
        )
        for role in signers(division, at)
        if not org.people(role, division, at)
    ]  # fmt: skip


def _ask_heads(report: Report, by: Person, at: datetime) -> Round:
    asks = [flows.Ask(role=role) for role in signers(report.division, at)]
    return flows.request_round(
        report, PURPOSE, asks, title=Words(**facts.title_of(report.key, report.period)),
        division=report.division, by=by, mode="parallel", at=at, clause=CLAUSE,
    )  # fmt: skip


def round_of(report: Report) -> Round | None:
    """The newest round about a sheet, with its places; two queries."""
    found = rounds.rounds_of(report)
    return found[-1] if found else None


def places_for(found: Round | None, person: Person, at: datetime) -> list[Signing]:
    """The places of a round that wait for this person's name, or that of whom he stands in for."""
    if found is None:
        return []
    acts = rounds.what_can_sign(found, person, at)
    mine = {act.target for act in acts if act.kind == "sign" and act.allowed}
    return [place for place in found.signings.all() if place.pk in mine]


def _my_places(report: Report, by: Person, at: datetime) -> list[Signing]:
    places = places_for(round_of(report), by, at)
    if not places:
        raise refuse(
            N_("会签没有轮到您：您不是会签主管，或已经签署"), CLAUSE,
            instead=N_("已签署后有新意见，请告诉生产管理组"),
        )  # fmt: skip
    return places


def stands_on(remarks: Iterable[Remark]) -> dict[tuple[int, str], str]:
    """Where each head stands on each complaint."""
    return rules.stands(rules.Said(one.case_id, one.kind, one.role) for one in remarks)


@one_act
def confirm(
    report: Report, cases: Sequence[int], *, by: Person, at: datetime | None = None
) -> Report:
    """A head agrees with liability and ratios of these complaints; none named means the rest."""
    moment = at or clock.now()
    found = locked(report, State.SUBMITTED, clause=CLAUSE)
    places = _my_places(found, by, moment)
    stood = stands_on(found.remarks.all())
    wanted = [row_of(found, case) for case in cases] or found.rows
    said = [
        Remark(report=found, case_id=row["case"], kind=Kind.CONFIRMED, role=place.role, person=by,
               at=moment)
        for place in places
        for row in wanted
        if (stood.get((row["case"], place.role)) != "confirmed" if cases
            else (row["case"], place.role) not in stood)
    ]  # fmt: skip
    refuse_any(_why_not_confirmed(said, found))
    Remark.objects.bulk_create(said)
    if said:
        record("statistics.confirmed", found, by=by, at=moment,
               cases=sorted({one.case_id for one in said}))  # fmt: skip
    return found


def _why_not_confirmed(said: Sequence[Remark], report: Report) -> list[Reason]:
    """Ratios that are not agreed yet cannot be confirmed."""
    wanted = {one.case_id for one in said}
    agreed = [row for row in report.rows if row["case"] in wanted]
    return rules.why_not_ratios(agreed, rows.ratio_total(clock.day_of(report.drawn_up_at)))


@one_act
def object_to(
    report: Report,
    case: int,
    reason: str,
    shares: Sequence[Row] = (),
    *,
    by: Person,
    at: datetime | None = None,
) -> Report:
    """A head objects to liability or ratio of one complaint, with reason and what it should be."""
    moment = at or clock.now()
    found = locked(report, State.SUBMITTED, clause=CLAUSE)
    row = row_of(found, case)
    places = _my_places(found, by, moment)
    if not reason.strip():
        raise refuse(N_("请写明异议的理由"), CLAUSE, field="reason")
    wanted = _clean(shares, found) if shares else []
    Remark.objects.bulk_create(
        Remark(report=found, case_id=case, kind=Kind.OBJECTED, role=place.role, person=by,
               text=reason.strip()[:1000], shares=wanted, at=moment)
        for place in places
    )  # fmt: skip
    record("statistics.objected", found, by=by, at=moment, case=case, number=row["number"],
           reason=reason.strip()[:1000], shares=wanted)  # fmt: skip
    return found


def _clean(shares: Sequence[Row], report: Report) -> list[Row]:
    """Shares as they are kept: units with their names, ratios that total the whole."""
    refuse_any(rules.why_not_shares(shares, rows.ratio_total(clock.day_of(report.drawn_up_at))))
    return [
        {
            "unit": int(part["unit"]),
            **rows.named(org.unit_by_id(int(part["unit"]))),
            "ratio": plain(rules.number_of(part["ratio"]) or Decimal(0)),
        }
        for part in shares
    ]


@one_act
def answer(
    report: Report, case: int, text: str, *, by: Person, at: datetime | None = None
) -> Report:
    """The group answers an objection without changing the ratio."""
    moment = at or clock.now()
    require_drawer(by, report.division, CLAUSE, moment)
    found = locked(report, State.SUBMITTED, clause=CLAUSE)
    row = row_of(found, case)
    if not text.strip():
        raise refuse(N_("请写答复"), CLAUSE, field="text")
    Remark.objects.create(
        report=found, case_id=case, kind=Kind.ANSWERED, person=by, text=text.strip()[:1000],
        at=moment,
    )  # fmt: skip
    record("statistics.answered", found, by=by, at=moment, case=case, number=row["number"],
           text=text.strip()[:1000])  # fmt: skip
    return found


@one_act
def amend(
    report: Report,
    case: int,
    shares: Sequence[Row],
    reason: str,
    *,
    by: Person,
    at: datetime | None = None,
) -> Report:
    """Change who is liable and in which ratio; every head confirms that complaint anew.

    A signature stands under what was signed: where one head has signed already, all sign again.
    """
    moment = at or clock.now()
    require_drawer(by, report.division, CLAUSE, moment)
    found = locked(report, State.DRAFT, State.SUBMITTED, clause=CLAUSE)
    row = next((one for one in found.rows if one["case"] == case), None)
    if row is None:
        raise refuse(N_("转入的案件只检查改善，比率在原月份已定"), CLAUSE)
    if not reason.strip():
        raise refuse(N_("请写明更改比率的理由"), CLAUSE, field="reason")
    row["liability"] = rows.shared_out(_clean(shares, found), row["loss_cents"])
    row["amended"] = True
    save(found, "body")
    Remark.objects.create(
        report=found, case_id=case, kind=Kind.AMENDED, person=by, text=reason.strip()[:1000],
        shares=row["liability"], at=moment,
    )  # fmt: skip
    record("statistics.amended", found, by=by, at=moment, case=case, number=row["number"],
           reason=reason.strip()[:1000])  # fmt: skip
    if found.state == State.SUBMITTED:
        _ask_again(found, reason, by, moment)
    return found


def _ask_again(report: Report, reason: str, by: Person, at: datetime) -> None:
    newest = round_of(report)
    if newest is not None and newest.state == Round.State.OPEN:
        if all(place.state != Signing.State.SIGNED for place in newest.signings.all()):
            return
        held, places = passing.locked(newest.pk)
        passing.call_off(held, places, by, at)
        passing.record("round.cancelled", held, by, at, reason=reason.strip())
    _ask_heads(report, by, at)


@one_act
def sign(report: Report, *, by: Person, at: datetime | None = None, opinion: str = "") -> Report:
    """A head signs, once every complaint is confirmed by him."""
    moment = at or clock.now()
    found = locked(report, State.SUBMITTED, clause=CLAUSE)
    places = _my_places(found, by, moment)
    stood = stands_on(found.remarks.all())
    refuse_any(
        reason for place in places for reason in rules.why_not_sign(found.rows, place.role, stood)
    )
    for place in places:
        flows.sign(place, by=by, at=moment, opinion=opinion)
    return found


def missing(report: Report, newest: Round | None) -> list[str]:
    """Whose signature is still wanted, as people call them."""
    if newest is None:
        return [
            org.role_title(role, report.division) for role in signers(report.division, clock.now())
        ]
    return [
        asked_name(place, report.division_id)
        for place in newest.signings.all()
        if place.state not in (Signing.State.SIGNED, Signing.State.DROPPED)
    ]


def why_not_final(report: Report, newest: Round | None) -> list[Reason]:
    """Everything that keeps a sheet from being final (R4-50, R4-51)."""
    total = rows.ratio_total(clock.day_of(report.drawn_up_at))
    return rules.why_not_final(report.rows, report.carried, missing(report, newest), total)


@one_act
def finalise(report: Report, *, by: Person, at: datetime | None = None) -> Report:
    """Freeze the sheet: all have signed, ratios are whole, nothing is blank."""
    moment = at or clock.now()
    require_drawer(by, report.division, CLAUSE, moment)
    found = locked(report, State.SUBMITTED, clause=CLAUSE)
    refuse_any(why_not_final(found, round_of(found)))
    found.state, found.finalised_at = State.FINAL, moment
    save(found, "state", "finalised_at")
    record("statistics.finalised", found, by=by, at=moment, period=found.period,
           edition=found.edition, cases=len(found.rows))  # fmt: skip
    return found
