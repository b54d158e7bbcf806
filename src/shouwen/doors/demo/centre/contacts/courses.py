"""How a matter of each kind goes on at the centre, act by act, by whoever does it.

Complaints of each class, consultations, repairs and requests; answered in time and late, handed
on, sent back by a customer who was not content.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person
from shouwen.regulations.vocabulary.cases import called_back, file_paper, go_on
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting, owning
from shouwen.work.cases.models import Case

from .answering import answer, say_back
from .coming import Story, leave

MORNING, EVENING, NIGHT = time(9, 5), time(17), time(20, 30)
SOON = 1
"""What follows within an hour is done the same evening, where nobody is late."""
SLOW = 4
"""So many times as long everything takes where it comes late."""
BY_PEOPLE = ("phone", "quick", "visit", "letter", "fax")
"""Ways on which somebody of ours is turned to; on the others a machine takes it in."""
ON_THE_LINE = ("phone", "quick", "visit")
"""Ways on which the customer hears the answer at once."""
TAKEN_ON = 0.3
"""Hours until somebody takes on what a machine took in."""
ASKED = "请予答复"
"""What somebody wants who only asks."""
Act = tuple[float, Callable[[], object]]


class Course:
    """Plays one contact through its course, as far as the time reaches."""

    def __init__(self, story: Story) -> None:
        self.story, self.plan, self.people = story, story.plan, story.people

    def play(self, acts: int | None = None) -> Case | None:
        """What came of the contact, after some acts or all; nothing where it came in just now."""
        case = self.take_on()
        if case is None:
            return None
        if self.plan.way == "visit" and self.story.later(0.4):
            leave(self.story)
        for hours, act in self._acts(case)[:acts]:
            if not self._later(hours):
                break
            act()
            case.refresh_from_db()
        return case

    def take_on(self) -> Case | None:
        """The matter as it is opened."""
        spoken, said = self.story.come_in(), self.plan.saying
        if self.plan.way not in BY_PEOPLE and not self.story.later(TAKEN_ON):
            return None
        opener = self.story.handler if self.plan.way == "quick" else self.story.taker
        intake = Intake(
            spoken.division, self.story.customer, said.category, said.title, said.words,
            kind=said.kind, wanted=said.wanted or ASKED,
            sheet={"address": self.story.customer.address, "handler": self.story.handler.pk},
        )  # fmt: skip
        return contacting.open_from(spoken, intake, by=opener)

    def _later(self, hours: float) -> bool:
        """Let time pass, to an hour at which people work; false where the story has to stop."""
        day = self.story.day
        moment = day.at + timedelta(hours=hours * (SLOW if self.plan.late else 1))
        evening = NIGHT if hours <= SOON and not self.plan.late else EVENING
        if moment > clock.local(clock.day_of(moment), evening):
            moment = clock.local(clock.day_of(moment) + timedelta(days=1), MORNING)
        moment = max(moment, clock.local(clock.day_of(moment), MORNING))
        return self.story.later((moment - day.at) / timedelta(hours=1))

    def _acts(self, case: Case) -> list[Act]:
        return {
            "complaint": self._complaint,
            "consultation": self._consultation,
            "repair": self._repair,
            "request": self._request,
        }[self.plan.saying.kind](case)

    def _go(self, case: Case, who: Person, data: dict[str, Any] | None = None) -> Case:
        return go_on(case, data=data, by=who)

    def _tell(self, case: Case, text: str = "", *, definite: bool = True) -> None:
        told = text or self.plan.saying.answer
        answer(self.story, case, told, definite=definite, by=self.story.handler)

    def _complaint(self, case: Case) -> list[Act]:
        said, people, owner = self.plan.saying, self.people, case.first_owner
        handler = self.story.handler
        graded = {"category": said.category, "grade": said.grade, "true_cause": said.cause,
                  "handler": handler}  # fmt: skip
        done = {"measures": said.measure, "result": said.result, "met": "yes_"}
        acts: list[Act] = [
            (0.2, lambda: self._go(case, owner)),
            (0.5, lambda: self._go(case, people["panyuting"], graded)),
        ]
        if said.grade != "small":
            told = {"instruction": "当天处置，明确答复客户。"}
            acts.append((0.4, lambda: self._go(case, people["suqinghe"], told)))
        if said.grade == "serious":
            acts += self._calm(case)
        if self.plan.handed_on:
            acts += self._hand_on(case)
        acts += [(3, lambda: self._go(case, handler, done)), (1, lambda: self._tell(case))]
        if not self.plan.content:
            again = {**done, "measures": "再次上门处理。"}
            acts += [
                (5, lambda: called_back(case, False, "问题还在，没有解决。", by=owner)),
                (6, lambda: self._go(case, handler, again)),
            ]
        filed = {"problem": said.title, "solution": said.measure}
        return [
            *acts,
            (2, lambda: say_back(self.story)),
            (3, lambda: called_back(case, True, "已解决，谢谢。", by=owner)),
            (1, lambda: self._go(case, owner, filed)),
        ]

    def _calm(self, case: Case) -> list[Act]:
        """A serious event: told at once, calmed, and what is done about it written down."""
        handler = self.story.handler

        def reassure() -> None:
            note = {
                "kind": "reassurance", "spoken_at": clock.now().isoformat(),
                "said": "已说明危险处已围挡，师傅今天到场。", "reaction": "表示理解，愿意等候。",
            }  # fmt: skip
            file_paper(case, "contact_log", note, by=handler)
            step = {"done": "现场已围挡并拍照。", "next_step": "今天内完成加固。"}
            file_paper(case, "progress_entry", step, by=handler)

        return [
            (0.2, lambda: self._tell(case, "已派人到场，稍后告知进展。", definite=False)),
            (0.3, reassure),
        ]

    def _hand_on(self, case: Case) -> list[Act]:
        """It is not the desk's: maintenance takes it over, and gives it back to be seen through."""
        boss, reason, handler = self.people["zhaotiezhu"], "属工程维修部职责。", self.story.handler
        return [
            (0.5, lambda: owning.transfer(case, boss, reason=reason, by=handler)),
            (1, lambda: owning.take_over(
                case.transfers.get(state="waiting"), handler=handler, by=boss)),
        ]  # fmt: skip

    def _consultation(self, case: Case) -> list[Act]:
        owner = case.first_owner
        answered = {"text": self.plan.saying.answer, "satisfied": "yes_"}
        acts: list[Act] = [(0.1, lambda: self._go(case, owner))]
        if self.plan.way not in ON_THE_LINE:
            acts.append((0.5, lambda: self._tell(case)))
        if self.plan.way == "mail" and self.plan.content:
            acts.append((2, lambda: say_back(self.story)))
        return [*acts, (0.3, lambda: self._go(case, owner, answered))]

    def _repair(self, case: Case) -> list[Act]:
        people, owner = self.people, case.first_owner
        repairer = people["niuxiaobing" if self.plan.is_even else "goubaoguo"]

        def repaired() -> Case:
            work = {
                "arrived_at": (clock.now() - timedelta(minutes=40)).isoformat(),
                "done": self.plan.saying.measure,
                "finished_at": clock.now().isoformat(),
            }
            return self._go(case, repairer, work)

        return [
            (0.1, lambda: self._go(case, owner)),
            (0.5, lambda: self._go(case, people["qiaodashan"], {"repairer": repairer})),
            (3, repaired),
            (0.5, lambda: self._tell(case)),
            (0.5, lambda: say_back(self.story)),
            (0.5, lambda: called_back(case, True, "修好了。", by=self.story.handler)),
        ]

    def _request(self, case: Case) -> list[Act]:
        owner = case.first_owner

        def fulfilled() -> Case:
            today: date = clock.today()
            done = {"result": self.plan.saying.result, "fulfilled_on": today.isoformat()}
            return self._go(case, self.story.handler, done)

        return [
            (0.2, lambda: self._go(case, owner)),
            (5, fulfilled),
            (1, lambda: self._tell(case)),
            (2, lambda: called_back(case, True, "办好了。", by=owner)),
        ]
