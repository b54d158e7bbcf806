"""The runner plays what is written, says where a story falls, and leaves no trace.

The verbs are small ones of our own, over two real tables, so that the runner alone is on trial.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Unit
from shouwen.ground.policy.models import Regulation
from shouwen.ground.policy.reading import Mistakes
from shouwen.regulations.runner import Theatre
from shouwen.regulations.scenarios import read_scenarios
from shouwen.regulations.verbs import Verbs

pytestmark = pytest.mark.django_db

COMPANY = """
- {at: 2024-12-01 09:00, do: found, with: {code: R90}, as: book}
- {do: found, with: {code: U1}, as: other}
"""
WALK = """
register:
  gives: book
  with: {code: R91}
  steps:
    - {do: found, with: {code: $code}, as: book}
    - {stage: founded}
    - {at: 2025-01-10 10:00, do: rename, with: {book: $book, code: R92}}
    - {stage: renamed}
    - {do: rename, with: {book: $book, code: R93}}
"""


@dataclass(frozen=True)
class Draft:
    """What a verb may want as one argument."""

    amount: Decimal
    on: date


@transaction.atomic
def found(code: str, *, by: object = None, at: datetime | None = None) -> Regulation:
    """A new record."""
    book = Regulation.objects.create(code=code)
    journal.record("book.founded", book, by=None, at=at, code=code)
    return book


@transaction.atomic
def rename(book: Regulation, code: str, *, by: Regulation | None = None) -> None:
    """Refuses R99, after it wrote half of its work."""
    book.code = code
    book.save()
    if code == "R99":
        raise refuse("“%(code)s”已用完", "R90-02", field="code", code=code)
    journal.record("book.renamed", book, by=None, code=code, by_book=by.code if by else "")


def weigh(draft: Draft, days: list[date] | None = None) -> dict[str, object]:
    """Shows what arrived."""
    return {"draft": draft, "days": days, "now": clock.now()}


def crash() -> None:
    """A bug."""
    raise ZeroDivisionError("no share")


VERBS = Verbs()
for verb in (found, rename, weigh, crash):
    VERBS.register(verb.__name__, verb)


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def play(tmp_path):
    """Write the steps of an example, play it, give its problem (empty when it passed)."""
    write(tmp_path, "company.yaml", COMPANY)
    write(tmp_path, "r90_x/walks.yaml", WALK)

    def run(*steps: str) -> str:
        lines = "".join(f"  - {step}\n" for step in steps)
        text = f"clause: [R90-01, R90-02, R90-03]\nexample:\n{lines}counter:\n  - fact: x.y\n"
        write(tmp_path, "r90_x/scenarios/a.yaml", text)
        with Theatre(root=tmp_path, verbs=VERBS) as theatre:
            return theatre.play(read_scenarios(tmp_path)[0]).problem

    return run


def test_a_story_that_holds_leaves_no_trace(play):
    assert not play(
        "{do: rename, with: {book: book, code: R95}}",
        '{expect: {book.code: "R95", other.code: "U1"}}',
        "{fact: book.renamed, about: book, data: {code: R95}, times: 1}",
    )
    assert not Regulation.objects.exists()
    assert not Entry.objects.exists()


def test_two_stories_do_not_meet(play, tmp_path):
    write(tmp_path, "company.yaml", COMPANY)
    write(
        tmp_path,
        "r90_x/scenarios/a.yaml",
        """
clause: [R90-01, R90-02]
example:
  - {do: rename, with: {book: $book, code: R95}}
  - {expect: {book.code: R95}}
counter:
  - {expect: {book.code: R90}}
  - {fact: book.founded, times: 0}
