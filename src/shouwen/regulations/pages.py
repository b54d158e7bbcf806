"""The clause pages under docs/clauses: from each clause to its owner, figures, facts, scenario.

Written from the tree alone (YAML, registered kinds and reactions), so that the pages can be checked
wherever the code is. Paths are written as from the root of the repository.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shouwen.ground.foundation.words import Words
from shouwen.ground.journal import actions as journal
from shouwen.ground.policy.folders import Draft
from shouwen.ground.policy.kinds import KINDS
from shouwen.ground.policy.loading import ROOT, read_all
from shouwen.ground.policy.shapes import Clause

from .scenarios import read_scenarios

SOURCE = "src/shouwen"
UP = "../.."
_PACKAGE = ROOT.parent


@dataclass
class Sources:
    """What the pages are written from."""

    drafts: list[Draft]
    stories: dict[str, list[str]] = field(default_factory=dict)
    reactions: dict[str, list[str]] = field(default_factory=dict)


def gather() -> Sources:
    """Read the tree once."""
    newest = {draft.text.head.code: draft for draft in read_all(ROOT)}
    sources = Sources(list(newest.values()))
    for scenario in read_scenarios(ROOT):
        for clause in scenario.clauses:
            files = sources.stories.setdefault(clause, [])
            if scenario.file not in files:
                files.append(scenario.file)
    for event, reaction in journal.reaction_table():
        sources.reactions.setdefault(event, []).append(reaction.removeprefix("shouwen."))
    return sources


def pages() -> dict[str, str]:
    """File name -> text of every page."""
    sources = gather()
    found = {f"{draft.text.head.code}.md": _page(draft, sources) for draft in sources.drafts}
    return {"README.md": _index(sources), **found}


def stale(folder: Path) -> list[str]:
    """Pages of a folder that are missing, old, or of no regulation any more."""
    wanted = pages()
    present = {path.name for path in folder.glob("*.md")}
    old = [name for name, text in wanted.items() if _text_of(folder / name) != text]
    return sorted({*old, *(present - set(wanted))})


def write(folder: Path) -> list[str]:
    """Write what is stale; returns the names."""
    changed, wanted = stale(folder), pages()
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _index(sources: Sources) -> str:
    parts = (_regulations(sources), _kinds(sources), _values(sources))
    return "\n".join(line for part in parts for line in part) + "\n"


def _regulations(sources: Sources) -> Iterator[str]:
    yield from (
        "# 条款 · Clauses",
        "",
        "由 `shouwen clause_docs` 生成，请勿手改。Written by `shouwen clause_docs`; do not edit.",
        "",
        "| 制度 Regulation | 条款 clauses | 已运行 running | 有场景 with a scenario |",
        "|-|-:|-:|-:|",
    )
    for draft in sources.drafts:
        head, clauses = draft.text.head, list(draft.text.clauses.values())
        running = sum(one.running for one in clauses)
        told = sum(one.id in sources.stories for one in clauses)
        yield (
            f"| [{head.code} {head.title.zh} · {head.title.en}]({head.code}.md) "
            f"| {len(clauses)} | {running} | {told} |"
        )


def _kinds(sources: Sources) -> Iterator[str]:
    yield from ("", "## 种类与归属 · Kinds and owners", "")
    yield from ("| 种类 kind | 归属 owner | 条款 clauses |", "|-|-|-:|")
    for kind in KINDS:
        every = (draft.text.by_kind.get(kind, ()) for draft in sources.drafts)
        if of_kind := [one for ones in every for one in ones]:
            yield f"| {kind} | {_owner(of_kind[0])} | {len(of_kind)} |"


def _values(sources: Sources) -> Iterator[str]:
    yield from ("", "## 由公司规定的值 · What the company sets", "")
    yield from ("| 键 key | 名称 label | 类型 type |", "|-|-|-|")
    for draft in sources.drafts:
        for clause in draft.text.clauses.values():
            for value in clause.values:
                yield (
                    f"| [{value.key}]({clause.regulation}.md#{clause.id.lower()}) "
                    f"| {value.label.zh} · {value.label.en} | {value.type} |"
                )


def _page(draft: Draft, sources: Sources) -> str:
    head = draft.text.head
    raw = {one["id"]: one for one in draft.clauses.data}
    titles = {group.key: group.title for group in head.groups}
    lines = [
        f"# {head.code} {head.title.zh} · {head.title.en}",
        "",
        f"{head.purpose.zh} {head.purpose.en}",
        "",
        f"第 {head.edition.number} 版，自 {head.edition.since} 起 · "
        f"edition {head.edition.number} from {head.edition.since} · [全部制度 all](README.md)",
    ]
    for clause in draft.text.clauses.values():
        lines += ["", *_clause(clause, raw[clause.id], titles, sources)]
    return "\n".join(lines) + "\n"


def _clause(
    clause: Clause, raw: dict[str, Any], titles: dict[str, Words], sources: Sources
) -> Iterator[str]:
    yield f"### {clause.id}"
    yield ""
    yield f"{clause.text.zh}  "
    yield clause.text.en
    yield ""
    if clause.group:
        yield f"- 部分 part：{titles[clause.group].zh} · {titles[clause.group].en}"
    for name, text in _facts(clause, raw, sources):
        if text:
            yield f"- {name}：{text}"


def _facts(clause: Clause, raw: dict[str, Any], sources: Sources) -> Iterator[tuple[str, str]]:
    state = "已运行 running" if clause.running else "未运行 not running"
    kinds = " + ".join(side.kind for side in clause.sides)
    yield "种类 kind", f"{kinds} · {clause.mode} · {clause.module} · {state}"
    yield "归属 owner", " · ".join(dict.fromkeys(map(_owner, clause.sides)))
    for said in (raw, *raw.get("also", ())):
        yield "数字 figures", _figures(said.get("spec"))
    yield (
        "公司规定 company sets",
        " · ".join(f"`{one.key}` {one.label.zh}" for one in clause.values),
    )
    yield "事实 facts", " · ".join(f"`{event}`" for event in clause.evidence)
    yield "反应 reactions", " · ".join(f"`{one}`" for one in _reactions(clause, sources))
    yield (
        "场景 scenario",
        " · ".join(_link(f"regulations/{x}") for x in sources.stories.get(clause.id, ())),
    )
    yield "同于 same as", " · ".join(_see(other) for other in clause.same_as)


def _owner(clause: Clause) -> str:
    folder = clause.owner.replace(".", "/")
    if clause.pending:
        return f"`{clause.owner}`（待实现 pending）"
    return _link(f"{folder}/kinds.py")


def _link(path: str) -> str:
    """A file of the package, as the page reaches it."""
    return f"[{path}]({UP}/{SOURCE}/{path})"


def _see(clause: str) -> str:
    return f"[{clause}]({clause.split('-')[0]}.md#{clause.lower()})"


def _reactions(clause: Clause, sources: Sources) -> list[str]:
    """What answers to the facts this clause speaks of, and what its owner does at any fact."""
    said = (text for side in clause.sides for text in _texts(side.spec))
    spoken = {event for event in said if event in sources.reactions}
    found = {
        one for event in {*clause.evidence, *spoken} for one in sources.reactions.get(event, ())
    }
    owners = tuple(side.owner for side in clause.sides)
    owned = {one for one in sources.reactions.get(journal.ANY, ()) if one.startswith(owners)}
    return sorted(found | owned)


def _texts(spec: Any) -> Iterable[str]:
    for value in (spec.model_dump() if spec else {}).values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from (one for one in value if isinstance(one, str))


def _figures(spec: Any) -> str:
    return " · ".join(f"`{key}: {_flow(value)}`" for key, value in (spec or {}).items())


def _flow(value: Any) -> str:
    """A figure as it is written in YAML, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
