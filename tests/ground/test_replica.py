"""Which question goes to which of the two databases."""

import pytest
from django.db import transaction

from shouwen.engines.dues.models import Due
from shouwen.ground.org.models import Person
from shouwen.ground.replica import Router, reading_reports

router = Router()


@pytest.mark.django_db(transaction=True)
def test_only_reports_read_the_replica_and_only_what_is_no_right():
    assert router.db_for_read(Due) == "default"
    with reading_reports():
        assert router.db_for_read(Due) == "reports"
        assert router.db_for_read(Person) == "default"
        assert router.db_for_write(Due) == "default"
        with transaction.atomic():
            assert router.db_for_read(Due) == "default"
    assert router.db_for_read(Due) == "default"


def test_a_replica_gets_no_tables_of_its_own():
    assert router.allow_migrate("default", "dues")
    assert not router.allow_migrate("reports", "dues")
