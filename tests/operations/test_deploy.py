"""What is written of running the product is true of it: variables, units, containers.

The engines themselves (systemd, docker) are asked where they are there and replaced by reading
where they are not.
"""

import ast
import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class
from django.test import Client

from shouwen.config.services import files

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "shouwen"
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OF_PYTHON = {"DJANGO_SETTINGS_MODULE", "LC_ALL", "LC_MESSAGES", "LANG", "DJANGO_ALLOW_ASYNC_UNSAFE"}
"""Variables that are not the product's own."""


def read_variables():
    """Names of the environment that the sources ask for."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts or path.name == "settings_test.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _asks(ast.unparse(node.func)):
                name = node.args[0]
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    found.add(name.value)
    return found - OF_PYTHON


def _asks(function):
    return function == "env" or function.startswith(("env.", "os.environ.get", "os.environ.setd"))


def written_variables():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = text.partition("| 变量 · variable |")[2].partition("\n\n")[0]
    return set(re.findall(r"^\| `([A-Z_]+)…?`", table, re.MULTILINE))


def known_variables():
    # Two are asked for by their beginning, or in a list.
    return read_variables() | {"MAILBOX_", "SHOUWEN_LANGUAGE"}


def test_every_variable_stands_in_the_table_and_none_besides():
    assert written_variables() == known_variables()


def test_the_readme_names_no_variable_that_is_none():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition("| 变量 | 作用 |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`([A-Z][A-Z_]+)", table.replace("MAILBOX_名称", "MAILBOX_")))
    assert named <= known_variables()


def test_every_file_that_is_linked_is_there():
    for page in ("operations.md", "decisions/0013-a-broker-only-wakes.md"):
        path = ROOT / "docs" / page
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{page}: {link}"


def test_health_addresses_that_are_written_are_there():
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "docs" / "operations.md", *DEPLOY.iterdir())
    )
    written = set(re.findall(r"/health/[a-z]+", text))
    assert {"/health/live", "/health/ready", "/health/work"} == written


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["live", "ready", "work"])
def test_a_health_address_answers(path):
    assert Client().get(f"/health/{path}").status_code in (200, 503)


def words_of(line):
    """`shouwen serve --port 8000` → the command with its options as it reads them."""
    program, command, *options = shlex.split(line.replace("%i", "8000"))
    assert program.endswith("shouwen"), line
    app = get_commands()[command]
    found = load_command_class(app, command)
    return found.create_parser("shouwen", command).parse_args(options)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_commands_that_exist_and_stops_gently(unit):
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str
    parsed.read_string(unit.read_text(encoding="utf-8"))
    service = parsed["Service"]
    words_of(service["ExecStart"])
    if "ExecStartPre" in service:
        words_of(service["ExecStartPre"])
    # The supervisor waits 25 seconds, and gives the signal on: systemd's must not come between.
    assert int(service["TimeoutStopSec"]) > 25
    assert service["KillMode"] == "mixed"
    assert service["Environment"].partition("=")[0] in known_variables()
    folder = service["Environment"].partition("=")[2]
    assert folder == f"/var/lib/{service['StateDirectory']}"
    assert "%i" in folder, "each node has a home of its own"
    assert parsed["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd to ask")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_takes_the_unit(unit, tmp_path):
    """With a program that is there: systemd asks whether it can be run."""
    text = unit.read_text(encoding="utf-8").replace("/opt/shouwen/bin/shouwen", sys.executable)
    copy = tmp_path / unit.name.replace("@", "@8000")
    copy.write_text(text, encoding="utf-8")
    command = [shutil.which("systemd-analyze"), "verify", "--man=no", str(copy)]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if "Failed to" in asked.stderr and "unit" not in asked.stderr:
        pytest.skip(asked.stderr.strip())  # a container without the parts of a running system
    said = [line for line in asked.stderr.splitlines() if copy.name in line]
    assert said == []


def ours():
    """The services that run the product."""
    return {name: one for name, one in COMPOSE["services"].items() if "build" in one}


def test_two_web_nodes_and_two_workers_stand_in_the_compose_file():
    assert set(ours()) == {"web-1", "web-2", "worker-1", "worker-2"}


def test_every_image_is_pinned():
    for name, one in COMPOSE["services"].items():
        assert re.search(r":\d+\.\d+", one["image"]), f"{name}: {one['image']}"
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for image in re.findall(r"^FROM (\S+)", docker, re.MULTILINE):
        assert re.search(r":\d+\.\d+\.\d+", image), image


def test_the_containers_environment_is_known_and_complete():
    for name, one in ours().items():
        assert set(one["environment"]) <= known_variables(), name
        shared = {"SECRET_KEY", "DATABASE_URL", "BROKER_URL", "FILES_URL", "BASE_URL"}
        assert shared <= set(one["environment"]), name
        assert "SHOUWEN_HOME" not in one["environment"], "each container has its own"
    assert files(ours()["web-1"]["environment"]["FILES_URL"], ROOT)["OPTIONS"]["location"]


def test_the_containers_run_commands_that_exist():
    for name, one in ours().items():
        command = one["command"]
        lines = (
            re.split(r" && (?:exec )?", command[2]) if command[0] == "sh" else [" ".join(command)]
        )
        for line in lines:
            words_of(line)
        asked = one["healthcheck"]["test"]
        if asked[1] == "shouwen":
            words_of(" ".join(asked[1:]))
        else:
            compile(asked[3], name, "exec")
        assert int(one["stop_grace_period"].rstrip("s")) > 25


def test_what_a_container_waits_for_and_keeps_is_there():
    for name, one in COMPOSE["services"].items():
        assert set(one.get("depends_on", ())) <= set(COMPOSE["services"]), name
        for other in one.get("depends_on", ()):
            wanted = one["depends_on"][other] if isinstance(one["depends_on"], dict) else {}
            if wanted.get("condition") == "service_healthy":
                assert "healthcheck" in COMPOSE["services"][other], f"{name} waits for {other}"
        for volume in one.get("volumes", ()):
            source = volume.partition(":")[0]
            there = (DEPLOY / source).exists() if source.startswith(".") else source in COMPOSE[
                "volumes"
            ]  # fmt: skip
            assert there, f"{name}: {volume}"


def test_the_proxy_speaks_to_both_nodes_and_lets_nobody_ask_for_health():
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "reverse_proxy web-1:8000 web-2:8000" in text
    assert "respond @health 404" in text


def test_the_image_installs_what_is_locked():
    docker = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements-nodes.lock" in docker
    assert "USER shouwen" in docker


def test_docker_takes_the_compose_file():
    """Where there is an engine; elsewhere the file was read above."""
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:  # noqa: S603, E501 # fmt: skip
        pytest.skip("no docker compose to ask")
    given = dict.fromkeys(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()), "x")
    asked = subprocess.run(  # noqa: S603
        [docker, "compose", "-f", str(DEPLOY / "compose.yaml"), "config", "-q"],
        env=given | {"PATH": "/usr/local/bin:/usr/bin:/bin"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
