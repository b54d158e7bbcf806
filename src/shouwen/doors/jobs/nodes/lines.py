"""The broker as both ends see it: one exchange, words that nobody keeps."""

from typing import Any
from urllib.parse import urlsplit

EXCHANGE = "shouwen.wake"
PATIENCE = 3.0
"""Seconds to wait for the broker to answer."""
KEPT = 5.0
"""Seconds after which a word is too old to be worth a look: sweeps went by since."""
MOST = 1000
"""Words that lie before one worker at most; older ones fall off."""


class NoKombu(RuntimeError):  # noqa: N818 - what is missing
    """A broker is set and the package that speaks to it is not installed."""


def connection(url: str, heartbeat: int = 0) -> Any:
    """A line to the broker, not yet opened. Raises NoKombu without the extra `[broker]`.

    Only who reads from it all the time may ask for a heartbeat: it is found in what is read.
    """
    try:
        from kombu import Connection
    except ImportError as error:
        raise NoKombu("BROKER_URL needs: pip install 'shouwen[broker]'") from error

    return Connection(url, connect_timeout=PATIENCE, heartbeat=heartbeat)


def exchange() -> Any:
    """Every worker hears every word: whoever is free claims the row."""
    from kombu import Exchange

    return Exchange(EXCHANGE, type="fanout", durable=False, auto_delete=False)


def queue() -> Any:
    """One worker's own queue, which goes when the worker goes."""
    from kombu import Queue
    from kombu.utils.uuid import uuid

    return Queue(
        f"{EXCHANGE}.{uuid()}", exchange(), exclusive=True, auto_delete=True, durable=False,
        max_length=MOST, message_ttl=KEPT,
    )  # fmt: skip


def shown(url: str) -> str:
    """An address without its password."""
    parts = urlsplit(url)
    return f"{parts.hostname or '?'}:{parts.port or 5672}{parts.path}"


def reach(url: str) -> None:
    """Open a line and close it. Raises NoKombu or what the broker's absence throws."""
    with connection(url) as line:
        line.ensure_connection(max_retries=1, timeout=PATIENCE)
