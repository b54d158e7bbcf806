"""The check of the catalogues finds what a careful reader would."""

import pytest

from shouwen.doors.jobs import messages
from shouwen.doors.jobs.catalogues import compile_all

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext
from somewhere import N_
title = _("案件")
why = N_("订单 %(order)s 已结")
long = _("一句" "两段")
many = ngettext("一件", "%(n)s 件", 2)
other = _("Not Chinese")
"""
TEMPLATE = """
{% load i18n %}
<ul>
      <li>{% trans "未结" %}
  <li title="{% trans '迟了' %}">{{ x|default:_("没有") }}
    {% blocktrans trimmed with name=a.b %}
       {{ name }} 说：
       "不行"
    {% endblocktrans %}
</ul>
"""


@pytest.fixture
def home(tmp_path, settings):
    settings.PACKAGE = tmp_path
    folder = tmp_path / "cases"
    (folder / "templates").mkdir(parents=True)
    (folder / "texts.py").write_text(PYTHON)
    (folder / "templates" / "page.html").write_text(TEMPLATE)
    return messages.Home("cases", folder)


def found(home):
    return list(messages.faults(home, [home]))


def fill(home, **english):
    """Answer every id by itself, in letters; `english` sets single ones apart."""
    text = home.english.read_text()
    for entry in messages._read(home.english):
        if entry.id and isinstance(entry.id, str):
            plain = "x " + " ".join(messages.PLACEHOLDER.findall(entry.id))
            answer = english.get(entry.id, plain).strip()
            text = text.replace(
                f'msgid {quoted(entry.id)}\nmsgstr ""',
                f'msgid {quoted(entry.id)}\nmsgstr "{answer}"',
            )
    text = text.replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "one"\nmsgstr[1] "%(n)s of them"')
    home.english.write_text(text)


def quoted(text):
    return '"' + text.replace('"', r"\"") + '"'


def test_messages_of_code_and_templates_are_seen(home):
    said = messages.said_in(home, [home])
    assert {key[0] for key in said} == {
        "案件",
        "订单 %(order)s 已结",
        "一句两段",
        "一件",
        "未结",
        "迟了",
        "没有",
        '%(name)s 说： "不行"',
    }
    assert said["案件", None].place == "cases/texts.py:4"


def test_an_app_leaves_what_is_inside_it_to_the_app_inside(home, tmp_path):
    outer = messages.Home("shouwen", tmp_path)
    assert not messages.said_in(outer, [outer, home])
    assert messages.said_in(outer, [outer])


def test_a_complete_catalogue_has_no_fault(home):
    assert messages.update(home, [home]) == (8, 0)
    assert len(found(home)) == 8
    fill(home)
    assert found(home) == []
    assert messages.update(home, [home]) == (0, 0)


def test_other_gaps_in_english_are_found(home):
    messages.update(home, [home])
    fill(home, **{"订单 %(order)s 已结": "order %(number)s is closed"})
    (fault,) = found(home)
    assert "texts.py:5" in fault
    assert "%(number)s" in fault


def test_what_nobody_says_any_more_is_found_and_dropped(home):
    messages.update(home, [home])
    fill(home)
    (home.folder / "texts.py").write_text('_ = str\ntitle = _("案件")\nagain = _("新的")\n')
    assert sum("any more" in fault for fault in found(home)) == 3
    assert sum("no English" in fault for fault in found(home)) == 1
    assert messages.update(home, [home]) == (1, 3)
    assert 'msgid "案件"\nmsgstr "x"' in home.english.read_text()


def test_obsolete_fuzzy_and_repeated_entries_are_found(home):
    messages.update(home, [home])
    fill(home)
    whole = home.english.read_text()
    home.english.write_text(whole + '\n#~ msgid "旧"\n#~ msgstr "old"\n')
    assert "obsolete" in found(home)[0]
    home.english.write_text(whole + '\nmsgid "未结"\nmsgstr "open"\n')
    assert "written 2 times" in found(home)[0]
    home.english.write_text(whole.replace('msgid "未结"', '#, fuzzy\nmsgid "未结"'))
    assert "fuzzy" in found(home)[0]


def test_a_catalogue_is_compiled_once(home):
    messages.update(home, [home])
    fill(home)
    assert [path.name for path in compile_all(home.folder)] == ["django.mo"]
    assert compile_all(home.folder) == []
    assert {path.name for path in home.english.parent.iterdir()} == {"django.po", "django.mo"}


def test_one_id_is_not_called_twice(home, tmp_path):
    """On the screen all catalogues are one, and only one of two texts would be read."""
    messages.update(home, [home])
    fill(home)
    other = messages.Home("orders", tmp_path / "orders")
    other.folder.mkdir()
    (other.folder / "texts.py").write_text('from x import _\ntitle = _("案件")\n')
    messages.update(other, [home, other])
    fill(other, 案件="Matter")
    faults = list(messages.faults(home, [home, other]))
    assert faults == [
        "cases and orders: 「案件」 is called x / Matter; say one, or give one of them a context"
    ]
