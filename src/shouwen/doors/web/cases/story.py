"""The journal of a case in words, newest first. What an event is called, `saying` knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from shouwen.doors.web import saying
from shouwen.doors.web.event_words import centre
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.journal.models import Entry
from shouwen.ground.journal.queries import timeline_of
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.work.callbacks.models import Reason
from shouwen.work.cases.models import Case

MOST = 100
SAID = ("reason", "words", "why", "number", "text", "note")
"""What of a fact stands beside its title; the first that is there."""
QUIET = frozenset({"intake.taken", "interaction.tied", "flow.rerouted", "due.restored"})
"""What goes without saying on the page of a matter."""
SERVED = frozenset(centre.TABLE) - QUIET
SHOWN = frozenset(
    [
        "abnormality_note.answered",
        "abnormality_note.filed",
        "announcement.published",
        "case.accepted",
        "case.closed",
        "case.consolidated",
        "case.decided",
        "case.determined",
        "case.instructed",
        "case.investigated",
        "case.negotiated",
        "case.not_upheld",
        "case.opened",
        "case.refiled",
        "case.refused",
        "case.reopened",
        "case.result_returned",
        "case.ruled",
        "case.submitted",
        "certificate.opened",
        "certificate.sealed",
        "conveyance.recorded",
        "copy.received",
        "due.missed",
        "due.reacted",
        "flow.copied",
        "flow.delegated",
        "flow.given_back",
        "flow.handed_over",
        "flow.reopened",
        "flow.sent_back",
        "flow.stage_called",
        "flow.urged",
        "flow.withdrawn",
        "followup.answered",
        "followup.filed",
        "help_log.filed",
        "help_request.answered",
        "help_request.filed",
        "improvement.checked",
        "improvement.confirmed",
        "improvement.opened",
        "improvement_action.answered",
        "improvement_action.filed",
        "investigation_report.answered",
        "investigation_report.filed",
        "joint.opened",
        "joint.settled",
        "letter.printed",
        "loss.approved",
        "loss.computed",
        "notice.approved",
        "notice.declined",
        "notice.drafted",
        "objection.answered",
        "objection.filed",
        "penalty.approved",
        "petition.answered",
        "petition.filed",
        "proof.filed",
        "quantity_followup.filed",
        "sanction.approved",
        "settlement.opened",
        "sheet.issued",
        "sheet.printed",
        "sheet.section_signed",
        "sign.declined",
        "sign.signed",
        "slip.opened",
        "slip.received",
        "slip.released",
        "third_party.answered",
        "third_party.filed",
        "voucher.posted",
    ]
)
"""What is not listed is work of the machine: the journal has it."""
REOPENED, REOPENINGS = "flow.reopened", frozenset({"case.reopened", "case.taken_up"})
"""That a matter goes on from an earlier step stands there once, by the act that ordered it."""


@dataclass(frozen=True)
class Event:
    """One line of the timeline."""

    at: datetime
    person: Person | None
    title: Any
    detail: str
    icon: str
    state: str
    clause: str = ""
    url: str = ""


def facts_of(case: Case) -> list[Entry]:
    """What happened, newest first; one query over the case's own facts."""
    found = _shown(case.pk)
    told = {one.at for one in found if one.event in REOPENINGS}
    return [one for one in found if one.event != REOPENED or one.at not in told]


@prepared
def _shown(case: int) -> QuerySet[Entry]:
    return timeline_of("case", case).filter(event__one_of=SHOWN | SERVED)[:MOST]


def told(entry: Entry, sheet: Sheet) -> Event:
    """A fact as the timeline shows it; `sheet` names the sections that were signed."""
    known = saying.event(entry.event)
    who = org.person(entry.actor_id) if entry.actor_id else None
    title, detail = saying.event_title(entry.event), detail_of(entry, sheet)
    is_paper = entry.subject_kind == "sheet"
    url = reverse("papers:show", args=[entry.subject_id]) if is_paper else ""
    clause = str(entry.data.get("clause", ""))
    return Event(entry.at, who, title, detail, known.icon, known.state, clause, url)


def detail_of(entry: Entry, sheet: Sheet | None = None) -> str:
    """What stands beside the title of a fact; the form of a paper at hand is the one it had."""
    data = entry.data
    if entry.event == "sheet.section_signed":
        own = sheet is not None and entry.subject_id == sheet.pk
        form = sheet.definition if sheet and own else policy.form(data["form"])
        section = form.section(data["section"])
        return str(section.title) if section else ""
    if entry.event.startswith("callback.") and data.get("reason") in Reason.values:
        return str(Reason(data["reason"]).label)
    return next((str(data[key]) for key in SAID if data.get(key)), "")
