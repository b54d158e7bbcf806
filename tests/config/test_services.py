"""What an address in the environment becomes, and what is refused."""

from pathlib import Path

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.http import FileResponse
from moto import mock_aws

from shouwen.config import services

SERVER = "postgres://a:b@db.example:5433/shouwen"


def test_a_connection_of_each_thread_unless_a_pool_is_asked_for():
    plain, pooled = services.database(SERVER), services.database(f"{SERVER}?pool=8&sslmode=require")
    assert (plain["CONN_MAX_AGE"], plain["OPTIONS"]) == (None, services.POSTGRESQL)
    assert pooled["CONN_MAX_AGE"] == 0
    assert pooled["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 8, "timeout": 10.0}
    assert pooled["OPTIONS"]["sslmode"] == "require"
    with pytest.raises(ImproperlyConfigured):
        services.database(f"{SERVER}?pool=many")


def test_an_address_may_ask_for_statements_that_are_not_prepared():
    options = services.database(f"{SERVER}?server_side_binding=0")["OPTIONS"]
    assert not options["server_side_binding"]


@pytest.mark.pg_only
@pytest.mark.django_db
def test_a_statement_that_comes_again_is_prepared():
    with connection.cursor() as cursor:
        for _ in range(services.POSTGRESQL["prepare_threshold"] + 2):
            cursor.execute("SELECT %s::int AS told_again", [7])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
                       ["%told_again%"])  # fmt: skip
        assert cursor.fetchone()[0] >= 1


def test_sqlite_takes_its_lock_at_once_and_knows_no_pool():
    found = services.database("sqlite:////tmp/x.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_nothing_is_written_through_the_replica():
    found = services.replica(f"{SERVER}?options=-c%20jit=off")
    assert found["OPTIONS"]["options"] == "-c jit=off -c default_transaction_read_only=on"
    assert found["TEST"] == {"MIRROR": "default"}


def test_files_lie_in_the_home_in_a_folder_or_in_a_bucket():
    home = Path("somewhere")
    assert services.files("", home)["OPTIONS"]["location"] == str(home / "files")
    assert services.files("file:///srv/files", home)["OPTIONS"]["location"] == "/srv/files"
    bucket = services.files("s3://key:se%2Fcret@s3.example:9000/box/a/b?secure=no&region=cn", home)
    wanted = {
        "access_key": "key", "secret_key": "se/cret", "bucket_name": "box", "location": "a/b",
        "endpoint_url": "http://s3.example:9000", "region_name": "cn",
    }  # fmt: skip
    assert wanted.items() <= bucket["OPTIONS"].items()


@pytest.mark.parametrize("url", ["ftp://x/y", "s3://host", "s3:///bucket", "s3://h/b?colour=red"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ImproperlyConfigured):
        services.files(url, Path("somewhere"))


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(services, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"shouwen\[s3\]"):
        services.files("s3://h/b", Path("somewhere"))


@pytest.fixture
def bucket():
    """A store that speaks S3, in this process."""
    url = "s3://key:secret@s3.amazonaws.com/box/shouwen"
    with mock_aws():
        boto3.client("s3", region_name="us-east-1").create_bucket(Bucket="box")
        yield storages.create_storage(services.files(url, Path("somewhere")))


def test_a_bucket_keeps_serves_and_forgets_what_a_folder_does(bucket):
    path = "attachments/ab/abcdef"
    assert not bucket.exists(path)
    assert bucket.save(path, ContentFile("划伤".encode())) == path
    # Two nodes that keep the same bytes at once keep them under one name.
    assert bucket.save(path, ContentFile("划伤".encode())) == path
    assert bucket.exists(path)
    with bucket.open(path) as kept:
        assert kept.read().decode() == "划伤"
    answer = FileResponse(bucket.open(path), as_attachment=True, filename="划伤.txt")
    assert b"".join(answer.streaming_content).decode() == "划伤"
    bucket.delete(path)
    assert not bucket.exists(path)
