"""The auditor's and the operator's commands."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import gettext as _

from shouwen.doors.jobs import speaking
from shouwen.doors.jobs.management.commands import journal as command
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal import actions, anchor, chain
from shouwen.ground.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(tmp_path, monkeypatch):
    """Where the newest link is noted; three facts are sealed."""
    monkeypatch.setattr(command, "ANCHOR", tmp_path / "journal.anchor")
    for _number in range(3):
        Entry.objects.create(at=clock.now(), event="a.b", subject_id=1, matter_id=1)
    call_command("journal", "seal")
    anchor.keep(command.ANCHOR)
    return command.ANCHOR


def test_a_whole_chain_is_verified(note, capsys):
    call_command("journal", "verify")
    assert "3 环完整无缺" in capsys.readouterr().out


def test_each_fault_is_a_line_and_the_command_fails(note, keyless, capsys):
    with keyless(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET event = 'x.y'")
    with pytest.raises(CommandError, match="3"):
        call_command("journal", "verify")
    assert capsys.readouterr().out.count("这条记录或这一环被改动") == 3


def test_a_note_kept_elsewhere_is_held_against_the_chain(note, capsys):
    call_command("journal", "anchor")
    printed = capsys.readouterr().out
    assert printed == note.read_text()
    call_command("journal", "verify", "--anchor", printed)
    for wrong in ("3 " + "0" * 64, "7 " + "0" * 64, "nonsense"):
        with pytest.raises(CommandError):
            call_command("journal", "verify", "--anchor", wrong)


def test_a_restored_backup_is_accepted_on_purpose_only(note, capsys):
    anchor.write(anchor.Anchor(9, "f" * 64), note)
    with pytest.raises(CommandError):
        call_command("journal", "verify")
    call_command("journal", "anchor", "--accept")
    assert "f" * 64 in capsys.readouterr().err
    call_command("journal", "verify")


def test_facts_left_outside_are_found(note):
    with rehearsal(clock.now()) as time:
        Entry.objects.create(at=clock.now(), event="a.b", subject_id=1, matter_id=1)
        call_command("journal", "verify")
        time.wait(minutes=2)
        with pytest.raises(CommandError):
            call_command("journal", "verify")
    assert chain.seal_all() == 1


@pytest.mark.sqlite_only
def test_roles_are_for_postgresql():
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("database", "grants", "--role", "app")


@pytest.mark.pg_only
def test_rights_are_printed_or_applied(capsys):
    call_command("database", "grants", "--role", "app")
    assert 'GRANT SELECT, INSERT ON "journal_entry" TO "app";' in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE shouwen_test_other NOLOGIN")
        call_command("database", "grants", "--role", "shouwen_test_other", "--apply")
        cursor.execute("SELECT has_table_privilege('shouwen_test_other', 'journal_seal', 'UPDATE')")
        assert cursor.fetchone() == (False,)


def test_reactions_are_listed_by_fact(monkeypatch, capsys):
    monkeypatch.setattr(actions, "_reactions", {})

    @actions.reacts_to("case.opened")
    def tell(entry, subject):
        """Nothing."""

    call_command("reactions")
    first, second, *_rest = capsys.readouterr().out.split("\n")
    assert first == "case.opened"
    assert second.endswith("tell")


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "SHOUWEN_LANGUAGE": "en"}, "en"),
    ],
)
def test_commands_speak_the_operators_language(monkeypatch, environment, spoken):
    for name in ("SHOUWEN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert speaking.language() == spoken


def test_english_is_there(note, monkeypatch, capsys):
    monkeypatch.setenv("SHOUWEN_LANGUAGE", "en")
    call_command("journal", "verify")
    assert "all 3 links are whole" in capsys.readouterr().out
    assert _("无") == "无"