""",
    )
    with Theatre(root=tmp_path, verbs=VERBS) as theatre:
        outcomes = [theatre.play(scenario) for scenario in read_scenarios(tmp_path)]
    assert [outcome.problem for outcome in outcomes] == ["", ""]
    assert outcomes[0].scenario.clauses == ("R90-01", "R90-02")


def test_what_is_otherwise_is_said_with_its_line(play):
    problem = play('{expect: {book.code: "R91"}}')
    assert problem == "r90_x/scenarios/a.yaml:3: book.code is 'R90', expected 'R91'"


def test_a_refusal_must_come_from_its_clause_and_undoes_the_half(play):
    act = "do: rename, with: {book: $book, code: R99}"
    assert not play(
        f"{{refused: {{clause: R90-02, {act}, says: 已用完, field: code}}}}",
        "{expect: {book.code: R90}}",
    )
    assert "but not by R90-03 alone" in play(f"{{refused: {{clause: R90-03, {act}}}}}")
    assert "in other words" in play(f"{{refused: {{clause: R90-02, {act}, says: 别的}}}}")
    assert "was not refused by R90-02" in play(
        "{refused: {clause: R90-02, do: rename, with: {book: $book, code: R98}}}"
    )
    assert "“rename” was refused: R90-02" in play(f"{{{act}}}", "{fact: book.renamed}")


def test_arguments_become_what_the_verb_asks_for(play):
    assert not play(
        '{at: 2025-03-01 09:30, do: weigh, as: seen, with: {draft: {amount: "1.50", "on": '
        "2025-03-02}, days: [2025-03-03]}}",
        "{expect: {seen.draft.amount: 1.5, seen.draft.on: 2025-03-02, seen.days: [2025-03-03]}}",
        "{expect: {seen.now: 2025-03-01 09:30}}",
        "{do: rename, by: other, with: {book: $book, code: R96}}",
        "{fact: book.renamed, data: {by_book: U1}}",
    )


def test_walks_stop_at_their_stage_and_take_parameters(play):
    assert not play(
        "{walk: {upto: founded}, as: first}",
        "{expect: {first.code: R91}}",
        "{walk: {upto: renamed, with: {code: R80}}, as: second}",
        "{expect: {second.code: R92, first.code: R91}}",
        "{fact: book.renamed, times: 1}",
        "{walk: {of: register, upto: founded, with: {code: R81}}}",
        "{expect: {book.code: R81}}",
    )
    assert "no stage “sealed”" in play("{walk: {upto: sealed}}", "{fact: a.b}")
    assert "does not take colour" in play("{walk: {with: {colour: red}}}", "{fact: a.b}")
    assert "no way is called “other”" in play("{walk: {of: other}}", "{fact: a.b}")


STORIES = """\
- clause: R90-01
  example:
    - {at: 2025-01-09 08:00, walk: {upto: founded}, as: mine}
    - {expect: {mine.code: R91}}
    - {do: rename, with: {book: $mine, code: R70}}
    - {fact: book.renamed, times: 1}
  counter:
    - {at: 2025-01-09 08:00, walk: {upto: renamed}}
    - {expect: {book.code: R92}}
    - {fact: book.renamed, times: 1}
- clause: R90-02
  example:
    - {at: 2025-01-09 08:00, walk: {}}
    - {expect: {book.code: R93}}
    - {do: weigh, with: {draft: {amount: 1, "on": 2025-01-10}}, as: seen}
    - {expect: {seen.now: 2025-01-10 10:00}}
  counter:
    - {at: 2025-01-09 08:00, walk: {upto: nowhere}}
    - {fact: book.renamed}
