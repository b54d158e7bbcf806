"""Who asks customers, who keys answers in, who reads them, and who follows a bad mark up."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit

from . import bounds
from .models import AreaResult, Campaign, Questionnaire, Rating, Recipient, Response

Row = TypeVar("Row", bound=Model)
RUNNERS = (
    "customer_service.supervisor", "quality.supervisor", "gm_office", "management.deputy_gm",
)  # fmt: skip
"""Who draws up questionnaires and runs campaigns."""
KEYERS = ("customer_service", "service", "sales", "quality", "gm_office", "management.deputy_gm")
"""Who rings recipients and keys in what came on paper; they read the answers too."""


def may_run(person: Person | None, division: Unit | int, at: datetime | None = None) -> bool:
    """Whether a person may run surveys in a division; None is the system itself."""
    return person is None or _fills(person, RUNNERS, division, at)


def may_key(person: Person | None, division: Unit | int, at: datetime | None = None) -> bool:
    """Whether a person may read answers and key them in."""
    return person is None or _fills(person, KEYERS, division, at)


def require_runner(by: Person | None, division: Unit | int, at: datetime) -> None:
    """Refuse whoever may not run surveys."""
    if not may_run(by, division, at):
        raise refuse(
            N_("只有客服、品质主管以上和总经理室可以办理调查"), instead=N_("请联系客服主管")
        )


def may_improve(person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether a person may say what was done: whoever the company made the owner may too."""
    owner = bounds.of_company(bounds.problem_clause(division, at), "owner", division, at)
    return may_run(person, division, at) or bool(owner and _fills(person, (owner,), division, at))


def require_improver(by: Person, division: Unit | int, at: datetime) -> None:
    """Refuse whoever may not say what was done about a weak area (R5-46)."""
    if not may_improve(by, division, at):
        clause = bounds.problem_clause(division, at)
        raise refuse(
            N_("改善由公司规定的负责人或调查主管填写"),
            clause.id if clause else "",
            instead=N_("请转告负责人在今日里办理"),
        )


def require_keyer(by: Person | None, division: Unit | int, at: datetime) -> None:
    """Refuse whoever may not key answers in."""
    if not may_key(by, division, at):
        raise refuse(N_("只有客服、服务、业务、品质和总经理室可以录入答卷"))


def _fills(
    person: Person, wanted: tuple[str, ...], division: Unit | int, at: datetime | None
) -> bool:
    moment = at or clock.now()
    return any(org.as_whom(person, role, division, moment) is not None for role in wanted)


def reading_divisions(person: Person) -> set[int]:
    """The divisions whose answers a person reads."""
    return {pk for pk in org.divisions_visible(person) if may_key(person, pk)}


def access_campaign(person: Person, pk: int) -> Campaign:
    """The campaign of an id, or 404 for whoever may not know of it."""
    found = Campaign.objects.select_related("division", "questionnaire", "planned_by", "started_by")
    return _first(found.filter(pk=pk, division_id__in=reading_divisions(person)))


def access_questionnaire(person: Person, pk: int) -> Questionnaire:
    """The questionnaire of an id, or 404."""
    found = Questionnaire.objects.select_related("division", "made_by")
    return _first(found.filter(pk=pk, division_id__in=reading_divisions(person)))


def access_recipient(person: Person, pk: int) -> Recipient:
    """The recipient of an id, or 404."""
    found = Recipient.objects.select_related(
        "campaign__division", "campaign__questionnaire", "customer", "contact"
    )
    return _first(found.filter(pk=pk, campaign__division_id__in=reading_divisions(person)))


def access_response(person: Person, pk: int) -> Response:
    """The answers of an id, or 404."""
    found = Response.objects.select_related(
        "campaign__division", "campaign__questionnaire", "customer", "recipient", "keyed_by"
    )
    return _first(found.filter(pk=pk, campaign__division_id__in=reading_divisions(person)))


def access_result(person: Person, pk: int) -> AreaResult:
    """The result of an area, or 404."""
    found = AreaResult.objects.select_related("campaign__division")
    return _first(found.filter(pk=pk, campaign__division_id__in=reading_divisions(person)))


def by_token(token: str) -> Recipient:
    """Whoever holds the link is asked; 404 for what is no link. Reveals nothing else."""
    found = Recipient.objects.select_related("campaign__division", "campaign__questionnaire")
    return _first(found.filter(token=token))


# -- ratings --------------------------------------------------------------------------------------


def readable_ratings(person: Person) -> Q:
    """The ratings a person reads: his own, those of his people, all where he runs surveys."""
    at = clock.now()
    seen = org.divisions_visible(person, at)
    running = {pk for pk in seen if may_run(person, pk, at)}
    below = {one.pk for one in subordinates(person, at)}
    return (
        Q(division_id__in=running)
        | Q(division_id__in=seen, person__in={person.pk, *below})
        | Q(division_id__in=reading_divisions(person), person__isnull=True)
    )


def subordinates(person: Person, at: datetime) -> list[Person]:
    """Whose superior somebody is, himself or for whom he stands in; from memory."""
    heads = {person.pk, *(absent.pk for absent in org.acting_for(person, at))}
    return [
        one
        for one in org.all_persons()
        for division in _division_of(one, at)
        if heads & {above.pk for above in org.superiors(one, division, at)}
    ]


def _division_of(person: Person, at: datetime) -> list[Unit]:
    post = org.main_post(person, at)
    division = org.division_of(post.post.unit_id, at) if post else None
    return [division] if division else []


def access_rating(person: Person, pk: int) -> Rating:
    """The rating of an id, or 404."""
    found = Rating.objects.select_related("division", "customer", "person", "unit", "by")
    return _first(found.filter(readable_ratings(person), pk=pk))


def may_follow_up(person: Person, rating: Rating, at: datetime) -> bool:
    """The superior of whom it is about; where it is about nobody, who runs surveys here."""
    if rating.person_id is None:
        return may_run(person, rating.division_id, at)
    above = {one.pk for one in org.superiors(rating.person_id, rating.division_id, at)}
    return bool(above & {person.pk, *(absent.pk for absent in org.acting_for(person, at))})


def _first(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise Http404
    return row
