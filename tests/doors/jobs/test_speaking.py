"""A command that meets no tables says in one sentence what to do; other faults stay faults."""

import pytest
from django.core.management import CommandError
from django.db import OperationalError, ProgrammingError

from shouwen.doors.jobs.speaking import OperatorCommand


class Failing(OperatorCommand):
    """A command that runs into an error of the database."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def handle(self, *args, **options):
        raise self.error


def run(error):
    Failing(error).execute(no_color=True, force_color=False, skip_checks=True)


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("no such table: cases_case"),
        ProgrammingError('relation "cases_case" does not exist'),
    ],
)
def test_without_tables_one_sentence_says_what_to_do(error):
    with pytest.raises(CommandError, match="shouwen prepare"):
        run(error)


def test_another_fault_of_the_database_is_not_hidden():
    with pytest.raises(OperationalError, match="disk is full"):
        run(OperationalError("disk is full"))
