"""What templates may not do, and what they must."""

import re
from pathlib import Path

import pytest

from shouwen.config.settings import PACKAGE
from shouwen.doors.web import links, saying, shell
from shouwen.doors.web.desk.grouping import ICONS
from shouwen.doors.web.templatetags.shouwen import CHANNEL_ICONS

TEMPLATES = sorted((PACKAGE / "doors/web/templates").rglob("*.html"))
FONT = PACKAGE / "doors/web/static/vendor/@tabler/icons-webfont/dist/tabler-icons.min.css"
NAMED = re.compile(r'{% icon "([a-z0-9-]+)"|icon=\"([a-z0-9-]+)\"')


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE / "doors/web/templates").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_no_script_stands_in_a_page(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "the content policy forbids it"
    assert not re.search(r"\son[a-z]+=|hx-on|javascript:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_a_form_that_changes_something_carries_its_tokens(path):
    for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(), re.S):
        assert "{% csrf_token %}" in form, form[:120]


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.name.startswith("_")], ids=relative
)
def test_a_part_says_what_it_takes(path):
    assert "{# " in path.read_text().splitlines()[0], "a part opens with a comment"


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_names_are_parted_in_the_language_of_the_reader(path):
    assert not re.search(r'join:"[、，；]', path.read_text()), "the filter `listed` parts them"


def test_every_icon_is_in_the_font():
    if not FONT.exists():
        pytest.skip("the assets are not fetched")
    there = set(re.findall(r"\.ti-([a-z0-9-]+):before", FONT.read_text()))
    wanted = {*ICONS.values(), *CHANNEL_ICONS.values()}
    for path in TEMPLATES:
        wanted |= {name for pair in NAMED.findall(path.read_text()) for name in pair}
    for named in (saying._events, shell._rooms, links._kinds):
        wanted |= {one.icon for one in named.values()}
    assert sorted(wanted - there - {""}) == []
