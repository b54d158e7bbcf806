"""The verbs of questionnaires: drawn up, changed until they go out, then renewed as a version."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person, Unit

from . import bounds, rules
from .access import require_runner
from .models import Question, Questionnaire


@dataclass(frozen=True)
class Heading:
    """Title and opening words of a questionnaire."""

    title_zh: str
    title_en: str = ""
    opening_zh: str = ""
    opening_en: str = ""

    def values(self) -> dict[str, str]:
        """As columns."""
        return {name: getattr(self, name).strip() for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class QuestionDraft:
    """A question as it is typed; choices are pairs of Chinese and English."""

    text_zh: str
    area: str
    kind: str = Question.Kind.MARK
    text_en: str = ""
    choices: list[dict[str, str]] = field(default_factory=list)
    required: bool = True


@one_act
def draw_up(
    division: Unit, code: str, heading: Heading, *, by: Person | None, at: datetime | None = None
) -> Questionnaire:
    """Begin a questionnaire under a code of its own."""
    moment = at or clock.now()
    require_runner(by, division, moment)
    _require_title(heading)
    taken = refuse(N_("这个问卷代码已经有了"), field="code", instead=N_("请在原问卷上另立新版"))
    if not code.strip():
        raise refuse(N_("请写明问卷代码"), field="code")
    if Questionnaire.objects.filter(division=division, code=code.strip()).exists():
        raise taken
    try:
        with transaction.atomic():
            made = Questionnaire.objects.create(
                division=division, code=code.strip(), made_by=by, made_at=moment, **heading.values()
            )
    except IntegrityError:
        raise taken from None
    record("questionnaire.drawn_up", made, by=by, at=moment, code=made.code)
    return made


@one_act
def reword(
    questionnaire: Questionnaire, heading: Heading, *, by: Person | None, at: datetime | None = None
) -> Questionnaire:
    """Change title and opening of a questionnaire that has not gone out."""
    row = _changeable(questionnaire, by, at or clock.now())
    _require_title(heading)
    for name, value in heading.values().items():
        setattr(row, name, value)
    row.save(update_fields=list(heading.values()))
    record("questionnaire.changed", row, by=by, at=at)
    return row


def _require_title(heading: Heading) -> None:
    if not heading.title_zh.strip():
        raise refuse(N_("请写明标题"), field="title_zh")


@one_act
def put_question(
    questionnaire: Questionnaire,
    draft: QuestionDraft,
    *,
    question: Question | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> Question:
    """Add a question at the end, or change one that stands there."""
    moment = at or clock.now()
    row = _changeable(questionnaire, by, moment)
    areas = bounds.areas(row.division_id, moment)
    clause = bounds.area_clause(row.division_id, moment)
    choices = [one for one in draft.choices if one.get("zh", "").strip()]
    refuse_any(
        rules.why_not_question(
            draft.kind, draft.text_zh, draft.area, [area.key for area in areas], len(choices),
            clause.id if clause else "",
        )
    )  # fmt: skip
    if question is None:
        last = row.questions.aggregate(last=Max("position"))["last"] or 0
        question = Question(questionnaire=row, position=last + 1)
    question.kind, question.area = draft.kind, draft.area
    question.text_zh, question.text_en = draft.text_zh.strip(), draft.text_en.strip()
    question.choices = choices if draft.kind == Question.Kind.CHOICE else []
    question.required = draft.required
    question.save()
    record("questionnaire.changed", row, by=by, at=moment, question=question.pk, area=draft.area)
    return question


@one_act
def drop_question(question: Question, *, by: Person | None, at: datetime | None = None) -> None:
    """Take a question off a questionnaire that has not gone out."""
    row = _changeable(question.questionnaire, by, at or clock.now())
    dropped, area = question.pk, question.area
    question.delete()
    record("questionnaire.changed", row, by=by, at=at, dropped=dropped, area=area)


@one_act
def move_question(
    question: Question, *, up: bool, by: Person | None, at: datetime | None = None
) -> None:
    """Let a question change places with its neighbour; at the end nothing happens."""
    row = _changeable(question.questionnaire, by, at or clock.now())
    order = list(row.questions.all())
    here = next(place for place, one in enumerate(order) if one.pk == question.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order, 1):
        one.position = place
    Question.objects.bulk_update(order, ["position"])
    record("questionnaire.changed", row, by=by, at=at, moved=question.pk)


@one_act
def renew(
    questionnaire: Questionnaire, *, by: Person | None, at: datetime | None = None
) -> Questionnaire:
    """A new version with the same questions, to be changed; the old one stays as it went out."""
    moment = at or clock.now()
    require_runner(by, questionnaire.division_id, moment)
    alike = Questionnaire.objects.filter(
        division=questionnaire.division_id, code=questionnaire.code
    )
    newest = alike.select_for_update().order_by("-version").first() or questionnaire
    if newest.fixed_at is None:
        raise refuse(
            N_("第 %(version)s 版还没有发出，可以直接修改"), field="version", version=newest.version
        )
    made = Questionnaire.objects.create(
        division=newest.division, code=newest.code, version=newest.version + 1,
        title_zh=questionnaire.title_zh, title_en=questionnaire.title_en,
        opening_zh=questionnaire.opening_zh, opening_en=questionnaire.opening_en,
        made_by=by, made_at=moment,
    )  # fmt: skip
    Question.objects.bulk_create(
        Question(
            questionnaire=made, position=one.position, kind=one.kind, area=one.area,
            text_zh=one.text_zh, text_en=one.text_en, choices=one.choices, required=one.required,
        )
        for one in questionnaire.questions.all()
    )  # fmt: skip
    record("questionnaire.renewed", made, by=by, at=moment, version=made.version)
    return made


def _changeable(questionnaire: Questionnaire, by: Person | None, at: datetime) -> Questionnaire:
    """The questionnaire, locked; refuses once it went out."""
    row = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    require_runner(by, row.division_id, at)
    if row.fixed_at is not None:
        raise refuse(N_("问卷已经发出，不能再改"), instead=N_("请另立新版"))
    return row
