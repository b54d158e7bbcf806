"""What has to be true of a database however its processes died. Run as a program: prints faults."""

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import django
from django.core.management import call_command

STAGES = ["draft", "acceptance", "investigation", "production"]


def faults(told: dict[str, str], mails: Path) -> Iterator[str]:
    """Everything that is half done, done twice, or was answered and is not there."""
    from shouwen.work.cases.models import Case

    cases = {case.title: case for case in Case.objects.all()}
    twice = [title for title, n in Counter(Case.objects.values_list("title")).items() if n > 1]
    yield from (f"{title} stands twice" for title in twice)
    for title, stage in told.items():
        if title not in cases:
            yield f"{title} was answered and is lost"
        elif cases[title].stage != stage:
            yield f"{title} was taken to {stage} and stands at {cases[title].stage}"
    for case in cases.values():
        yield from (f"{case.title}: {fault}" for fault in _of_case(case))
    yield from _of_numbers()
    yield from _of_forms()
    yield from _of_dues()
    yield from _of_letters(mails)


def _of_case(case) -> Iterator[str]:
    from shouwen.engines.documents.models import Sheet
    from shouwen.engines.dues.models import Due
    from shouwen.engines.flows.models import Run
    from shouwen.ground.journal.queries import timeline

    moved = STAGES.index(case.stage)
    sheets = list(Sheet.objects.filter(matter_kind="case", matter_id=case.pk))
    runs = list(Run.objects.filter(subject_kind="case", subject_id=case.pk))
    if len(sheets) != 1 or len(runs) != 1 or not case.lines.exists() or not case.text.description:
        yield f"{len(sheets)} sheets, {len(runs)} runs, {case.lines.count()} lines"
        return
    signed = sheets[0].sections.filter(signed_at__isnull=False).count()
    if runs[0].stage != case.stage or signed != moved:
        yield f"the run is at {runs[0].stage}, the case at {case.stage}, {signed} are signed"
    open_dues = Due.objects.filter(matter_kind="case", matter_id=case.pk, settled_at__isnull=True)
    clauses = Counter(open_dues.values_list("kind", flat=True))
    if clauses["stage"] != 1:
        yield f"{clauses['stage']} steps are on a desk"
    if Due.objects.filter(matter_id=case.pk, clause="R4-59").count() != (moved > 1):
        yield "the fifteen days are not counted once"
    facts = Counter(entry.event for entry in timeline(case))
    wanted = {
        "case.opened": 1, "flow.started": 1, "flow.moved": moved, "case.submitted": moved > 0,
        "case.accepted": moved > 1, "case.investigated": moved > 2, "sheet.section_signed": moved,
    }  # fmt: skip
    for event, count in wanted.items():
        if facts[event] != count:
            yield f"{event} was recorded {facts[event]} times, not {count:d}"
    if bool(case.number) != (moved > 1):
        yield f"its number is {case.number}"


def _of_numbers() -> Iterator[str]:
    from shouwen.engines.documents.models import Sheet

    found = Sheet.objects.filter(form="complaint_form", number__isnull=False)
    taken = sorted(int(number[4:]) for number in found.values_list("number", flat=True))
    if taken != list(range(1, len(taken) + 1)):
        yield f"numbers with a gap or twice: {taken}"


def _of_forms() -> Iterator[str]:
    from shouwen.doors.web.models import Answered

    for one in Answered.objects.exclude(status=302):
        yield f"a form to {one.path} was kept as sent and never answered"


def _of_dues() -> Iterator[str]:
    from shouwen.engines.dues.models import Due
    from shouwen.engines.notices.models import Notice
    from shouwen.ground.journal.models import Entry

    said = Counter(Entry.objects.filter(event="due.missed").values_list("subject_id", flat=True))
    for due in Due.objects.filter(title__startswith="到期"):
        told = Notice.objects.filter(about_kind="due", about_id=due.pk)
        often = Counter(told.values_list("person", "message"))
        if not due.missed_at or said[due.pk] != 1:
            yield f"{due.title} was missed {said[due.pk]} times"
        if not often or set(often.values()) != {1}:
            yield f"{due.title} was told {dict(often)}"


def _of_letters(folder: Path) -> Iterator[str]:
    from shouwen.engines.notices.models import Mail, Notice

    texts = [path.read_text() for path in folder.glob("*.log")]
    left = Counter(re.findall(r"^Message-ID: (<.+>)$", "\n".join(texts), re.MULTILINE))
    known = dict(Mail.objects.values_list("message_id", "sent_at"))
    yield from (f"the letter {one} is nobody's" for one in left if one not in known)
    yield from (f"the letter {one} is noted and never left" for one, at in known.items()
                if at and one not in left)  # fmt: skip
    without = Notice.objects.filter(mail__isnull=True).exclude(person__email="").count()
    if without:
        yield f"{without} notices have no letter"
    twice = [one for one, times in left.items() if times > 1]
    if len(twice) > int(os.environ["KILLED"]):
        yield f"letters left twice without a death to excuse it: {twice}"


def come_to_rest() -> None:
    """What the worker would do next; the chain of the journal is proven by its own command."""
    with redirect_stdout(sys.stderr):
        call_command("tick", "dues.sweep", "notices.mail", "journal.seal")
        call_command("journal", "verify")


if __name__ == "__main__":
    django.setup()
    come_to_rest()
    print(json.dumps(list(faults(json.loads(sys.stdin.read()), Path(sys.argv[1])))))  # noqa: T201
