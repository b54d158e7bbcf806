"""What nobody can read at a glance is cut: files, functions, folders."""

import ast
import warnings
from collections import Counter

from .conftest import SOURCE

FILE_WARNS, FILE_FAILS = 300, 500
FUNCTION_FAILS = 50
FOLDER_FAILS = 14
LISTS = {"config/settings.py"}
"""Long by nature: one value after another, nothing to follow."""

CROWDED = {
    "ground/org": 19,
    "engines/documents": 19,
    "doors/web": 17,
    "doors/web/settings_room": 14,
}
"""Folders that hold more for now; a number here may only fall."""


LONG = {"engines/dues/actions.py open_due": 58}
"""Functions that are longer for now; a number here may only fall."""


def test_files_are_short(modules):
    lengths = {module.name: module.text.count("\n") for module in modules}
    for name, lines in lengths.items():
        if lines > FILE_WARNS and name not in LISTS:
            warnings.warn(f"{name} has {lines} lines; {FILE_WARNS} are enough", stacklevel=1)
    assert [f"{name}: {lines}" for name, lines in lengths.items() if lines > FILE_FAILS] == []


def test_functions_are_short(modules):
    long = [
        f"{module.at(node)} {node.name}: {lines} lines"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := node.end_lineno - node.lineno + 1)
        > LONG.get(f"{module.name} {node.name}", FUNCTION_FAILS)
    ]
    assert long == []


def test_folders_can_be_surveyed(modules):
    counts = Counter(
        module.path.parent.relative_to(SOURCE).as_posix()
        for module in modules
        if module.path.name not in ("__init__.py", "apps.py")
        and module.path.parent.name != "commands"  # Django looks for them in one folder
    )
    full = {folder: count for folder, count in counts.items() if count > FOLDER_FAILS}
    assert {folder: n for folder, n in full.items() if n > CROWDED.get(folder, 0)} == {}
