"""What has to be true of the database of several nodes. Run as a program: prints faults as JSON."""

import json
import sys
from collections import Counter
from contextlib import redirect_stdout

import django
from django.core.management import call_command


def faults(told, left, killed):
    """Everything that was answered and is not there once, or was told twice."""
    yield from _of_contacts(told)
    yield from _of_notices()
    yield from _of_letters(left, killed)
    yield from _of_search()


def _of_contacts(told):
    from shouwen.doors.api.models import KeptAnswer
    from shouwen.ground.journal.models import Entry
    from shouwen.work.interactions.models import Interaction

    kept = Counter(KeptAnswer.objects.values_list("key", flat=True))
    rows = Interaction.objects.filter(source__startswith="api")
    numbers = Counter(rows.values_list("number", flat=True))
    known = dict(rows.values_list("external_id", "number"))
    for key, number in told.items():
        if kept[key] != 1 or numbers[number] != 1 or known.get(f"key:{key}") != number:
            yield f"{key} was answered with {number}: kept {kept[key]}, stands {numbers[number]}"
    if rows.count() != len(told):
        yield f"{rows.count()} contacts stand, {len(told)} were answered"
    taken = sorted(int(number.partition("-")[2]) for number in numbers)
    if taken != list(range(1, len(taken) + 1)):
        yield f"numbers with a gap or twice: {taken[:5]}…{taken[-5:]}"
    facts = Entry.objects.filter(event="interaction.recorded", subject_kind="interaction")
    recorded = Counter(facts.values_list("subject_id", flat=True))
    if any(recorded[pk] != 1 for pk in rows.values_list("pk", flat=True)):
        yield "a contact was recorded other than once"


def _of_notices():
    from shouwen.engines.dues.models import Due
    from shouwen.engines.notices.models import Notice
    from shouwen.ground.journal.models import Entry

    said = Counter(Entry.objects.filter(event="due.missed").values_list("subject_id", flat=True))
    for due in Due.objects.filter(title__startswith="到期"):
        told = Notice.objects.filter(about_kind="due", about_id=due.pk)
        often = Counter(told.values_list("person", "message"))
        if said[due.pk] != 1:
            yield f"{due.title} was missed {said[due.pk]} times"
        if not often or set(often.values()) != {1}:
            yield f"{due.title} was told {dict(often)}"


def _of_letters(left, killed):
    from shouwen.engines.notices.models import Mail
    from shouwen.work.mail.models import Outgoing

    for table in (Mail, Outgoing):
        rows = {one.message_id: one for one in table.objects.all()}
        for name, row in rows.items():
            times = left.pop(name, 0)
            if not row.sent_at or not times:
                yield f"{table.__name__} {name} left {times} times, noted {row.sent_at}"
            if times > row.attempts:
                yield f"{name} left {times} times in {row.attempts} attempts"
            if times > 1 and row.attempts > 1:
                killed -= 1  # the one that a killed worker had in hand
                print(f"{name} left {times} times under one name", file=sys.stderr)  # noqa: T201
        if not rows:
            yield f"no {table.__name__} was tried"
    if killed < 0:
        yield "more letters left twice than workers were killed with one in hand"
    if left:
        yield f"letters of nobody: {left}"


def _of_search():
    from shouwen.engines.search.models import SearchWaiting

    if count := SearchWaiting.objects.count():
        yield f"{count} records are not in the index"


def come_to_rest():
    """What the workers would do next once the leases of the dead are over."""
    from shouwen.engines.notices.models import Mail
    from shouwen.ground.foundation import clock
    from shouwen.work.mail.models import Outgoing

    for table in (Mail, Outgoing):
        table.objects.filter(sent_at__isnull=True).update(claimed_until=clock.now())
    with redirect_stdout(sys.stderr):
        call_command(
            "tick", "dues.sweep", "notices.mail", "mail.send", "search.index", "journal.seal"
        )
        call_command("journal", "verify")


if __name__ == "__main__":
    django.setup()
    come_to_rest()
    print("rested", flush=True)  # noqa: T201
    given = json.loads(sys.stdin.read())
    print(json.dumps(list(faults(given["told"], given["left"], given["killed"]))))  # noqa: T201
