"""A row moved into a SQLite file stands there as the product itself would have written it."""

import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address

import pytest
from django.db import models
from django.db.backends.sqlite3.base import DatabaseWrapper

from bench.shouwen_loader import moving

FILE = DatabaseWrapper({"NAME": ":memory:", "TIME_ZONE": None, "OPTIONS": {}})


def kept(value):
    """What the file holds of a value: kind and text."""
    with closing(sqlite3.connect(":memory:")) as file:
        return file.execute("SELECT typeof(?1), CAST(?1 AS TEXT)", [value]).fetchone()


CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.DateTimeField(), datetime(2026, 3, 11, 9, 30, tzinfo=CHINA)),
        (models.DateTimeField(), datetime(2026, 3, 11, 9, 30, 0, 120, tzinfo=UTC)),
        (models.DateField(), date(2026, 3, 11)),
        (models.TimeField(), time(8, 30)),
        (models.DurationField(), timedelta(minutes=15, microseconds=2)),
        (models.DecimalField(max_digits=9, decimal_places=2), Decimal("12.50")),
        (models.UUIDField(), uuid.UUID(int=7)),
        (models.CharField(), "值"),
        (models.BigIntegerField(), 7),
        (models.BooleanField(), True),
    ],
)
def test_every_kind_of_value_is_written_as_the_product_writes_it(field, value):
    written = field.get_db_prep_save(value, FILE)
    assert kept(moving.adapted(value)) == kept(written)


@pytest.mark.parametrize("value", [IPv4Address("10.0.0.7"), IPv6Address("2001:db8::7")])
def test_an_address_is_its_text(value):
    written = models.GenericIPAddressField().get_db_prep_save(str(value), FILE)
    assert kept(moving.adapted(value)) == kept(written)


def test_json_stays_the_text_it_is():
    assert moving.text_of(b'{"a": "\xe5\x80\xbc"}') == '{"a": "值"}'
