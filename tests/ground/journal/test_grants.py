"""The application role adds to the journal and can do nothing else to it."""

import pytest
from django.contrib.auth.models import User
from django.db import ProgrammingError, connection, transaction

from shouwen.ground.journal import chain, grants

pytestmark = [pytest.mark.pg_only, pytest.mark.django_db]
ROLE = "shouwen_test_app"


def run(*queries):
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query)


@pytest.fixture
def as_application(db):
    """Inside the test's transaction: the role is gone with it."""
    run(f"CREATE ROLE {ROLE} NOLOGIN", *grants.statements(ROLE), f"SET LOCAL ROLE {ROLE}")


def test_the_role_works_as_usual(as_application, say):
    say()
    assert chain.seal_all() == 1
    assert list(chain.verify()) == []
    person = User.objects.create(username="lin")
    User.objects.filter(pk=person.pk).update(first_name="林")
    person.delete()


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE journal_entry SET event = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
        "UPDATE journal_seal SET hash = 'x'",
        "DELETE FROM journal_seal",
        "TRUNCATE journal_seal",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_entry_kept ON journal_entry",
        "SET session_replication_role = replica",
        "CREATE TABLE journal_other ()",
        "UPDATE django_migrations SET name = 'x'",
    ],
)
def test_the_role_cannot_touch_the_journal(as_application, say, query):
    say()
    with pytest.raises(ProgrammingError), transaction.atomic():
        run(query)
