"""What a person does on the screen, by the words that stand there."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import expect

Words = Mapping[str, Any]
"""Label of a blank -> what is written there; a table's label -> its rows."""

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Walker:
    """One browser in which one person after the other sits down."""

    def __init__(self, page: Any, accessible: Callable[[Any], None]) -> None:
        self.page, self._accessible = page, accessible

    # Coming and going

    def becomes(self, name: str, *, refused: bool = False) -> None:
        """Leave the seat to somebody else, on the page where the demo offers its people.

        Whoever goes leaves no blank that was found wrong, unless it was `refused` to him.
        """
        if self.page.locator(".who").count():
            wrong = self.page.locator(".form-errors, .field-error").all_inner_texts()
            assert refused or not wrong, wrong
            self.page.click(".who")
            self.page.click("text=换一个演示人员")
        self.page.locator(".demo-person", has_text=name).click()
        expect(self.page.locator(".who-name")).to_have_text(name)

    def goes_to(self, room: str) -> None:
        """Open a room in the sidebar, which slides in on a phone."""
        if self.page.locator("[data-side]").is_visible():
            self.page.click("[data-side]")
        self.page.locator(".side-link", has_text=room).click()

    def opens_from_the_desk(self, words: str) -> None:
        """Take the work of the desk that says these words."""
        if urlsplit(self.page.url).path != "/":
            self.page.click(".brand")
        else:
            self.page.reload()
        self.page.locator(".desk-title a", has_text=words).click()

    # Filling

    def types(self, label: str, text: str) -> None:
        """Type into one blank of the page, by its label."""
        self._blank(self.page, label).fill(text)

    def ticks_the_shipment(self, shipment: Any, bad: int) -> None:
        """Pick what was delivered, and say how much of it is bad."""
        line = self.page.locator(".intake-pick", has_text=shipment.order_line.product.part_number)
        line.get_by_role("checkbox").check()
        line.get_by_label("不良数量").fill(str(bad))

    def form(self, heading: str) -> Any:
        """The card under this heading."""
        words = re.compile(rf"^\s*{re.escape(heading)}\s*(R4-\d+)?\s*$")
        return self.page.locator(".card-paper", has=self.page.locator("h2", has_text=words))

    def fills(self, heading: str, words: Words) -> None:
        """Write into the blanks of a card, by their labels, in the order of the page."""
        card = self.form(heading)
        for label, value in words.items():
            if isinstance(value, list):
                self._fills_rows(card, label, value)
            else:
                self._writes(self._blank(card, label), value)

    def _fills_rows(self, card: Any, label: str, rows: list[Words]) -> None:
        table = card.get_by_role("table", name=_exact(label))
        for index, row in enumerate(rows):
            lines = table.locator("tbody tr")
            if index == lines.count():
                card.get_by_role("button", name="添加一行").click()
            for column, value in row.items():
                self._writes(self._blank(lines.nth(index), column), value)

    def _blank(self, place: Any, label: str) -> Any:
        found = place.get_by_label(_exact(label)).locator("visible=true")
        return found.and_(self.page.locator(":not(.tomselected)"))

    def _writes(self, blank: Any, value: Any) -> None:
        kind = blank.evaluate("e => e.closest('.ts-wrapper') ? 'pick' : e.type || e.tagName")
        if kind == "pick":
            self._picks(blank, value)
        elif kind == "select-one":
            blank.select_option(label=value)
        elif kind == "checkbox":
            blank.set_checked(value)
        elif kind == "file":
            blank.set_input_files({"name": value, "mimeType": "application/pdf", "buffer": PDF})
        else:
            blank.fill(str(value))

    def _picks(self, blank: Any, value: str) -> None:
        """Type into a searchable list and take what it offers first.

        By its own list: the one before it may not have closed yet and offer the same words.
        """
        blank.locator("xpath=ancestor::*[contains(@class, 'ts-wrapper')][1]").click()
        blank.fill(value)
        offered = self.page.locator(f"[id='{blank.get_attribute('aria-controls')}']:visible")
        offered.locator(".option.active", has_text=value).click()

    # Pressing and seeing

    def presses(self, words: str, under: str = "") -> None:
        """Press a button by its words, in the card under a heading, and wait for the next page."""
        place = self.form(under) if under else self.page
        with self.page.expect_navigation():
            place.get_by_role("button", name=words).click()

    def follows(self, words: str) -> None:
        """Follow a link by its words."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words).first.click()

    def files_a_paper(self, title: str) -> None:
        """Begin a paper on the case, from its list of papers."""
        self.page.get_by_text("填写单据").click()
        if not self.page.get_by_role("link", name=title).is_visible():
            self.page.wait_for_load_state()
        self.follows(title)

    def sees(self, *words: str) -> None:
        """These words stand in the page."""
        for one in words:
            expect(self.page.locator("#content")).to_contain_text(one)

    def sees_not(self, *words: str) -> None:
        """These words stand nowhere in the page."""
        for one in words:
            expect(self.page.locator("#content")).not_to_contain_text(one)

    def is_told(self, words: str) -> None:
        """A line comes up that says what was done."""
        expect(self.page.locator(".toast-line").first).to_contain_text(words)

    def looks_around(self, name: str) -> None:
        """Nothing on the page keeps anybody out or is cut off; `PICTURES=/tmp/x` keeps it."""
        self._accessible(self.page)
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
        self.shows(name)

    def shows(self, name: str) -> None:
        """A picture for whoever wants to look."""
        if folder := os.environ.get("PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.evaluate("window.scrollTo(0, 0)")
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _exact(label: str) -> re.Pattern[str]:
    """A label as it stands, with or without the mark of duty."""
    return re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")
