"""What a customer says on the web of how it went: discontent takes the matter up again (R3-33).

He is no person of the company: what follows is done by nobody of ours, and its owner is told.
"""

from datetime import datetime

from django.db import transaction

from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation.refusal import N_, Refused
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases import rules
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Channel
from shouwen.work.ways.models import Verdict

from . import joining
from .calling_back import STAGE

WORDS = {
    "back": N_("用户在网上表示不满意，已退回继续办理：%(matter)s。%(words)s"),
    "reopen": N_("用户在网上表示不满意，已重新打开：%(matter)s。%(words)s"),
    "anew": N_("用户在网上表示不满意，已另立新案续办：%(matter)s。%(words)s"),
    "told": N_("用户在网上表示不满意，请与用户联系：%(matter)s。%(words)s"),
}
"""What the owner reads, by what came of it."""


@reacts_to("verdict.given")
def follow_verdict(entry: Entry, verdict: Verdict) -> None:
    """Content counts as asked; discontent brings back, reopens or files anew, and is told."""
    if entry.matter_kind != "case":
        return
    rows = Case.objects.select_for_update(of=["self"])
    case = rows.select_related("division", "customer", "first_owner", "handler", "text").get(
        pk=entry.matter_id
    )
    if case.state == "open" and case.stage == STAGE:
        case.satisfied = verdict.satisfied
        case.save(update_fields=["satisfied"])
    if not verdict.satisfied:
        how, goes_on = _take_up(case, verdict.words, entry.at)
        _tell(case, goes_on, how, verdict, entry.at)


def _take_up(case: Case, words: str, at: datetime) -> tuple[str, Case]:
    """What came of it, and the matter in which it goes on."""
    if case.state == "open" and case.stage == STAGE:
        joining.bring_back(case, words, by=None, at=at)
        return "back", case
    how = joining.how_taken_up(case, at)
    if not how:
        return "told", case
    try:
        with transaction.atomic():
            owner = _owner(case, at)
            return how, joining.take_up_again(case, _said(case, words), by=None, owner=owner, at=at)
    except Refused:  # his word stays, whatever hinders the matter: somebody has to see to it
        return "told", case


def _said(case: Case, words: str) -> Intake:
    return Intake(
        case.division, case.customer, case.category, case.title, words, channel=Channel.WEB,
        caller=case.text.caller, phone=case.text.phone, kind=case.kind, wanted=words,
    )  # fmt: skip


def _owner(case: Case, at: datetime) -> Person:
    """Its first-contact owner; of one who left, whoever heads customer service."""
    if case.first_owner.active:
        return case.first_owner
    heads = org.people("customer_service.manager", case.division_id, at)
    return heads[0] if heads else case.first_owner


def _tell(case: Case, goes_on: Case, how: str, verdict: Verdict, at: datetime) -> None:
    clause = ruling.clause("flow", case.division_id, at, flow="first_contact", move="close")
    notices.tell(
        [_owner(case, at), *([case.handler] if case.handler else [])], WORDS[how], about=goes_on,
        key=f"verdict:{verdict.pk}", link=f"/cases/{goes_on.pk}/", at=at,
        clause=clause.id if clause and case.kind in rules.GENERAL else "",
        matter=f"{goes_on.label} {goes_on.title}", words=verdict.words,
    )  # fmt: skip
