"""A page of reports, in an installation whose replica is behind: which rows does it show?"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from casting import company
from django.conf import settings
from doors.jobs.killing import copied

from shouwen.doors.jobs.worker import Work
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft

pytestmark = [pytest.mark.pg_only, pytest.mark.django_db(transaction=True)]
HERE = Path(__file__).parent
SOURCE = HERE.parents[3] / "src"


@pytest.fixture
def two(regulations, tmp_path):
    """A database, and a replica that has not got the last change yet."""
    made = company()
    draft = CustomerDraft(code="DF", name_zh="甲机电", region="domestic", salesperson=made.sales)
    create_customer(made.division, draft, by=made.sales)
    Work([]).beat()
    with copied(tmp_path) as url:
        server, _slash, name = url.rpartition("/")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as line:
            line.execute(f'DROP DATABASE IF EXISTS "{name}_replica" WITH (FORCE)')
            line.execute(f'CREATE DATABASE "{name}_replica" TEMPLATE "{name}"')
            with psycopg.connect(url) as primary:
                primary.execute("UPDATE customers_customer SET name_zh = '乙机电'")
            yield url, f"{url}_replica"
            line.execute(f'DROP DATABASE "{name}_replica" WITH (FORCE)')


@pytest.fixture
def asked(two, tmp_path):
    """`asked("plain", "wrote", oldest=300)` is what each step shows."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "TEST_DATABASE"))}
    shared = kept | {
        "DATABASE_URL": two[0], "REPORTS_DATABASE_URL": two[1], "SHOUWEN_HOME": str(tmp_path),
        "SECRET_KEY": settings.SECRET_KEY, "PYTHONPATH": f"{SOURCE}:{HERE.parent}",
        "DJANGO_SETTINGS_MODULE": "settings_killed",
    }  # fmt: skip

    def ask(*steps, oldest):
        run = subprocess.run(  # noqa: S603
            [sys.executable, HERE / "reports.py", "sales", *steps], capture_output=True, text=True,
            env=shared | {"REPORTS_OLDEST": str(oldest)}, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        return dict(line.split(": ") for line in run.stdout.splitlines())

    return ask


def test_reports_show_what_the_replica_has_but_never_less_than_ones_own_deeds(asked):
    found = asked("plain", "write", "wrote", oldest=3600)
    assert found == {"plain": "甲机电", "write": "InternalError", "wrote": "乙机电"}
    # One that is too old is not read at all.
    assert asked("plain", oldest=0) == {"plain": "乙机电"}
