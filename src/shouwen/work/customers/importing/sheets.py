"""The files that go out: templates to fill in, and error sheets to mend."""

from typing import Any

from django.utils.translation import gettext

from shouwen.ground.foundation.refusal import Reason
from shouwen.work.customers.workbooks import Marked, Sheet, workbook

from .cells import Percent
from .checking import Fault, cell
from .files.grid import MOST_ROWS
from .headings import headings_of, is_needed
from .kinds import Kind
from .trials import Trial

_CHOICES = {"region": ("国内", "国外"), "active": ("是", "否"), "main": ("是", "否")}
_ENGLISH_CHOICES = {
    "region": ("domestic", "overseas"),
    "active": ("yes", "no"),
    "main": ("yes", "no"),
}


def say(reason: Reason) -> str:
    """A reason in the reader's language, with what can be done instead."""
    text, instead = gettext(reason.message), gettext(reason.instead) if reason.instead else ""
    if reason.facts:
        text, instead = text % reason.facts, instead % reason.facts
    return " — ".join(part for part in (text, instead) if part)


def template(kind: Kind, english: bool) -> bytes:
    """An empty sheet with the headings, and a second one that explains each column."""
    headings = headings_of(kind.row)
    names = [heading.en if english else heading.zh for heading in headings.values()]
    choices = _ENGLISH_CHOICES if english else _CHOICES
    needed = frozenset(i for i, key in enumerate(headings) if is_needed(kind.row, key))
    told = {i: choices[key] for i, key in enumerate(headings) if key in choices}
    explained = [
        (
            name,
            gettext("必填") if is_needed(kind.row, key) else "",
            heading.example,
            gettext(heading.help) if heading.help else "",
            "、".join(heading.also),
        )
        for name, (key, heading) in zip(names, headings.items(), strict=True)
    ]
    notes = [
        (gettext("空着的格子不改动已有的资料"), "", "", "", ""),
        (gettext("一个文件最多 %(most)s 行") % {"most": MOST_ROWS}, "", "", "", ""),
    ]
    columns = (gettext("列"), gettext("必填"), gettext("例"), gettext("说明"), gettext("也可写作"))
    return workbook(
        Sheet(str(kind.title), names, (), told, needed),
        Sheet(gettext("填写说明"), columns, [*explained, *notes]),
    )


def error_sheet(trial: Trial) -> bytes:
    """All rows as they came, wrong cells marked, and the list of what is wrong where.

    Mended in place, the first sheet is uploaded again whole: nothing of it was written.
    """
    marks: dict[int, list[Fault]] = {}
    for fault in trial.faults:
        marks.setdefault(fault.row, []).append(fault)
    columns = trial.columns
    width = max(len(trial.grid.rows[columns.row - 1]), max(columns.places.values()))
    head = [_text(cell(trial.grid, columns.row, number)) for number in range(1, width + 1)]
    problem = gettext("问题")
    rows = [
        _marked_row(trial, number, marks.get(number, []), width)
        for number in range(columns.row + 1, len(trial.grid.rows) + 1)
    ]
    listed = [
        (fault.row, trial.place(fault), _heading(trial, fault), _text(trial.value(fault)),
         say(fault.reason))
        for fault in trial.faults
    ]  # fmt: skip
    titles = (gettext("行"), gettext("单元格"), gettext("列"), gettext("原值"), problem)
    return workbook(
        Sheet(gettext("改好后整张重新上传"), [*head, problem], rows),
        Sheet(gettext("问题清单"), titles, listed),
    )


def _marked_row(trial: Trial, number: int, faults: list[Fault], width: int) -> list[Any]:
    wrong: dict[int, list[str]] = {}
    for fault in faults:
        column = trial.columns.places.get(fault.field, 0)
        wrong.setdefault(column, []).append(say(fault.reason))
    values: list[Any] = []
    for column in range(1, width + 1):
        value = _kept(cell(trial.grid, number, column))
        notes = "\n".join(wrong.get(column, ()))
        values.append(Marked(value, notes) if notes else value)
    whole = [
        f"{_heading(trial, fault)}: {say(fault.reason)}" if fault.field else say(fault.reason)
        for fault in faults
    ]
    return [*values, "; ".join(whole)]


def _kept(value: Any) -> Any:
    """A value as it came; what was a percentage stays one when read again."""
    if isinstance(value, Percent):
        return _text(value)
    return str(value) if not isinstance(value, str | int | float | None) else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Percent):
        return f"{round(value.value * 100, 6):g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _heading(trial: Trial, fault: Fault) -> str:
    heading = trial.heading(fault.field)
    return str(heading) if heading else ""
