"""Questionnaires: their list, one with its questions, and everything that is changed on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.work.surveys import access, bounds, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Question, Questionnaire

from .campaigns import require_reader, running_divisions
from .forms import HeadingForm, NewQuestionnaireForm, QuestionForm


@require_GET
def index(request: Request) -> HttpResponse:
    """Every version of every questionnaire."""
    require_reader(request)
    found = queries.questionnaires(access.reading_divisions(request.person))
    page = page_of(found, request, order=("code", "-version", "id"))
    context = {"page": page, "may_run": bool(running_divisions(request))}
    return render(request, "surveys/questionnaires.html", context)


def new(request: Request) -> HttpResponse:
    """Begin a questionnaire."""
    divisions = running_divisions(request)
    if not divisions:
        raise refuse(N_("只有客服、品质主管以上和总经理室可以办理调查"))
    form = NewQuestionnaireForm(divisions, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            division = org.unit_by_id(form.cleaned_data["division"])
            code = form.cleaned_data["code"].lower()
            made = surveys.draw_up(division, code, form.heading(), by=request.person)
            return redirect("surveys:questionnaire", made.pk)
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "surveys/questionnaire_new.html", context, status=status)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One questionnaire with its questions."""
    return _page(request, access.access_questionnaire(request.person, pk))


def _page(request: Request, row: Questionnaire, status: int = 200, **forms: Any) -> HttpResponse:
    questions = list(row.questions.all())
    now = clock.now()
    areas = bounds.areas(row.division_id, now)
    names = {area.key: area.label for area in areas}
    have = {one.area for one in questions}
    may_change = row.fixed_at is None and access.may_run(request.person, row.division_id, now)
    heading = {name: getattr(row, name) for name in HeadingForm.base_fields}
    wrong = forms.get("wrong")
    context = {
        "questionnaire": row,
        "lines": [
            {
                "question": one,
                "area": names.get(one.area, one.area),
                "form": _form_of(row, one, wrong, forms.get("question")) if may_change else None,
            }
            for one in questions
        ],
        "areas": [(area, area.key in have) for area in areas],
        "may_change": may_change,
        "may_run": access.may_run(request.person, row.division_id, now),
        "heading": forms.get("heading") or HeadingForm(initial=heading),
        "added": (wrong if forms.get("question") is None else None)
        or QuestionForm(row.division_id, prefix="new"),
        "versions": Questionnaire.objects.filter(division=row.division_id, code=row.code).order_by(
            "-version"
        ),
    }
    return render(request, "surveys/questionnaire.html", context, status=status)


def _form_of(
    row: Questionnaire, one: Question, wrong: QuestionForm | None, question: Question | None
) -> QuestionForm:
    if wrong is not None and question is not None and question.pk == one.pk:
        return wrong
    return QuestionForm(row.division_id, initial=QuestionForm.of(one), prefix=f"q{one.pk}")


@require_POST
def act(request: Request, pk: int, key: str) -> HttpResponse:
    """Change title or questions, or begin a new version."""
    row = access.access_questionnaire(request.person, pk)
    request.about = row
    if key == "heading":
        return _reword(request, row)
    if key == "question":
        return _put(request, row)
    if key == "renew":
        made = surveys.renew(row, by=request.person)
        messages.success(request, _("新版已立，可以修改。"))
        return redirect("surveys:questionnaire", made.pk)
    question = _question(request, row)
    if key == "drop" and question:
        surveys.drop_question(question, by=request.person)
    elif key in ("up", "down") and question:
        surveys.move_question(question, up=key == "up", by=request.person)
    else:
        raise Http404(key)
    return redirect("surveys:questionnaire", pk)


def _question(request: Request, row: Questionnaire) -> Question | None:
    asked = number_of(request.POST.get("question", ""))
    if asked is None:
        return None
    return get_object_or_404(Question, pk=asked, questionnaire=row)


def _reword(request: Request, row: Questionnaire) -> HttpResponse:
    form = HeadingForm(request.POST)
    if form.is_valid():
        with at_fields(request, form):
            surveys.reword(row, form.heading(), by=request.person)
            messages.success(request, _("已保存。"))
            return redirect("surveys:questionnaire", row.pk)
    return _page(request, row, 422, heading=form)


def _put(request: Request, row: Questionnaire) -> HttpResponse:
    question = _question(request, row)
    prefix = f"q{question.pk}" if question else "new"
    form = QuestionForm(row.division_id, request.POST, prefix=prefix)
    if form.is_valid():
        with at_fields(request, form):
            surveys.put_question(row, form.draft(), question=question, by=request.person)
            messages.success(request, _("已保存。"))
            return redirect("surveys:questionnaire", row.pk)
    return _page(request, row, 422, wrong=form, question=question)
