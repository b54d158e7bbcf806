"""A small regulation in a folder of its own, to be written wrongly in every way."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from shouwen.ground.policy import kinds, parsers

HEAD = """\
code: R90
title: {zh: 试行办法, en: Trial rules}
purpose: {zh: 试行, en: A trial}
edition: {number: %(number)s, since: %(since)s}
groups:
  - {key: limits, title: {zh: 期限, en: Limits}}
"""
CLAUSES = """\
- id: R90-01
  text: {zh: 受理后十五天内结案, en: Close within 15 days of acceptance}
  kind: deadline
  mode: enforced
  module: deadlines
  group: limits
  spec: {starts: case.accepted, stops: [case.closed], days: 15}
- id: R90-02
  text: {zh: 公司可定允收比率, en: The company sets the tolerance}
  kind: tolerance
  mode: enforced
  module: returns
  feature: {zh: 比率, en: Ratio}
  values:
    - {key: R90-02.ratio, label: {zh: 允收比率, en: Tolerance}, type: percent, min: 0, max: 100}
"""


@pytest.fixture(autouse=True)
def _nobody_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engines above have registered their shapes and parsers; here policy is on trial alone."""
    pending = {
        name: kinds.Kind(name, kinds.PendingSpec, owner, True)
        for name, owner in kinds.KINDS.items()
        if name != "norm"
    }
    monkeypatch.setattr(kinds, "_kinds", {**pending, "norm": kinds.find("norm")})
    plain = {"forms": parsers._plain_forms, "flow": parsers._plain_flow}
    monkeypatch.setattr(parsers, "_parsers", plain)


@dataclass(frozen=True)
class Folder:
    """One folder `r90_trial` under a root of its own."""

    root: Path

    def head(self, number: int = 1, since: str = "2024-01-01", more: str = "") -> "Folder":
        """Write regulation.yaml."""
        facts = {"number": number, "since": since}
        return self.put("regulation.yaml", HEAD % facts + more)

    def clauses(self, text: str = CLAUSES) -> "Folder":
        """Write clauses.yaml."""
        return self.put("clauses.yaml", dedent(text))

    def put(self, name: str, text: str) -> "Folder":
        """Write any file of the folder."""
        path = self.root / "r90_trial" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The regulation as it should be."""
    return Folder(tmp_path).head().clauses()
