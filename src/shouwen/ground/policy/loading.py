"""Read the folders of regulations and publish their editions; a published one never changes."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_

from . import queries
from .checking import check
from .folders import Draft, folders_in, read_folder
from .models import Edition, Regulation
from .reading import Mistake, Mistakes, Where

ROOT = Path(__file__).resolve().parents[2] / "regulations"
REMARKS = {"feature", "module", "group", "running", "evidence", "same_as", "help", "example"}
"""What a clause says about this product and not about the company: it may still be mended."""


@dataclass(frozen=True)
class Loaded:
    """What became of one edition: `published`, `drafted`, `mended` (remarks) or `unchanged`."""

    edition: Edition
    state: str


def load_all(publish: bool = True, *, root: Path = ROOT) -> list[Loaded]:
    """Read every regulation under `root`, then keep all of them or none.

    Raises `Mistakes` with file and line of everything that is wrong. Drafts (`publish=False`) may
    change and are in force for nobody.
    """
    drafts = read_all(root)
    with transaction.atomic():
        wrong: list[Mistake] = []
        loaded = [_keep(draft, publish, wrong) for draft in drafts]
        if wrong:
            raise Mistakes(wrong)
    queries.forget()
    return [one for one in loaded if one is not None]


def read_all(root: Path = ROOT) -> list[Draft]:
    """Read and check every folder under `root` without keeping anything."""
    drafts: list[Draft] = []
    wrong: list[Mistake] = []
    for folder in folders_in(root):
        try:
            drafts.append(read_folder(folder, root))
        except Mistakes as error:
            wrong += error.found
    if wrong := [*wrong, *check(drafts)]:
        raise Mistakes(wrong)
    return drafts


def _keep(draft: Draft, publish: bool, wrong: list[Mistake]) -> Loaded | None:
    head = draft.text.head
    regulation, _ = Regulation.objects.select_for_update().get_or_create(code=head.code)
    known = {edition.number: edition for edition in regulation.editions.all()}
    existing = known.get(head.edition.number)
    if existing is None:
        if late := _not_later(draft, known.values()):
            wrong.append(late)
            return None
        return _write(Edition(regulation=regulation, number=head.edition.number), draft, publish)
    if existing.published_at is None:
        return _write(existing, draft, publish)
    if changed := list(_changes(existing, draft)):
        wrong += changed
        return None
    return _mend(existing, draft)


def _not_later(draft: Draft, known: Iterable[Edition]) -> Mistake | None:
    """A new edition comes after all published ones, in number and in date."""
    head = draft.text.head.edition
    published = [edition for edition in known if edition.published_at]
    if all(head.number > other.number and head.since > other.since for other in published):
        return None
    newest = max(published, key=lambda edition: edition.number)
    return draft.head.mistake(
        ("edition",),
        N_("新版的版次和生效日都须在已发布的第 %(number)s 版（%(since)s 起）之后"),
        number=newest.number,
        since=newest.since,
    )


def _write(edition: Edition, draft: Draft, publish: bool) -> Loaded:
    edition.since = draft.text.since
    edition.digest = _digest(ruling(draft.body))
    edition.version = _digest(draft.body)
    edition.body = json.dumps(draft.body, ensure_ascii=False)
    edition.published_at = clock.now() if publish else None
    edition.save()
    return Loaded(edition, "published" if publish else "drafted")


def _mend(edition: Edition, draft: Draft) -> Loaded:
    """Same rules, perhaps other remarks: the software knows more than when it was published."""
    version = _digest(draft.body)
    if edition.version == version:
        return Loaded(edition, "unchanged")
    edition.version = version
    edition.body = json.dumps(draft.body, ensure_ascii=False)
    edition.save(update_fields=["version", "body"])
    return Loaded(edition, "mended")


def _changes(edition: Edition, draft: Draft) -> Iterator[Mistake]:
    """Every place where a folder says something else than its published edition."""
    if edition.digest == _digest(ruling(draft.body)):
        return
    before, after = ruling(edition.content), ruling(draft.body)
    facts = {"code": draft.text.head.code, "number": edition.number}
    message = N_("“%(what)s”与已发布的 %(code)s 第 %(number)s 版不同；请立新版，写上更晚的生效日")
    old, new = _by_id(before["clauses"]), _by_id(after["clauses"])
    places = {one["id"]: index for index, one in enumerate(draft.body["clauses"])}
    for key in [*new, *(gone for gone in old if gone not in new)]:
        if old.get(key) != new.get(key):
            inside = _difference(old.get(key), new.get(key))
            where = (places[key], *inside) if key in new else ()
            what = " ".join([key, ".".join(map(str, inside))]).strip()
            yield draft.clauses.mistake(where, message, what=what, **facts)
    for name, document in draft.parts():
        if before[name] != after[name]:
            where = _difference(before[name], after[name])
            what = f"{name}:{'.'.join(map(str, where))}"
            yield document.mistake(where, message, what=what, **facts)


def _by_id(clauses: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {clause["id"]: clause for clause in clauses}


def _difference(old: Any, new: Any) -> Where:
    """The first place where two values differ, seen from the new one."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            if key not in old:
                return (key,)
            if old[key] != value:
                return (key, *_difference(old[key], value))
    if isinstance(old, list) and isinstance(new, list):
        for index, (one, other) in enumerate(zip(old, new, strict=False)):
            if one != other:
                return (index, *_difference(one, other))
    return ()


def ruling(body: dict[str, Any]) -> dict[str, Any]:
    """What an edition rules, without the remarks."""
    clauses = []
    for clause in body["clauses"]:
        rules = {key: value for key, value in clause.items() if key not in REMARKS}
        if values := rules.get("values"):
            rules["values"] = [
                {key: part for key, part in value.items() if key not in REMARKS} for value in values
            ]
        clauses.append(rules)
    return {**body, "clauses": clauses}


def _digest(body: Any) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def altered() -> list[Edition]:
    """Published editions whose body or date no longer is what was published."""
    published = Edition.objects.filter(published_at__isnull=False).order_by("id")
    return [edition for edition in published if not _is_whole(edition)]


def _is_whole(edition: Edition) -> bool:
    content = edition.content
    since = date.fromisoformat(content["regulation"]["edition"]["since"])
    return edition.digest == _digest(ruling(content)) and edition.since == since
