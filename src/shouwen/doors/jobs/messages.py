"""Which Chinese messages an app says, and whether its English catalogue answers each of them."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|(?<!\{)\{\w*\}(?!\})")
HAN = re.compile(r"[\u4e00-\u9fff]")
_NOISE = re.compile(
    r'^"(?:Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    r"|Report-Msgid-Bugs-To|Generated-By):.*\n",
    re.MULTILINE,
)

Key = tuple[str, str | None]
"""Singular message id and its context."""


@dataclass(frozen=True)
class Home:
    """One app (or the rest of the package) with the folder of its catalogues."""

    label: str
    folder: Path

    @property
    def english(self) -> Path:
        """Where its English stands."""
        return self.folder / "locale" / "en" / "LC_MESSAGES" / "django.po"


@dataclass(frozen=True)
class Said:
    """A message as the code says it, and the first place that does."""

    id: str | tuple[str, ...]
    context: str | None
    place: str

    @property
    def key(self) -> Key:
        """Under which a catalogue keeps it."""
        return (self.id if isinstance(self.id, str) else self.id[0], self.context)


def homes() -> list[Home]:
    """Every app of ours; what stands outside an app speaks through the package's own catalogue."""
    ours = [
        Home(app.label, Path(app.path))
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(settings.PACKAGE)
    ]
    return [*ours, Home("shouwen", settings.PACKAGE)]


def said_in(home: Home, others: Iterable[Home]) -> dict[Key, Said]:
    """Chinese messages of one home's Python files and templates."""
    inner = [other.folder for other in others if home.folder in other.folder.parents]
    found: dict[Key, Said] = {}
    for path in sorted(home.folder.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt") or any(
            path.is_relative_to(f) for f in inner
        ):
            continue
        for said in _said_in_file(path):
            found.setdefault(said.key, said)
    return found


def _said_in_file(path: Path) -> Iterator[Said]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Inside brackets Python does not mind how a template is indented.
        source = f"(\n{templatize(source, origin=str(path))}\n)"
    file = io.BytesIO(source.encode())
    for line, message, _comments, context in extract("python", file, keywords=KEYWORDS):
        first = message if isinstance(message, str) else message[0]
        if HAN.search(first):
            yield Said(message, context, f"{path.relative_to(settings.PACKAGE)}:{line}")


def faults(home: Home, others: Iterable[Home]) -> Iterator[str]:
    """One readable line for each message without good English, and each entry nobody says."""
    said = said_in(home, others)
    if not home.english.exists():
        if said:
            yield f"{home.label}: {home.english.relative_to(settings.PACKAGE)} is missing"
        return
    catalogue = _read(home.english)
    for key, message in said.items():
        yield from _faults_of(home, message, catalogue.get(key[0], key[1]))
    for entry in catalogue:
        if entry.id and _key(entry) not in said:
            yield f"{home.label}: nobody says 「{_key(entry)[0]}」 any more"
    for entry in catalogue.obsolete.values():
        yield f"{home.label}: obsolete entry 「{_key(entry)[0]}」"
    yield from _repeated(home)
    yield from _at_odds(catalogue, home, others)


def _faults_of(home: Home, said: Said, entry: Message | None) -> Iterator[str]:
    where = f"{home.label}: {said.place} 「{said.key[0]}」"
    texts = [] if entry is None else _texts(entry.string)
    if not texts or not all(text.strip() for text in texts):
        yield f"{where} has no English"
        return
    assert entry is not None
    if entry.fuzzy:
        yield f"{where} is marked fuzzy"
    # Plural forms are compared: a singular may say "one" instead of the number.
    wanted = set(PLACEHOLDER.findall(_texts(said.id)[-1]))
    if set(PLACEHOLDER.findall(texts[-1])) != wanted:
        yield f"{where} has other gaps in English: 「{texts[-1]}」"


def _repeated(home: Home) -> Iterator[str]:
    """An id written twice hides one of its texts; merged branches leave such pairs behind."""
    text = home.english.read_text(encoding="utf-8")
    entries = re.findall(r'^((?:msgctxt .*\n)?msgid (?:".*"\n?)+)', text, re.M)
    for entry, count in Counter(entries).items():
        if count > 1:
            yield f"{home.label}: written {count} times: {' '.join(entry.split())}"


def _at_odds(catalogue: Catalog, home: Home, others: Iterable[Home]) -> Iterator[str]:
    """All catalogues are one on the screen: of two texts for one id only one is ever read."""
    for other in others:
        if other.label <= home.label or not other.english.exists():
            continue
        for entry in _read(other.english):
            own = catalogue.get(*_key(entry)) if entry.id else None
            if own and _texts(own.string) != _texts(entry.string):
                texts = " / ".join(_texts(one.string)[0] for one in (own, entry))
                yield (
                    f"{home.label} and {other.label}: 「{_key(entry)[0]}」 is called {texts};"
                    " say one, or give one of them a context"
                )


def update(home: Home, others: Iterable[Home]) -> tuple[int, int]:
    """Add what is said and missing, drop what nobody says; returns both counts."""
    said = said_in(home, others)
    old = _read(home.english) if home.english.exists() else Catalog(locale="en")
    kept = {_key(entry): entry for entry in old if entry.id}
    missing, unused = said.keys() - kept.keys(), kept.keys() - said.keys()
    if not missing and not unused:
        return 0, 0
    new = Catalog(locale="en", header_comment="# English of the messages said here.", fuzzy=False)
    for key, message in said.items():
        new.add(message.id, kept[key].string if key in kept else None, context=key[1])
    _write(new, home.english)
    return len(missing), len(unused)


def _write(catalogue: Catalog, path: Path) -> None:
    """Without dates and line numbers: a catalogue changes when its texts change, no oftener."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_NOISE.sub("", buffer.getvalue().decode()), encoding="utf-8")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _key(entry: Message) -> Key:
    return (_texts(entry.id)[0], entry.context)


def _texts(value: str | Iterable[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
