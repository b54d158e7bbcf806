"""A generated document is stale as soon as the code says something else."""

import pytest
from django.core.management import CommandError, call_command

from shouwen.doors.jobs import pages
from shouwen.ground.journal import actions


@pytest.fixture
def docs(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "FOLDER", tmp_path)
    monkeypatch.setattr(actions, "_reactions", {})
    return tmp_path


def test_stale_pages_are_found_and_written(docs, capsys):
    with pytest.raises(CommandError, match="docs"):
        call_command("docs", "--check")
    call_command("docs")
    call_command("docs", "--check")

    @actions.reacts_to("case.opened")
    def tell(entry, subject):
        """Nothing."""

    assert pages.stale() == ["reactions.md"]
    assert pages.write() == ["reactions.md"]
    assert "| `case.opened` | `" in (docs / "reactions.md").read_text()
    assert pages.write() == []
