"""The lock files hold what pyproject.toml asks for; the build takes what is listed."""

import ast
import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    """Package -> version of a lock file."""
    pinned = re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pinned}


def runtime() -> list[str]:
    extras = PROJECT["project"]["optional-dependencies"]
    return [*PROJECT["project"]["dependencies"], *extras["pg"]]


def of_nodes() -> list[str]:
    """With every extra, for several machines."""
    extras = PROJECT["project"]["optional-dependencies"]
    return [*PROJECT["project"]["dependencies"], *(one for some in extras.values() for one in some)]


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("requirements.lock", runtime()),
        ("requirements-nodes.lock", of_nodes()),
        ("requirements-dev.lock", [*runtime(), *PROJECT["dependency-groups"]["dev"]]),
    ],
)
def test_every_requirement_is_locked_in_a_version_that_fits(file, wanted):
    versions = locked(file)
    for text in wanted:
        requirement = Requirement(text)
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {file}; make lock"
        assert requirement.specifier.contains(version, prereleases=True), text


def test_tools_use_the_versions_that_run():
    dev = locked("requirements-dev.lock")
    for file in ("requirements.lock", "requirements-nodes.lock"):
        run = locked(file)
        assert {name: dev.get(name) for name in run} == run


def test_the_extras_stay_out_of_the_base():
    base, nodes = locked("requirements.lock"), locked("requirements-nodes.lock")
    assert base.keys() < nodes.keys()
    assert not {"kombu", "boto3", "django-storages"} & base.keys()


def test_every_locked_file_has_a_hash():
    for name in ("requirements.lock", "requirements-nodes.lock", "requirements-dev.lock"):
        entries = re.split(r"\n(?=[\w.-]+(?:\[[\w,-]+\])?==)", (ROOT / name).read_text())[1:]
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
        assert len(entries) >= len(runtime())


def taken() -> dict[str, list[str]]:
    """The build's list, read without the build tool."""
    tree = ast.parse((ROOT / "hatch_build.py").read_text(encoding="utf-8"))
    listed = (node for node in tree.body if isinstance(node, ast.Assign))
    return next(ast.literal_eval(one.value) for one in listed if one.targets[0].id == "FILES")


def test_assets_are_pinned_and_each_is_taken():
    package = json.loads((ROOT / "package.json").read_text())
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert set(taken()) == set(package["dependencies"])
    for name, version in package["dependencies"].items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in entry for path, entry in lock.items() if path)
