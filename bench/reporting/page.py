"""`docs/performance.md`, written from the results and from nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bench import places, rows
from bench.measuring import results
from bench.measuring.works import CLIENTS
from bench.registry import SYSTEMS

from . import chart, costs, obstacles, tables
from .figures import QUIET, Figures, gather
from .writing import size_of

MARK = "<!-- 由 make bench 生成 · written by make bench -->\n"


def write(main_size: int) -> None:
    """Write the page and its picture."""
    figures = gather(results.read())
    places.DOCUMENT.write_text(page(figures, main_size), encoding="utf-8")
    places.CHART.write_text(chart.draw(figures, main_size), encoding="utf-8")
    print(f"{places.DOCUMENT} and {places.CHART} written")


def page(figures: Figures, size: int) -> str:
    """The whole document."""
    return MARK + "\n".join(_parts(figures, size))


def _parts(figures: Figures, size: int) -> Iterator[str]:
    sizes = [one for one in places.SIZES if (one, False) in figures.runs] or [size]
    costed = sorted({key[2] for key in figures.costs if not key[3]}) or [size]
    yield from _head(figures, size)
    yield f"## Ours beside the others, {size:,} cases\n"
    yield (
        "Bold is how many times as long the other one takes: above 1× ours is faster. The figure"
        " beside it is its median with the smallest and largest round. A best peer is the fastest"
        " of those whose answers are complete. `~`: no round of it was quiet.\n"
    )
    yield tables.ratios(figures, size) + "\n"
    yield "![Time of each peer and of the limit, in times of ours](performance.svg)\n"
    for other in sizes:
        if other != size:
            yield f"### The same at {other:,} cases\n"
            yield tables.ratios(figures, other) + "\n"
    yield "## What stands in the way\n"
    yield (
        "Where a goal is missed: how many times as fast it would have to be. Statements count those"
        " that PostgreSQL runs by itself to check a foreign key.\n"
    )
    yield obstacles.told(figures, size) + "\n"
    yield "## Growth with the cases\n"
    yield f"Medians as above (ms, or requests a second), at {' / '.join(map(size_of, sizes))}.\n"
    yield tables.by_size(figures, sizes) + "\n"
    yield "## Alone and under load\n"
    yield tables.loads(figures, size, CLIENTS[1:]) + "\n"
    yield "## Skewed data\n"
    yield (
        f"One customer has up to {rows.BIG_CUSTOMER:,} cases, one unit has half of all; told is"
        " how many times as long the same work takes as on even data.\n"
    )
    yield tables.skewed(figures, size) + "\n"
    yield "## Cold start and memory\n"
    yield "Memory counts shared pages by their share (PSS), over all processes of a system.\n"
    yield tables.starts(figures, size) + "\n"
    yield "## In a browser\n"
    yield "Chromium, signed in; bytes on the wire, compressed where the server does so.\n"
    yield tables.visits(figures) + "\n"
    yield "## What each costs, and how that grows\n"
    yield (
        "One request of one user, after three to warm up. Rows read are those that scans looked"
        " at, also those they threw away; a page of the database is 8 kB.\n"
    )
    yield from costs.sections(figures, costed)


def _head(figures: Figures, size: int) -> Iterator[str]:
    yield "# 性能 · Performance\n"
    yield (
        "同一台机器、同一次运行、同一个 PostgreSQL（提交落盘）上，首问与五个同类系统、"
        "与手写语句的极限逐项相比。下面的数字全部由 `make bench` 测得并写入本页，"
        "没有一个是手填的；没有测到的写明"
        "“not measured”。比值才是结论，绝对值只说明这台机器。\n"
    )
    yield measured_on(figures) + "\n"
    yield "| system | version | measured through |\n|---|---|---|"
    for system in SYSTEMS:
        if system.role == "embedded":  # has a page of its own
            continue
        line = figures.installed.get(system.key, {})
        version = figures.missing.get(system.key) or line.get("version") or "–"
        yield f"| {system.title} | {version} | {system.interface} |"
    yield (
        "\nRules: durable commits, loopback, two web workers for every system, the same load"
        " generator and the same rows for all, every peer by its fastest real interface as a"
        " signed-in user, every answer checked. Outside runs the work, inside the system, so that"
        " figures that are compared lie close in time. Beside each figure a fixed loop was timed:"
        f" rounds in which it took more than {QUIET} times its shortest are left out. The limit is"
        " the same work in statements by hand, one transaction a request, a process and a"
        " connection for each client; HTTP, sign-in, rights and pages are not in it.\n"
    )
    yield (
        "```\nmake bench                                  # everything, hours\n"
        f"make bench STEPS='rounds report' OPTIONS='--sizes {size} --rounds 3 --seconds 1'\n```\n"
    )


def measured_on(figures: Figures, only: int = 0) -> str:
    """Machine, versions, commit and days of the runs, or of those of one size."""
    found = figures.machine
    if not found:
        return "Nothing was measured yet."
    runs = sorted(one for one in figures.runs.items() if only in (0, one[0][0]))
    days = ", ".join(
        f"{size_of(size)}{' skewed' if skew else ''} on"
        f" {datetime.fromtimestamp(run, UTC):%Y-%m-%d %H:%M} UTC"
        for (size, skew), run in runs
    )
    return (
        f"Machine: {found['cpu']}, {found['cores']} cores, {found['memory_gib']} GiB,"
        f" {found['system']}, kernel {found['kernel']}, Python {found['python']},"
        f" PostgreSQL {found['postgresql']}, product at `{found['commit']}`."
        f" Rounds: {days or 'none'}."
    )
