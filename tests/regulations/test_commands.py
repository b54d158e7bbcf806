"""The commands load, coverage and clause_docs, as a person calls them."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from shouwen.doors.jobs.management.commands import coverage as command
from shouwen.ground.journal.models import Entry
from shouwen.ground.policy.models import Edition
from shouwen.regulations import pages


def said(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_load_publishes_once_and_records_it():
    assert said("load").count("published") == 8
    assert said("load").count("unchanged") == 8
    assert Edition.objects.count() == 8
    assert Entry.objects.filter(event="edition.published").count() == 8


@pytest.mark.django_db
def test_load_names_file_and_line(tmp_path):
    folder = tmp_path / "r90_x"
    folder.mkdir()
    (folder / "regulation.yaml").write_text("code: R90\n")
    (folder / "clauses.yaml").write_text("[]\n")
    with pytest.raises(CommandError, match=r"r90_x/regulation\.yaml:1: 缺少必填项“title”"):
        said("load", f"--root={tmp_path}")


@pytest.mark.django_db
def test_coverage_counts_evidence_of_this_database():
    before = {
        row["code"]: row
        for row in json.loads(said("coverage", "--json", "--no-run"))["regulations"]
    }
    assert sum(row["clauses"] for row in before.values()) == 391
    assert before["R4"]["evidenced"] == 0
    assert before["R4"]["shown"] is None
    said("load")
    after = {
        row["code"]: row
        for row in json.loads(said("coverage", "--json", "--no-run"))["regulations"]
    }
    assert after["R4"]["evidenced"] == 1  # R4-02: the regulation is published


def test_coverage_plays_elsewhere(db):
    told = json.loads(said("coverage", "--json", "--only", "R4-23"))
    assert told["fallen"] == []
    assert told["regulations"][3]["shown"] == 1
    assert not Edition.objects.exists()


def test_what_is_required_and_not_shown_is_named(db, monkeypatch):
    """The count of R4 stands below the table; a missing scenario is an error on request."""
    shown = [f"R4-{number:02}" for number in range(1, 87)]
    played = {"shown": shown, "fallen": []}
    monkeypatch.setattr(command, "_play_elsewhere", lambda only: played)
    assert "R4：有场景证明 86 / 87，本库有证据 0  R4-87" in said("coverage")
    with pytest.raises(CommandError, match=r"R4 尚无场景的条款：R4-87$"):
        said("coverage", "--require", "R4")
    with pytest.raises(CommandError, match="没有制度 R99"):
        said("coverage", "--require", "R99")
    with pytest.raises(CommandError, match="--no-run"):
        said("coverage", "--no-run", "--require", "R4")
    played["fallen"].append("R4-22: something was otherwise")
    with pytest.raises(CommandError, match="1 个场景没有演成"):
        said("coverage")


def test_without_tables_coverage_says_what_to_do(db, monkeypatch):
    monkeypatch.setattr(command, "tables_are_behind", lambda: True)
    with pytest.raises(CommandError, match="shouwen prepare"):
        said("coverage", "--no-run")


def test_clause_docs_are_written_checked_and_cleaned(tmp_path):
    said("clause_docs", f"--to={tmp_path}")
    assert "up to date" in said("clause_docs", "--check", f"--to={tmp_path}")
    page = tmp_path / "R4.md"
    page.write_text(page.read_text().replace("`days: 3`", "`days: 4`"))
    (tmp_path / "R99.md").write_text("gone")
    with pytest.raises(CommandError, match=r"R4\.md, R99\.md"):
        said("clause_docs", "--check", f"--to={tmp_path}")
    said("clause_docs", f"--to={tmp_path}")
    assert not pages.stale(tmp_path)
    assert not (tmp_path / "R99.md").exists()


def test_the_pages_in_the_tree_are_up_to_date():
    """After a change of a clause, a kind, a reaction or a scenario: `shouwen clause_docs`."""
    assert not pages.stale(settings.PACKAGE.parent.parent / "docs" / "clauses")
