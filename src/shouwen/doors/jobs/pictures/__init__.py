"""Pictures of the screens, taken by a real browser from a real server over the real data.

A room may add its own: `doors/web/<room>/shots.py` with
`SHOTS = [Shot("cases", "chen", "/cases/")]`.
Playwright and a Chromium are the developer's; the product runs without them.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from shouwen.ground.org.models import Person

from .small_png import smaller

WIDE, PHONE = 1440, 390
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """One picture: whose screen, which address, how wide, in which light and language."""

    name: str
    person: str
    url: str | Callable[[], str]
    width: int = WIDE
    theme: str = "light"
    language: str = "zh-hans"
    act: Callable[[Any], None] | None = None
    """What to do on the page first: `lambda page: page.click(".who")`."""
    part: str = ""
    """Only this element of the page, by its selector."""
    documents: tuple[str, ...] = ()
    """In which of `LOOKS` the documents show it; taken by `make screenshots`."""

    @property
    def file(self) -> str:
        """`desk-phone-dark-en.png`; the usual look has the bare name."""
        marks = [
            self.name,
            "phone" if self.width < WIDE else "",
            self.theme if self.theme != "light" else "",
            "en" if self.language == "en" else "",
        ]
        return "-".join(filter(None, marks)) + ".png"


LOOKS: dict[str, dict[str, Any]] = {
    "wide": {},
    "phone": {"width": PHONE, "theme": "dark"},
    "english": {"language": "en"},
}


def shown_in_documents(shot: Shot) -> list[Shot]:
    """The pictures of a shot that the README and the documents show."""
    return [replace(shot, **LOOKS[look]) for look in shot.documents]


def variants(shot: Shot) -> list[Shot]:
    """Wide and phone, light and dark, Chinese and English: four pictures that show all six."""
    return [
        shot,
        replace(shot, theme="dark"),
        replace(shot, width=PHONE),
        replace(shot, language="en"),
    ]


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; raises FileNotFoundError where the machine has no Chromium."""
    from playwright.sync_api import sync_playwright

    # Playwright drives a loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    found = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not found:
        raise FileNotFoundError("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Any, base: str, shot: Shot) -> Any:
    """The page of a shot, in a context of its own, signed in."""
    return page_in(seat(browser, base, shot), base, shot)


def seat(browser: Any, base: str, shot: Shot) -> Any:
    """A screen as wide and in the light of a shot, where nobody has signed in."""
    return browser.new_context(
        viewport={"width": shot.width, "height": 900 if shot.width > 600 else 844},
        color_scheme=shot.theme,
        locale="en-GB" if shot.language == "en" else "zh-CN",
        is_mobile=shot.width < 600,
        has_touch=shot.width < 600,
        reduced_motion="reduce",  # a page that glides is still moving when its picture is taken
        base_url=base,
    )


def page_in(context: Any, base: str, shot: Shot) -> Any:
    """The page of a shot on that screen, its person signed in."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: shot.language}
    if shot.person:
        cookies[settings.SESSION_COOKIE_NAME] = session_of(shot.person)
    context.add_cookies(
        [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.goto(shot.url if isinstance(shot.url, str) else shot.url())
    page.wait_for_load_state("load")
    return page


def session_of(username: str) -> str:
    """A signed-in session of a person."""
    person = Person.objects.select_related("user").get(user__username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(person.user.pk)
    session[BACKEND_SESSION_KEY] = "shouwen.doors.web.account.users.UserBackend"
    session[HASH_SESSION_KEY] = person.user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@contextmanager
def reading(shot: Shot) -> Iterator[None]:
    """Let the person of a shot read its language meanwhile."""
    found = Person.objects.filter(user__username=shot.person)
    before = found.values_list("language", flat=True).first()
    found.update(language=shot.language)
    try:
        yield
    finally:
        if before:
            found.update(language=before)


def take(shots: Iterable[Shot], base: str, folder: Path) -> Iterator[Path]:
    """Take the pictures; yields each file as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for shot in shots:
            with reading(shot):
                page = open_page(browser, base, shot)
                if shot.act:
                    shot.act(page)
                page.wait_for_timeout(250)
                whole = page.locator(shot.part).first if shot.part else page
                (folder / shot.file).write_bytes(smaller(browser, whole.screenshot()))
                page.context.close()
            yield folder / shot.file
