"""What scenarios say of publishing a flow: a small regulation in a folder of its own is loaded."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shouwen.ground.policy.loading import load_all
from shouwen.ground.policy.reading import Mistakes

HEAD = """\
code: R90
title: {zh: 试行办法, en: Trial rules}
purpose: {zh: 试行流程, en: A flow on trial}
edition: {number: 1, since: 2024-01-01}
groups: [{key: flow, title: {zh: 流程, en: Flow}}]
"""
CLAUSES = """\
- id: R90-01
  text: {zh: 按流程办理, en: Follow the flow}
  kind: flow
  mode: enforced
  module: flows
  group: flow
  spec: {flow: trial}
"""
FORMS = """\
trial_form:
  title: {zh: 试行单, en: Trial form}
  clause: R90-01
  sections:
    - {key: seen, title: {zh: 查看, en: Seen}, by: any, clause: R90-01, fields: [{key: words, label: {zh: 意见, en: Words}, type: text}]}
"""  # noqa: E501 - one section a line
FLOW = """\
flow: trial
title: {zh: 试行, en: Trial}
form: trial_form
start: look
lanes: [{role: quality, title: {zh: 质量, en: Quality}}]
stages:
  - {key: look, title: {zh: 查看, en: Look}, lane: quality, by: "%(look)s"}
  - {key: decide, title: {zh: 决定, en: Decide}, lane: quality, by: "%(decide)s"}
  - {key: done, title: {zh: 完成, en: Done}, lane: quality, end: true}
moves:
  - {move: pass_on, title: {zh: 送出, en: Pass on}, from: look, to: decide}
  - {move: finish, title: {zh: 完成, en: Finish}, from: decide, to: done}
"""


def publish_flow(roles: dict[str, str]) -> dict[str, Any]:
    """Publish a flow of two steps with these roles; gives its edition, or what is wrong with it."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "r90_trial"
        place.mkdir()
        written = {"regulation": HEAD, "clauses": CLAUSES, "forms": FORMS, "flow": FLOW % roles}
        for name, text in written.items():
            (place / f"{name}.yaml").write_text(text, encoding="utf-8")
        try:
            (loaded,) = load_all(root=Path(folder))
        except Mistakes as mistakes:
            wrong = str(mistakes)
            step = re.search(r"stage (\w+)", wrong)
            quoted = re.findall(r"R\d+-\d\d", wrong)
            return {"number": 0, "wrong": wrong, "step": step[1] if step else "", "clauses": quoted}
    return {"number": loaded.edition.number if loaded.state == "published" else 0, "wrong": ""}


WORDS = {"publish_flow": publish_flow}
