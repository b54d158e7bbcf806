"""What scenarios say of call-backs, samples, audits, the month's report and projects."""

from datetime import date, timedelta
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org.models import Person, Unit
from shouwen.work.callbacks import actions, queries
from shouwen.work.callbacks.models import Callback, RegularPlan, Sample, Suggestion
from shouwen.work.callbacks.oversight import auditing
from shouwen.work.callbacks.rounds import regular
from shouwen.work.callbacks.rounds.projects import ProjectDraft
from shouwen.work.callbacks.rules import Answer
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer

GOOD = {"speed": 5, "quality": 4, "manner": 5}
SCORED = {
    "repair": 4, "reception": 5, "cleaning_and_greening": 4, "security": 5, "greening": None,
}  # fmt: skip


def bring_problem(
    division: Unit, customer: Customer, title: str = "楼道灯不亮", *, by: Person
) -> Case:
    """A customer's problem, taken by whoever is its first-contact owner from then on."""
    told = f"{title},请尽快处理。"
    return cases.open_case(cases.Intake(division, customer, "service", title, told), by=by)


def solve(case: Case, *, by: Person) -> Case:
    """A solution is reached."""
    journal.record("case.solved", case, by=by, solution="已换灯管,照明恢复。")
    return case


def record_repairs(division: Unit, customer: Customer, count: int, *, by: Person) -> list[Case]:
    """So many repair requests come in."""
    made = [bring_problem(division, customer, f"报修第 {n} 件", by=by) for n in range(1, count + 1)]
    for case in made:
        journal.record("repair.recorded", case, by=by)
    return made


def finish_repairs(repairs: Any, *, by: Person) -> list[Callback]:
    """They are finished; gives the calls that are owed for them."""
    for case in repairs:
        journal.record("repair.finished", case, by=by)
    ids = [case.pk for case in repairs]
    return list(Callback.objects.filter(reason="repair", matter_id__in=ids).order_by("id"))


def callback_of(matter: Any, reason: str, index: int = 0) -> Callback:
    """One of the calls about a matter, the first unless told otherwise."""
    found = Callback.objects.filter(matter_kind=kind_of(matter), matter_id=matter.pk, reason=reason)
    return found.order_by("id")[index]


def call(callback: Callback, answer: Answer | None = None, *, by: Person) -> Any:
    """The customer is reached and content, unless told otherwise."""
    usual = Answer(satisfied=True, words="修得及时,很满意。", none_given=True, marks=GOOD)
    return actions.submit(callback, answer or usual, by=by)


def call_all(callbacks: Any, *, by: Person) -> None:
    """Each of them is reached and content."""
    for one in callbacks:
        call(one, by=by)


def call_drawn(sample: Sample, but: int = 0, *, by: Person) -> list[Callback]:
    """The director calls all that were drawn, but for the last `but`; gives all of them."""
    calls = [item.callback for item in sample.drawn.select_related("callback") if item.callback]
    for one in calls[: len(calls) - but]:
        call_sample(one, by=by)
    return calls


def call_sample(
    callback: Callback,
    problem: str = "",
    suggestion: str = "",
    marks: dict[str, Any] | None = None,
    *,
    by: Person,
) -> Any:
    """The director's call with every line scored, unless told otherwise."""
    answer = Answer(
        satisfied=not problem, words="总体不错。", problem=problem, suggestion=suggestion,
        none_given=not suggestion, marks=SCORED if marks is None else marks,
    )  # fmt: skip
    return actions.submit(callback, answer, by=by)


def rate_of(division: Unit, day: date) -> dict[str, Any]:
    """The rate of a day's finished repairs, with what is missing."""
    rate = queries.day_rate(division.pk, day)
    return {
        "owed": rate.owed,
        "called": rate.called,
        "percent": str(rate.percent),
        "missing": list(queries.missing(division.pk, day)),
    }


def results_missing(sample: Sample) -> int:
    """How many of a sample have no result yet."""
    return sample.drawn.filter(callback__state="open").count()


def linked_matter(callback: Callback) -> Case:
    """The matter opened for the problem a sample call found."""
    linked = callback.sampled.linked
    assert linked is not None
    return linked


def improvement_list(division: Unit) -> list[Suggestion]:
    """The list, oldest first."""
    return list(queries.suggestions([division.pk]).order_by("id"))


def original_of(callback: Callback) -> Any:
    """The result as it was submitted."""
    return callback.result


def audit(division: Unit, period: str, role: str, score: int = 90, *, by: Person) -> Any:
    """A department draws, asks again, scores and signs."""
    drawn = actions.draw_audit(division, period, role, by=by)
    for item in drawn.items.all():
        actions.check(item, "confirmed", score, by=by)
    return actions.submit_audit(drawn, opinion="记录属实。", by=by)


def centre_score(division: Unit, period: str) -> str:
    """What the departments' scores of a quarter come to for the centre."""
    return str(auditing.centre_score(auditing.standings(division, period, clock.now())))


def report_month(division: Unit, period: str, comment: str = "回访正常。", *, by: Person) -> Any:
    """The month's report is drawn up, commented and submitted."""
    report = actions.draw_up(division, period, by=by)
    actions.write(report, comment, version=report.version, by=by)
    return actions.submit_report(report, by=by)


def build_project(
    division: Unit, customer: Customer, responsible: Person, name: str = "监控系统", *, by: Person
) -> Any:
    """A project is registered for a customer."""
    return actions.register_project(division, ProjectDraft(customer, name, responsible), by=by)


def calls_of(matter: Any) -> list[Callback]:
    """Every call about a matter, oldest first."""
    return list(queries.calls_of(kind_of(matter), matter.pk))


def next_call_on(customer: Customer) -> date:
    """The day a customer's regular call is due next."""
    plan = RegularPlan.objects.get(customer=customer)
    day = regular.next_on(plan, clock.now())
    assert day is not None
    return day


def days_from_now(days: int) -> date:
    """A day so many days away."""
    return clock.today() + timedelta(days=days)


WORDS = {
    "bring_problem": bring_problem,
    "solve": solve,
    "record_repairs": record_repairs,
    "finish_repairs": finish_repairs,
    "callback_of": callback_of,
    "call_back": call,
    "call_all": call_all,
    "call_drawn": call_drawn,
    "call_sample": call_sample,
    "try_to_call": actions.attempt,
    "correct_callback": actions.correct,
    "original_of": original_of,
    "rate_of": rate_of,
    "results_missing": results_missing,
    "linked_matter": linked_matter,
    "draw_sample": actions.draw_sample,
    "close_sample": actions.close_sample,
    "improvement_list": improvement_list,
    "decide_improvement": actions.decide,
    "audit_callbacks": audit,
    "centre_score": centre_score,
    "report_callbacks": report_month,
    "acknowledge_callbacks": actions.acknowledge,
    "draw_up_callbacks": actions.draw_up,
    "write_callbacks": actions.write,
    "build_project": build_project,
    "deliver_project": actions.deliver,
    "calls_of": calls_of,
    "plan_calls": actions.sweep,
    "group_customer": actions.set_group,
    "next_call_on": next_call_on,
    "days_from_now": days_from_now,
}
