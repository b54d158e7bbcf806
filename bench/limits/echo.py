"""HTTP and nothing else: answers with what it was sent. Runs under granian, as the product does."""

from typing import Any

JSON = [("content-type", "application/json")]


async def app(scope: Any, protocol: Any) -> None:
    """Give the body back, or a short word where there is none."""
    body = await protocol() if scope.method == "POST" else b'{"ok": true}'
    protocol.response_bytes(200, JSON, body)
