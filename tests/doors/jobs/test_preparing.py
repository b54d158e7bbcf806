"""A second start finds nothing to do; whatever changed is done again."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from shouwen.doors.jobs import preparing
from shouwen.ground.policy.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings, tmp_path, monkeypatch):
    """A fresh home and one folder of regulations that may be touched."""
    settings.HOME = tmp_path / "home"
    settings.STATIC_ROOT = settings.HOME / "static"
    settings.HOME.mkdir()
    hashed = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "clauses.yaml").write_text("one")
    monkeypatch.setattr(preparing, "ROOT", rules)
    return rules


def needed():
    return {step.title for step in preparing.steps() if step.is_needed()}


def test_a_second_start_finds_nothing_to_do(home, capsys):
    assert "读入并发布制度" in needed()
    call_command("prepare")
    assert "收集样式与脚本" in capsys.readouterr().out
    assert Edition.objects.exists()
    assert needed() == set()
    call_command("prepare")
    assert capsys.readouterr().out == ""


def test_what_changed_is_done_again(home, settings):
    call_command("prepare")
    (home / "clauses.yaml").write_text("other")
    assert needed() == {"读入并发布制度"}
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert needed() == {"读入并发布制度", "收集样式与脚本"}


def test_an_emptied_database_is_filled_again(home, keyless):
    call_command("prepare")
    with keyless():
        Edition.objects.all().delete()
    assert needed() == {"读入并发布制度"}


def test_the_demo_company_is_for_demos_alone(home, settings, monkeypatch):
    monkeypatch.setattr(preparing, "get_commands", lambda: {"demo": "demo"})
    call_command("prepare")
    settings.DEMO = True
    assert needed() == {"建立演示公司"}


def test_a_changed_text_of_a_published_edition_stops_nothing(home, keyless, monkeypatch, capsys):
    call_command("prepare")
    (home / "clauses.yaml").write_text("other")
    monkeypatch.setattr(preparing, "call_command", contradict)
    call_command("prepare")
    assert "请立新版" in capsys.readouterr().out
    assert needed() == {"读入并发布制度"}  # asked again at the next start
    with keyless():
        Edition.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("prepare")


def contradict(*words, **options):
    raise CommandError("已发布；请立新版")


def test_the_tables_of_another_version_are_left_alone(home, capsys):
    call_command("prepare")
    MigrationRecorder(connection).record_applied("cases", "0099_of_tomorrow")
    assert needed() == {"建立或更新数据表"}
    with pytest.raises(CommandError, match="0099_of_tomorrow"):
        call_command("prepare")
