"""What scenarios say of the matters of a service centre."""

from datetime import datetime
from typing import Any

from django.db import Error, connection, models, transaction

from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import queries as dues
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.circumstances import flow_of
from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import record
from shouwen.ground.org import actions as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.callbacks import actions as callbacks
from shouwen.work.callbacks.models import Callback
from shouwen.work.callbacks.rules import Answer
from shouwen.work.cases import actions as cases
from shouwen.work.cases import records
from shouwen.work.cases.centre import contacting, owning, reclassifying, replying
from shouwen.work.cases.models import Case, Transfer
from shouwen.work.customers.models import Customer
from shouwen.work.interactions.models import Interaction


def open_matter(
    division: Unit,
    customer: Customer,
    kind: str = "complaint",
    category: str = "noise",
    title: str = "楼上装修噪声",
    description: str = "每天午休时间施工,影响休息。",
    caller: str = "安然",
    phone: str = "13800138101",
    wanted: str = "午休时间停止施工",
    channel: str = "phone",
    sheet: dict[str, Any] | None = None,
    *,
    by: Person,
) -> Case:
    """Somebody takes a matter of the service centre."""
    return cases.open_case(_intake(division, customer, kind, category, title, description, caller,
                                   phone, wanted, channel, plain(sheet or {})), by=by)  # fmt: skip


def _intake(
    division: Unit, customer: Customer, kind: str, category: str, title: str, description: str,
    caller: str, phone: str, wanted: str, channel: str, sheet: dict[str, Any],
) -> cases.Intake:  # fmt: skip
    return cases.Intake(
        division, customer, category, title, description, channel=channel, caller=caller,
        phone=phone, wanted=wanted, kind=kind, sheet=sheet,
    )  # fmt: skip


def matter_from(
    interaction: Interaction, customer: Customer, kind: str = "complaint", *, by: Person
) -> Case:
    """A matter is made of what came in."""
    intake = cases.Intake(
        interaction.division, customer, "noise", interaction.text.body[:40], "", kind=kind
    )
    return contacting.open_from(interaction, intake, by=by)


def go_on(case: Case, move: str = "", data: dict[str, Any] | None = None, *, by: Person) -> Case:
    """Fill what the step asks for, sign it and send the matter on."""
    case.refresh_from_db()
    run = flows.run_of(case)
    flow = flow_of(run)
    section = flow.stage(run.stage).section
    version = 0
    written: dict[str, Any] | None = None
    if section and data is not None:
        part = next(p for p in cases.sheet_of(case).sections.all() if p.key == section)
        version, written = part.version, {**part.data, **plain(data)}
    elif section:
        part = next(p for p in cases.sheet_of(case).sections.all() if p.key == section)
        version = part.version
    key = move or flow.moves_from(run.stage)[0].move
    cases.move(case, key, by=by, data=written, version=version)
    case.refresh_from_db()
    return case


def plain(value: Any) -> Any:
    """Records by their ids, as a form sends them."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def file_paper(case: Case, form: str, data: dict[str, Any], *, by: Person) -> Sheet:
    """File a paper on a matter."""
    return records.file_record(case, form, plain(data), by=by)


def answer_paper(sheet: Sheet, section: str, data: dict[str, Any], *, by: Person) -> Sheet:
    """Answer a paper."""
    version = sheet.sections.get(key=section).version
    return records.answer_record(sheet, section, plain(data), version=version, by=by)


def called_back(
    case: Case, satisfied: bool, words: str = "", *, by: Person, at: datetime | None = None
) -> Case:
    """The customer was asked, and this is what he said; where no call is owed, a fact says so."""
    moment = at or clock.now()
    owed = Callback.objects.filter(matter_kind="case", matter_id=case.pk, done_at__isnull=True)
    if call := owed.order_by("id").first():
        said = words or ("很满意。" if satisfied else "还没有解决。")
        marks = GOOD if satisfied else dict.fromkeys(GOOD, 2)
        answer = Answer(satisfied=satisfied, words=said, none_given=True, marks=marks)
        callbacks.submit(call, answer, by=by, at=moment)
    else:
        record("callback.done", case, by=by, at=moment, reached=True, satisfied=satisfied,
               words=words)  # fmt: skip
    case.refresh_from_db()
    return case


GOOD = {"speed": 5, "quality": 4, "manner": 5}
"""Marks of a customer who is content."""


def removed(case: Case) -> bool:
    """Whether somebody with the keys of the database could remove a matter."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM cases_casetext WHERE case_id = %s", [case.pk])
    except Error:
        return False
    return True


def waiting_transfer(case: Case) -> Transfer:
    """The transfer that waits for the manager's answer."""
    return case.transfers.get(state=Transfer.State.WAITING)


def open_dues(case: Case, clause: str) -> int:
    """How many dues of a clause run on a matter."""
    return dues.of_matter(case, only_open=True).filter(clause=clause).count()


def next_step_day(case: Case) -> str:
    """By when something is to happen next."""
    return case.next_step_on.isoformat() if case.next_step_on else ""


def stand_in(person: Person, substitute: Person, since: datetime, until: datetime) -> None:
    """Somebody is away and another acts for him."""
    org.substitute_while_away(
        person, substitute, since=since, until=until, reason="休假", by=person
    )


WORDS = {
    "open_matter": open_matter,
    "matter_from": matter_from,
    "go_on": go_on,
    "file_paper": file_paper,
    "answer_paper": answer_paper,
    "called_back": called_back,
    "removed": removed,
    "waiting_transfer": waiting_transfer,
    "open_dues": open_dues,
    "stand_in": stand_in,
    "next_step_day": next_step_day,
    "tie_contact": contacting.tie_contact,
    "reply": replying.reply,
    "reclassify": reclassifying.reclassify,
    "transfer": owning.transfer,
    "take_over": owning.take_over,
    "send_on": owning.send_on,
    "change_owner": owning.change_owner,
    "report_major": owning.report_major,
    "acknowledge_major": owning.acknowledge_major,
}
