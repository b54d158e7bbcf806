"""What the addresses in the environment mean to Django: the database, its replica, the files."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

POOL_PATIENCE = 10.0
"""Seconds a request waits for a connection of the pool before its reader sees the busy page."""
KNOWN_OF_S3 = {"region", "style", "secure"}
POSTGRESQL = {
    # A statement that comes again is not parsed and planned again: two fifths of what the database
    # spends on an act. PostgreSQL goes on planning anew where a plan for all values costs more.
    "server_side_binding": True,
    "prepare_threshold": 5,
}
SQLITE = {
    # IMMEDIATE takes the write lock at once; the default fails with "locked" when writers meet.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-16000;PRAGMA journal_size_limit=27103364;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """One database of `DATABASES`. `?pool=8` lets a process hold eight connections at most.

    Raises ImproperlyConfigured when the pool is no number.
    """
    found: dict[str, Any] = environ.Env.db_url_config(url)
    if found["ENGINE"].endswith("sqlite3"):
        return found | {"OPTIONS": SQLITE, "CONN_MAX_AGE": None}
    options: dict[str, Any] = POSTGRESQL | dict(found.get("OPTIONS") or {})
    pool = options.pop("pool", 0)
    if not isinstance(pool, int) or isinstance(pool, bool) or pool < 0:
        raise ImproperlyConfigured("DATABASE_URL: ?pool= takes a number of connections")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": POOL_PATIENCE}
    # A pool wants its connections back after each request; without one each thread keeps its own.
    age = 0 if pool else None
    return found | {"OPTIONS": options, "CONN_MAX_AGE": age, "CONN_HEALTH_CHECKS": True}


def replica(url: str) -> dict[str, Any]:
    """The database that reports are read from: nothing is ever written through it."""
    found = database(url)
    if found["ENGINE"].endswith("postgresql"):
        # A replica refuses to be written by itself; a mistake in an address shall not differ.
        asked = str(found["OPTIONS"].get("options", ""))
        read_only = f"{asked} -c default_transaction_read_only=on".strip()
        found["OPTIONS"] = found["OPTIONS"] | {"options": read_only}
    return found | {"TEST": {"MIRROR": "default"}}


def files(url: str, home: Path) -> dict[str, Any]:
    """Where attachments and letters are kept: a folder, or a bucket that speaks S3.

    `s3://key:secret@host/bucket/folder?region=…`; without key and secret the machine's own role
    counts. Raises ImproperlyConfigured for an address that is none, or without the extra.
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "file":
        location = unquote(parts.path) if url else str(home / "files")
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": location, "base_url": None},
        }
    if parts.scheme != "s3":
        raise ImproperlyConfigured("FILES_URL begins with s3:// or file:///")
    if not find_spec("storages") or not find_spec("boto3"):
        raise ImproperlyConfigured("FILES_URL=s3://… needs: pip install 'shouwen[s3]'")
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3(url)}


def _s3(url: str) -> dict[str, Any]:
    from botocore.config import Config

    parts = urlsplit(url)
    bucket, _slash, folder = parts.path.strip("/").partition("/")
    more = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    if not parts.hostname or not bucket or set(more) - KNOWN_OF_S3:
        raise ImproperlyConfigured(
            "FILES_URL=s3://key:secret@host/bucket/folder?region=…&style=virtual&secure=no"
        )
    scheme = "http" if more.get("secure") == "no" else "https"
    port = f":{parts.port}" if parts.port else ""
    return {
        "access_key": unquote(parts.username) if parts.username else None,
        "secret_key": unquote(parts.password) if parts.password else None,
        "bucket_name": bucket,
        "location": folder,
        "endpoint_url": f"{scheme}://{parts.hostname}{port}",
        "region_name": more.get("region", "us-east-1"),
        # Names come from the content: what is written over is the same bytes.
        "file_overwrite": True,
        "default_acl": None,
        "max_memory_size": 2 * 1024 * 1024,
        "client_config": Config(
            s3={"addressing_style": more.get("style", "path")},
            signature_version="s3v4",
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3, "mode": "standard"},
            # Stores other than Amazon's do not know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
