"""What a real browser fetches for a page: the first visit, then the same page once more."""

import asyncio
import shutil
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from bench import places
from bench.measuring import results
from bench.measuring.client import Session
from bench.processes import MissingError
from bench.systems.base import System

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def measure(system: System) -> None:
    """Visit its pages signed in; every request and byte on the wire is counted."""
    if not system.has_pages:
        results.keep("absent", system=system.key, work="browser", why="it has no pages here")
        return
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        raise MissingError("no browser: apt-get install chromium")
    server = system.start()
    try:
        server.wait()
        cookies = asyncio.run(_signed_in(system))
        with sync_playwright() as tool:
            browser = tool.chromium.launch(executable_path=found, args=["--no-sandbox"])
            for name, path in system.pages.items():
                context = browser.new_context(ignore_https_errors=True)
                context.add_cookies(cookies)  # type: ignore[arg-type]
                _visits(system, context, name, path)
                context.close()
            browser.close()
    finally:
        server.stop()


async def _signed_in(system: System) -> list[dict[str, Any]]:
    session = Session(system.port)
    await system.sign_in_pages(session)
    await system.prepare(session)
    session.close()
    origin = f"http://{places.HOST}:{system.port}"
    return [
        {"name": name, "value": value, "url": origin} for name, value in session.cookies.items()
    ]


def _visits(system: System, context: BrowserContext, name: str, path: str) -> None:
    """Two visits in one browser, so that the second finds what the first kept."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    seen: dict[str, int] = {"requests": 0, "bytes": 0}

    def ended(event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:  # nothing was sent for what the browser kept
            seen["requests"] += 1
            seen["bytes"] += int(event["encodedDataLength"])

    wire.on("Network.loadingFinished", ended)
    for visit in ("first", "repeated"):
        seen.update(requests=0, bytes=0)
        answer = page.goto(f"http://{places.HOST}:{system.port}{path}", wait_until="networkidle")
        results.keep(
            "visit", system=system.key, size=system.size, page=name, visit=visit, **seen,
            status=answer.status if answer else 0, title=page.title()[:60],
            loaded_ms=round(page.evaluate("performance.timing.loadEventEnd"
                                          " - performance.timing.navigationStart")),
        )  # fmt: skip
