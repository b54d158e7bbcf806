"""Decisions on training: values in, reasons or numbers out. No database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shouwen.ground.foundation.refusal import N_, Reason


@dataclass(frozen=True)
class Progress:
    """What was held against the targets."""

    sessions: int
    sessions_target: int
    invited: int
    came: int
    attendance_target: int

    @property
    def attendance(self) -> int | None:
        """Percent of those invited who came, rounded down; None while nobody was."""
        return self.came * 100 // self.invited if self.invited else None

    @property
    def met(self) -> bool:
        """Whether both targets are reached."""
        enough = self.attendance is not None and self.attendance >= self.attendance_target
        return self.sessions >= self.sessions_target and enough


def why_not_planned(
    year: int, title: str, lines: list[tuple[str, date]], attendance_target: int, clause: str
) -> list[Reason]:
    """A plan has a title; its sessions have topics and days of its year (R2-22)."""
    wanted = [
        (bool(title.strip()), "title", N_("请写明计划名称")),
        (all(topic for topic, _day in lines), "sessions", N_("请写明每次培训的内容")),
        (
            all(day.year == year for _topic, day in lines), "sessions",
            N_("培训日期应在计划的年度之内"),
        ),
        (attendance_target <= 100, "attendance_target", N_("出勤率目标不能超过百分之百")),
    ]  # fmt: skip
    return [Reason(text, clause, field=field) for good, field, text in wanted if not good]


@dataclass(frozen=True)
class Gap:
    """A skill that a post asks for and somebody does not have: never passed, or expired."""

    name: str
    expired_on: date | None = None


def gaps(required: Iterable[str], held: Mapping[str, date], today: date) -> list[Gap]:
    """What is missing of what a post asks for (R7-02); a skill holds until the day it expires."""
    missing = [name for name in dict.fromkeys(required) if held.get(name, today) <= today]
    return [Gap(name, held.get(name)) for name in missing]


def why_not_submitted(
    submitted: bool,
    planned: int,
    targets: tuple[int, int],
    least: tuple[Iterable[int], Iterable[int]],
    clause: str,
) -> list[Reason]:
    """Once; with as many sessions as it wants, and targets no lower than the company's (R2-22)."""
    if submitted:
        return [Reason(N_("培训计划已经提交"), clause)]
    reasons = []
    if planned < max(targets[0], 1):
        facts = {"planned": planned, "target": targets[0]}
        reasons.append(
            Reason(
                N_("计划了 %(planned)s 次培训，少于目标的 %(target)s 次"),
                clause,
                field="sessions",
                facts=facts,
            )
        )
    for field, target, floor in (
        ("sessions_target", targets[0], max(least[0], default=0)),
        ("attendance_target", targets[1], max(least[1], default=0)),
    ):
        if target < floor:
            reasons.append(
                Reason(
                    N_("目标不能低于公司规定的 %(least)s"),
                    clause,
                    field=field,
                    facts={"least": floor},
                )
            )
    return reasons


def why_not_held(
    submitted: bool, held: bool, on: date, today: date, invited: int, result: str, clause: str
) -> list[Reason]:
    """A session of a submitted plan, once, not in the future, with who was invited and a result."""
    if not submitted:
        return [Reason(N_("请先提交培训计划"), clause)]
    if held:
        return [Reason(N_("该次培训已经登记"), clause)]
    wanted = {
        "held_on": (on <= today, N_("培训日期不能晚于今天")),
        "attendance": (invited > 0, N_("请登记参加人员")),
        "result": (bool(result.strip()), N_("请写明培训结果")),
    }
    return [
        Reason(message, clause, field=field)
        for field, (good, message) in wanted.items()
        if not good
    ]


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for back in range(4):
        try:
            return date(year, month, day.day - back)
        except ValueError:
            continue
    raise ValueError(f"no day {day} {months} months later")
