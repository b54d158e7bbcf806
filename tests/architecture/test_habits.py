"""Habits of the house that a machine can see."""

import ast
import re
import subprocess

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends import db

from shouwen.doors.web.account.sessions import SessionStore

from .conftest import ROOT, Module

NAMELESS = {"utils", "util", "common", "helpers", "helper", "misc", "base", "core", "lib"}
PUBLIC = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
SAME_EVERYWHERE = {"__init__", "apps", "urls", "routes", "nav", "views", "forms", "shots"}
"""Files every room has under the same name, for the same purpose."""
SILENT = {"Meta", "Config", "to_python", "to_url"}
"""What Django and pydantic look for by these names, which say all."""


def tracked(*patterns):
    """Files that git keeps."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", *patterns]
    names = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    if not names:
        pytest.skip("no checkout")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_no_module_is_called_nothing(modules):
    assert [m.name for m in modules if NAMELESS & {m.path.stem, m.path.parent.name}] == []


def test_nothing_happens_behind_the_verbs(modules):
    """No signal and no `save()` of our own: whoever reads a verb has read all it does."""
    signals = re.compile(r"django\.(?:dispatch|db\.models\.signals|core\.signals)")
    found = [module.name for module in modules if signals.search(module.text)]
    found += [
        f"{module.at(node)} {cls.name}.{node.name}"
        for module in modules
        for cls in ast.walk(module.tree)
        if isinstance(cls, ast.ClassDef) and any("Model" in ast.unparse(b) for b in cls.bases)
        for node in cls.body
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete", "full_clean")
    ]
    assert found == []


def test_what_a_process_remembers_is_nobodys_state(modules):
    """Several processes serve one company: counts, locks and answers lie in the database.

    Django's cache is a memory of each process; only counts that may be seconds old are kept there.
    """
    users = [module.name for module in modules if "django.core.cache" in module.text]
    assert users == ["doors/web/regulations/record.py"]
    settings = next(module for module in modules if module.name == "config/settings.py")
    # In the database sessions and lock-outs are the same on every node.
    assert SessionStore.__mro__[1] is db.SessionStore
    assert SessionStore.__module__ == django_settings.SESSION_ENGINE
    assert "AXES_HANDLER" not in settings.text


def test_files_are_reached_through_the_store_alone(modules):
    """`.url` and `.path` of a store are a folder's; a bucket has neither for us."""
    asked = re.compile(r"default_storage\.(?:url|path|base_url|location)\b|MEDIA_(?:ROOT|URL)")
    assert [module.name for module in modules if asked.search(module.text)] == []


def test_no_star_imports(modules):
    """But for the tests' settings, which are the product's with three changed."""
    found = [
        module.at(node)
        for module in modules
        if module.name != "config/settings_test.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert found == []


def undocumented(module: Module):
    """Public names without a docstring; a method that overrides one says nothing new."""
    formal = module.path.stem in SAME_EVERYWHERE
    if not formal and not ast.get_docstring(module.tree):
        yield f"{module.name} (the module)"
    bodies = [("", module.tree.body)]
    while bodies:
        prefix, body = bodies.pop()
        for node in body:
            if not isinstance(node, PUBLIC) or node.name.startswith("_") or node.name in SILENT:
                continue
            if not ast.get_docstring(node) and not (formal and isinstance(node, ast.ClassDef)):
                yield f"{module.at(node)} {prefix}{node.name}"
            if isinstance(node, ast.ClassDef):
                bodies.append((f"{node.name}.", node.body))


def test_everything_public_says_what_it_is_for(modules):
    assert [line for module in modules for line in undocumented(module)] == []


def test_every_function_is_typed(modules):
    found = [
        f"{module.at(node)} {node.name}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert found == []


def test_the_project_names_no_machine():
    paths = re.compile(r"(?<![\w.])/(?:work|home|root|Users|farm|mnt)/[\w.]")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("*.py", "*.md", "*.yaml", "*.toml", "*.html", "Makefile", ".ci/*")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if paths.search(line)
    ]
    assert found == []


def test_lock_files_name_no_registry():
    for path in tracked("*.lock", "package-lock.json"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name
