"""The demo is built once, begun anew on purpose, and never over real data."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shouwen.doors.jobs import emptying, worker
from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org

SOURCE = Path(__file__).parents[3] / "src"


def refused():
    return [reason.message for reason in emptying.why_not_empty(clock.now())]


@pytest.mark.django_db
def test_real_data_is_never_emptied(settings):
    assert refused() == ["只有演示才能清空；设 SHOUWEN_DEMO=1"]
    settings.DEMO = True
    assert refused() == []
    org.hire("lin", name_zh="林青")
    assert refused() == ["库里的不是演示公司"]
    with pytest.raises(CommandError, match="演示公司"):
        call_command("demo", "--reset")


@pytest.mark.django_db
def test_a_running_server_keeps_its_database(settings):
    settings.DEMO = True
    worker.Work([]).beat()
    assert len(refused()) == 1


def test_a_demo_is_begun_anew(tmp_path, laid_tables, django_db_setup):
    """In a process of its own: the database file itself is thrown away."""
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    kept |= {"SHOUWEN_HOME": str(tmp_path), "PYTHONPATH": str(SOURCE), "SHOUWEN_DEMO": "1"}
    kept["DJANGO_SETTINGS_MODULE"] = "shouwen.config.settings"
    code = (
        "import django; django.setup()\n"
        "from shouwen.doors.demo.management.commands import demo\n"
        # What is built is tried elsewhere.
        "demo.company.build = demo.trade.build = lambda *_: None\n"
        "demo.complaints.missing = demo.playing.missing = lambda *_: []\n"
        "demo.callbacks.make_callbacks = demo.surveys.make_surveys = lambda *_: 0\n"
        "demo.training.make_training = demo.care.make_care = lambda *_: 0\n"
        "demo.learning.make_learning = lambda *_: 0\n"
        "from django.core.management import call_command\n"
        "call_command('demo', '--reset')\n"
    )
    (tmp_path / "files" / "attachments").mkdir(parents=True)
    (tmp_path / "files" / "theirs").mkdir()
    if laid_tables.exists():
        shutil.copy(laid_tables, tmp_path / "shouwen.sqlite3")
    with sqlite3.connect(tmp_path / "shouwen.sqlite3") as database:
        database.execute("CREATE TABLE mark (x)")
    again = [sys.executable, "-c", code]
    subprocess.run(again, env=kept, check=True, capture_output=True)  # noqa: S603
    with sqlite3.connect(tmp_path / "shouwen.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM policy_edition").fetchone()[0] >= 8
        found = database.execute("SELECT name FROM sqlite_master WHERE name = 'mark'").fetchall()
    assert found == []
    assert [one.name for one in (tmp_path / "files").iterdir()] == ["theirs"]
