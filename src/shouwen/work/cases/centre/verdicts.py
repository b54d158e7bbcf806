"""What a customer says himself of how it went: discontent takes the matter up again (R3-33).

He says it on the web, or signs it on paper; what he says in a call-back is heard there. He is no
person of the company: what follows is done by nobody of ours, and its owner is told. Where nothing
can follow by itself, it is a task of somebody who can act, until he has spoken to him.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues import queries as due_queries
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.circumstances import flow_of
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation.refusal import N_, Refused, refuse
from shouwen.ground.journal.actions import kind_of, reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Person
from shouwen.work.cases import rules
from shouwen.work.cases.actions import Intake, section_data
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Channel, Direction
from shouwen.work.ways.models import Verdict

from . import joining, owning
from .calling_back import STAGE

CALL_DAYS = "R3-35.days"
"""How soon an owner calls a customer back: so soon somebody speaks to one who is not content."""
WORDS = {
    "back": N_("用户表示不满意，已退回继续办理：%(matter)s。%(words)s"),
    "reopen": N_("用户表示不满意，已重新打开：%(matter)s。%(words)s"),
    "anew": N_("用户表示不满意，已另立新案续办：%(matter)s。%(words)s"),
    "told": N_("用户表示不满意，请与用户联系：%(matter)s。%(words)s"),
    "refused": N_("用户表示不满意，未能自动续办，请与用户联系：%(matter)s。%(words)s"),
}
"""What the owner reads, by what came of it."""
SLIP, SIGNED = "user_confirmation", "confirmation"
"""The paper that a user signs, and its section."""
ASKED = "discontent"
"""How the keys begin of what is asked because somebody is not content."""


@dataclass(frozen=True)
class Said:
    """What he said of it, and the record in which that stands."""

    on: Model
    satisfied: bool
    words: str
    channel: str = Channel.WEB

    @property
    def key(self) -> str:
        """Its record, as a part of keys."""
        return f"{kind_of(self.on)}:{self.on.pk}"


@reacts_to("verdict.given")
def follow_verdict(entry: Entry, verdict: Verdict) -> None:
    """What he said on the web."""
    if entry.matter_kind == "case":
        _hear(_matter(entry), Said(verdict, verdict.satisfied, verdict.words), entry.at)


@reacts_to(f"{SLIP}.filed")
def follow_signature(entry: Entry, slip: Sheet) -> None:
    """What he signed. Nobody signs that he is content with what is not done yet."""
    case, told = _matter(entry), section_data(slip, SIGNED)
    if case.state == "open" and not is_solved(case):
        raise refuse(
            N_("处理完毕后才能登记用户的签字确认"), slip.definition.clause,
            instead=N_("请先办完处理一步,再请用户签字"),
        )  # fmt: skip
    words = told.get("words") or ""
    _hear(case, Said(slip, told["satisfied"] == "yes_", words, Channel.VISIT), entry.at)


def _matter(entry: Entry) -> Case:
    rows = Case.objects.select_for_update(of=["self"])
    return rows.select_related("division", "customer", "first_owner", "handler", "text").get(
        pk=entry.matter_id
    )


def _hear(case: Case, said: Said, at: datetime) -> None:
    """Content counts as asked; discontent brings back, reopens, files anew, or is a task."""
    solved = is_solved(case)
    if solved:
        case.satisfied = said.satisfied
        case.save(update_fields=["satisfied"])
    if said.satisfied:
        return
    how, goes_on = _take_up(case, said, solved, at)
    acting: list[Person] = []
    if how == "refused" or (how == "told" and (solved or case.state != "open")):
        acting = _ask(case, said, at)
    _tell(case, goes_on, how, said, acting, at)


def is_solved(case: Case) -> bool:
    """Whether the work is done and only his word and the archive are outstanding."""
    if case.state != "open" or case.kind not in rules.GENERAL:
        return False
    flow = flow_of(flow_queries.run_of(case))
    known = any(stage.key == STAGE for stage in flow.stages)
    return known and flow.order(case.stage) >= flow.order(STAGE)


def _take_up(case: Case, said: Said, solved: bool, at: datetime) -> tuple[str, Case]:
    """What came of it, and the matter in which it goes on."""
    how = "back" if solved and not joining.was_let_rest(case) else joining.how_taken_up(case, at)
    if not how:
        return "told", case
    try:
        with transaction.atomic():
            if how == "back":
                joining.bring_back(case, said.words, by=None, at=at)
                return how, case
            intake = said_again(case, said.words, said.channel)
            owner = owning.answers_for(case, at)
            return how, joining.take_up_again(case, intake, by=None, owner=owner, at=at)
    except Refused as refused:  # his word stays, whatever hinders the matter
        case.refresh_from_db(fields=["state", "stage", "version"])
        _write_down(refused, case, said, at)
        return "refused", case


def _write_down(refused: Refused, case: Case, said: Said, at: datetime) -> None:
    """Why it could not go on by itself stands on the matter, like every refusal."""
    reasons = [
        {"message": one.message, "clause": one.clause,
         "facts": {name: str(value) for name, value in one.facts.items()}}
        for one in refused.reasons
    ]  # fmt: skip
    record(
        "verdict.refused", said.on, by=None, at=at, matter=case, reasons=reasons,
        clauses=sorted(refused.clauses),
    )  # fmt: skip


def said_again(case: Case, words: str, channel: str) -> Intake:
    """What a customer who is not content says, as a matter that goes on from the old one."""
    return Intake(
        case.division, case.customer, case.category, case.title, words, channel=channel,
        caller=case.text.caller, phone=case.text.phone, wanted=words,
        kind=case.kind if case.kind in rules.GENERAL else "",
    )  # fmt: skip


def _ask(case: Case, said: Said, at: datetime) -> list[Person]:
    """Put it on the desk of somebody who can act; gives who hears of it."""
    people, desk = _who_acts(case, at)
    dues.open_due(
        N_("与表示不满意的用户联系：%(matter)s"), subject=said.on, matter=case,
        key=f"{ASKED}:{said.key}",
        division=case.division_id, clause=_clause(case, at),
        days=values.find(CALL_DAYS, case.division_id, at), link=f"/cases/{case.pk}/",
        params={"matter": f"{case.label} {case.title}"}, by=None, at=at, **desk,
    )  # fmt: skip
    return people


def _who_acts(case: Case, at: datetime) -> tuple[list[Person], dict[str, Any]]:
    """The head of customer service; of a matter of sales the salesperson; else their superiors."""
    if case.kind not in rules.GENERAL and case.salesperson.active:
        return [case.salesperson], {"person": case.salesperson}
    if heads := org.people(owning.HEAD, case.division_id, at):
        return heads[:1], {"role": owning.HEAD}
    if above := org.superiors(case.first_owner_id, case.division_id, at):
        return above[:1], {"person": above[0]}
    boss = "management.gm"
    return org.people(boss, case.division_id, at)[:1], {"role": boss}


@reacts_to(
    "interaction.recorded", "conveyance.recorded", "case.taken_up", "case.anew", "case.reopened",
    "case.refused",
)  # fmt: skip
def settle_task(entry: Entry, subject: object) -> None:
    """Somebody of ours spoke to him, or took the matter up: that was the task."""
    if entry.matter_kind != "case" or entry.actor_id is None:
        return
    if entry.data.get("direction", Direction.OUT) != Direction.OUT:
        return
    waiting = due_queries.of_matters("case", [entry.matter_id]).get(entry.matter_id, [])
    asked = [due for due in waiting if (due.key or "").startswith(f"{ASKED}:")]
    if asked:
        dues.settle_these(asked, by=org.person(entry.actor_id), at=entry.at, entry=entry.pk)


def _clause(case: Case, at: datetime) -> str:
    found = ruling.clause("flow", case.division_id, at, flow="first_contact", move="close")
    return found.id if found and case.kind in rules.GENERAL else ""


def _tell(
    case: Case, goes_on: Case, how: str, said: Said, acting: list[Person], at: datetime
) -> None:
    told = [owning.answers_for(case, at), *([case.handler] if case.handler else []), *acting]
    notices.tell(
        list({one.pk: one for one in told}.values()), WORDS[how], about=goes_on,
        key=f"verdict:{said.key}", link=f"/cases/{goes_on.pk}/", at=at,
        clause=_clause(case, at), matter=f"{goes_on.label} {goes_on.title}", words=said.words,
    )  # fmt: skip
