"""`docs/performance-sqlite.md`: what the embedded default bears, beside PostgreSQL in one run."""

from collections.abc import Iterator

from bench import places
from bench.measuring import results
from bench.measuring.works import CLIENTS, SWEEP, WORKS, Work

from .figures import ALONE, Figures, Place, gather
from .page import MARK, measured_on
from .tables import OURS, name_of, told, unit_of
from .writing import NOT_MEASURED, number, table, times

EMBEDDED = "shouwen_sqlite"


def write(size: int) -> None:
    """Write the page."""
    places.EMBEDDED.write_text(page(gather(results.read()), size), encoding="utf-8")
    print(f"{places.EMBEDDED} written")


def page(figures: Figures, size: int) -> str:
    """The whole document."""
    return MARK + "\n".join(_parts(figures, size))


def _parts(figures: Figures, size: int) -> Iterator[str]:
    yield "# 内置 SQLite 的性能 · What the embedded SQLite bears\n"
    yield (
        "同样的数据、同样的请求，一边是 PostgreSQL，一边是内置的 SQLite 文件，"
        "在同一次运行里交替测得。小公司据此知道什么时候该换 PostgreSQL。与同类系统的比较见"
        "[性能](performance.md)。\n"
    )
    yield measured_on(figures, size) + "\n"
    yield (
        f"The same {size:,} cases with their journal, clocks and sheets: loaded into PostgreSQL,"
        " moved row by row into one SQLite file that the product itself had laid out. Two web"
        " workers and the product's worker on both, durable commits on both, the same load"
        " generator. A ratio above 1 says that SQLite takes so many times as long. SQLite lets one"
        " writer in at a time; readers do not wait for it. `~`: no round was quiet.\n"
    )
    yield f"## {size:,} cases\n"
    yield _ratios(figures, size) + "\n"
    yield "## Alone and under load\n"
    yield _loads(figures, size) + "\n"
    yield (
        "```\n"
        f"python -m bench install load --systems {OURS},{EMBEDDED} --sizes {size}\n"
        f"python -m bench rounds sweep embedded --systems {OURS},{EMBEDDED} --sizes {size}\n```\n"
    )


def _ratios(figures: Figures, size: int) -> str:
    lines = []
    for work in (*WORKS, SWEEP):
        ratio = figures.ratio(OURS, EMBEDDED, work.key, size)
        both = [told(figures, system, work, size) for system in (OURS, EMBEDDED)]
        lines.append(
            [name_of(work), unit_of(work), *both, f"**{times(ratio)}**" if ratio else NOT_MEASURED]
        )
    return table(["work", "in", "PostgreSQL", "SQLite", "SQLite takes"], sorted(lines))


def _loads(figures: Figures, size: int) -> str:
    rates = [f"/s, {n} clients" for n in CLIENTS[1:]]
    heads = ["work", "database", "p50 ms", "p95 ms", *rates, "CPU ms of the web"]
    lines = [
        found
        for work in WORKS
        for system, name in ((OURS, "PostgreSQL"), (EMBEDDED, "SQLite"))
        if (found := _load(figures, system, name, work, size))
    ]
    return table(heads, lines)


def _load(figures: Figures, system: str, name: str, work: Work, size: int) -> list[str]:
    cells = [figures.cells.get(Place(system, work.key, size, n)) for n in CLIENTS]
    alone = cells[CLIENTS.index(ALONE)]
    if alone is None:
        return []
    rates = [number(one.rate.median) if one else "–" for one in cells[1:]]
    middle, worst = number(alone.p50.median), number(alone.p95.median)
    return [f"{work.code} {work.english}", name, middle, worst, *rates, number(alone.web)]
