"""The pictures of the desk."""

from typing import Any

from shouwen.doors.jobs.pictures import Shot


def open_the_bell(page: Any) -> None:
    """Show the newest notices."""
    page.click(".bell summary")
    page.wait_for_timeout(400)


SHOTS = [
    Shot("desk", "jiansiqi", "/", documents=("wide", "phone", "english")),
    Shot("desk-lead", "guchangting", "/", act=open_the_bell),
    Shot("late", "wenshuyao", "/late/"),
]
