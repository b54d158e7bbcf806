"""The source tree, parsed once."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "shouwen"


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Path inside the package: `ground/org/roles.py`."""
        return self.path.relative_to(SOURCE).as_posix()

    def at(self, node: ast.AST) -> str:
        """Where something stands, for the message of a failure."""
        return f"{self.name}:{node.lineno}"


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every file but migrations, which Django writes."""
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if path.parent.name != "migrations"]
    texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    return [Module(path, text, ast.parse(text)) for path, text in texts]
