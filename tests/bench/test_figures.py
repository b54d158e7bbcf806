"""Medians over quiet rounds, ratios, and which peer counts as the best."""

import pytest

from bench.reporting.figures import Place, Spread, cells, gather, reckoned


def a_round(system="shouwen", work="first_page", *, p50=10.0, rate=50.0, **more):
    usual = {
        "kind": "round", "run": 1, "system": system, "work": work, "size": 1000, "skew": False,
        "round": 1, "clients": 1, "calibration": 10.0, "p50": p50, "p95": 2 * p50, "rate": rate,
        "cpu_web": 1.0, "cpu_db": 0.5, "bytes": 100, "wrong": 0,
    }  # fmt: skip
    return usual | more


def test_disturbed_rounds_are_left_out_of_the_medians():
    lines = [a_round(p50=p50, calibration=cal) for p50, cal in [(10, 10), (12, 11), (99, 20)]]
    cell = cells(lines)[Place("shouwen", "first_page", 1000, 1)]
    assert cell.p50 == Spread(11, 10, 12)
    assert (cell.rounds, cell.quiet, cell.disturbed) == (3, 2, False)


def test_where_no_round_was_quiet_all_count_and_it_is_said():
    lines = [a_round(p50=10, calibration=20), a_round("rt", p50=30, calibration=10)]
    cell = cells(lines)[Place("shouwen", "first_page", 1000, 1)]
    assert (cell.p50.median, cell.disturbed) == (10, True)


def test_only_the_newest_run_of_a_size_is_told():
    old, new = a_round(p50=50, run=1), a_round(p50=10, run=2)
    figures = gather([new, old, a_round(p50=7, run=1, size=10)])
    assert figures.value("shouwen", "first_page", 1000) == 0.010
    assert figures.value("shouwen", "first_page", 10) == 0.007
    assert figures.runs == {(1000, False): 2, (10, False): 1}


def test_a_ratio_says_how_many_times_as_long_the_other_takes():
    figures = gather([
        a_round(p50=10), a_round("rt", p50=35),
        a_round(work="create", clients=4, rate=200), a_round("rt", "create", clients=4, rate=50),
    ])  # fmt: skip
    assert figures.ratio("shouwen", "rt", "first_page", 1000) == pytest.approx(3.5)
    assert figures.ratio("shouwen", "rt", "create", 1000) == pytest.approx(4)
    assert figures.ratio("shouwen", "redmine", "create", 1000) is None


@pytest.mark.parametrize("fault", [{"found": 41, "expected": 500}, {"wrong": 1}])
def test_the_best_peer_is_the_fastest_whose_answers_are_complete(fault):
    figures = gather([a_round("rt", p50=2, **fault), a_round("redmine", p50=20)])
    assert figures.best(["rt", "redmine"], "first_page", 1000) == "redmine"
    assert figures.best(["rt"], "first_page", 1000) is None
    assert figures.value("rt", "first_page", 1000) == 0.002


def test_a_sweep_of_a_part_is_reckoned_up():
    line = {
        "kind": "sweep",
        "system": "rt",
        "size": 1000,
        "seconds": 3,
        "open": 1000,
        "taken": 1000,
    }
    assert reckoned(line) == 300
    assert gather([line]).value("rt", "sweep", 1000) == 300
