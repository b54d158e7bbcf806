"""Imports only go down the storeys; `.importlinter` says which those are."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from .conftest import ROOT


def test_imports_only_go_down(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