"""


def test_what_begins_alike_goes_the_way_once(play, tmp_path, monkeypatch):
    """Each branches off at its stage, undone before the others go on."""
    write(tmp_path, "company.yaml", COMPANY)
    write(tmp_path, "r90_x/walks.yaml", WALK)
    write(tmp_path, "r90_x/scenarios/a.yaml", STORIES)
    calls = []
    monkeypatch.setattr(VERBS, "find", lambda name: calls.append(name) or VERBS.words[name])
    with Theatre(root=tmp_path, verbs=VERBS) as theatre:
        calls.clear()
        told = [outcome.problem for outcome in theatre.play_all(read_scenarios(tmp_path))]
    assert told == [
        "", "", "",
        "r90_x/scenarios/a.yaml:18: no stage “nowhere” is marked on this way",
    ]  # fmt: skip
    assert calls == ["found", "rename", "rename", "rename", "weigh"]
    assert not Regulation.objects.exists()


def test_where_a_way_breaks_everyone_on_it_falls(tmp_path):
    write(tmp_path, "company.yaml", COMPANY)
    write(tmp_path, "r90_x/walks.yaml", WALK.replace("R92", "R99"))
    write(tmp_path, "r90_x/scenarios/a.yaml", STORIES)
    with Theatre(root=tmp_path, verbs=VERBS) as theatre:
        told = [outcome.problem for outcome in theatre.play_all(read_scenarios(tmp_path))]
    assert told[0] == ""
    assert [problem.partition(": ")[0] for problem in told[1:]] == [
        f"r90_x/scenarios/a.yaml:{line}" for line in (8, 13, 18)
    ]
    assert all("“rename” was refused: R90-02" in problem for problem in told[1:])


def test_what_is_unknown_and_what_breaks_is_said(play):
    assert "no verb “fly”; there are: crash, found" in play("{do: fly}", "{fact: a.b}")
    assert "“nobody” is not known here" in play("{expect: {nobody.code: 1}}")
    assert "Regulation has no “colour”" in play("{expect: {book.colour: red}}")
    assert "“crash” broke: ZeroDivisionError: no share" in play("{do: crash}", "{fact: a.b}")
    assert "book.lost was not recorded; facts: book.renamed" in play(
        "{do: rename, with: {book: $book, code: R97}}", "{fact: book.lost}"
    )


def test_dues_are_asked_of_their_keeper(play, monkeypatch):
    moment = clock.local(date(2025, 3, 17))
    kept = [SimpleNamespace(due_at=moment, missed_at=None, settled_at=moment)]
    monkeypatch.setattr(VERBS, "dues", lambda clause, about: kept if clause == "R90-01" else [])
    assert not play("{due: {clause: R90-01, about: book, at: 2025-03-16, settled: true}}")
    assert not play("{due: {clause: R90-02, none: true}}")
    for wrong in ("missed: true", "at: 2025-03-15", "settled: false"):
        assert "no due of R90-01 is so" in play(f"{{due: {{clause: R90-01, {wrong}}}}}")
    assert "R90-01 is due" in play("{due: {clause: R90-01, none: true}}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "clause: R90-01\nexample:\n  - {doo: x}\ncounter: [{fact: a.b}]\n",
            "a.yaml:3: 不认识的步骤",
        ),
        (
            "clause: R90-01\nexample:\n  - {do: found, whit: {}}\ncounter:\n  - fact: a.b\n",
            "a.yaml:3: 没有“whit”这一项",
        ),
        (
            "clause: R90-01\nexample:\n  - {do: found}\ncounter:\n  - fact: a.b\n",
            "a.yaml:2: “example”什么也没有证明",
        ),
        ("clause: R90-01\nexample: [{fact: a.b}]\n", "a.yaml:1: 缺少必填项“counter”"),
        (
            "clause: R90-01\nexample: [{fact: a.b}]\n"
            "counter:\n  - {do: found}\n  - {refused: {clause: R90-02, do: found}}\n",
            "a.yaml:5: 以 R90-02 拒绝，并不能证明 R90-01",
        ),
        (
            "clause: R90-01\nexample:\n  - {at: 2025-01-01, walk: {of: register}}\n"
            "counter: [{fact: a.b}]\n",
            "a.yaml:2: “example”什么也没有证明",
        ),
    ],
)
def test_a_misspelt_story_is_refused_with_its_line(tmp_path, text, said):
    write(tmp_path, "r90_x/scenarios/a.yaml", text)
    with pytest.raises(Mistakes) as caught:
        read_scenarios(tmp_path)
    assert said in str(caught.value)


def test_a_word_is_registered_once():
    with pytest.raises(ValueError, match="a word already"):
        VERBS.register("found", found)
    assert Unit.objects.count() == 0
