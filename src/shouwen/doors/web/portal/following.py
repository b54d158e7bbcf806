"""Follow a matter by number and telephone, add to it, say whether it is good."""

import unicodedata
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.api.visitors import address
from shouwen.engines.documents.attaching import download
from shouwen.engines.limits import actions as limits
from shouwen.ground.foundation.refusal import Refused
from shouwen.work.customers import phones
from shouwen.work.interactions.models import Direction, Interaction
from shouwen.work.ways import actions as ways
from shouwen.work.ways import queries

from .forms import WRONG_PAIR, FollowForm, VerdictForm, WordForm
from .holding import access_own, hold
from .limits import ADDED, GUESSED, TRIED
from .standing import standing, what_follows
from .views import shown


def follow(request: HttpRequest) -> HttpResponse:
    """Number and telephone together open a matter; whatever is wrong, the answer is the same."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return shown(request, "follow", 422 if form.is_bound else 200, form=form)
    number = unicodedata.normalize("NFKC", form.cleaned_data["number"]).strip().upper()
    visitor = address(request)
    if limits.spent(TRIED, visitor).is_used_up or limits.spent(GUESSED, number).is_used_up:
        form.add_error(None, _("尝试次数过多，请过一会儿再试，或拨打公示的电话。"))
        return shown(request, "follow", 429, form=form)
    phone = phones.read(form.cleaned_data["phone"])
    row = queries.followed(number, phone.key) if phone else None
    if row is None:
        limits.spend(TRIED, visitor)
        limits.spend(GUESSED, number)
        form.add_error(None, WRONG_PAIR)
        return shown(request, "follow", 422, form=form)
    return _to(request, row)


def _to(request: HttpRequest, row: Interaction, mark: str = "") -> HttpResponse:
    response = HttpResponseRedirect(reverse("portal:matter", args=[row.pk]) + mark)
    hold(request, response, row.pk)
    return response


@require_GET
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer brought, where it stands, what was answered."""
    return _page(request, access_own(request, pk))


def _place(row: Interaction) -> str:
    """Where the label hung by which it was filed, in the reader's language."""
    filing = getattr(row, "filing", None)
    return str(filing.label or "") if filing else ""


def _page(
    request: HttpRequest, row: Interaction, *, status: int = 200, **forms: Any
) -> HttpResponse:
    said = queries.told_to_customer(row)
    own = [row.pk, *(one.pk for one in said if one.direction == Direction.IN)]
    files = queries.photos(own)
    now, verdict = standing(row), queries.verdict(row)
    context = {
        "row": row,
        "place": _place(row),
        "standing": now,
        "follows": what_follows(verdict, now),
        "photos": files.get(row.pk, []),
        "said": [(one, files.get(one.pk, [])) for one in said],
        "verdict": verdict,
        "word": WordForm(),
        "judging": VerdictForm(),
        "fresh": request.GET.get("new") == "1",
        **forms,
    }
    return shown(request, "matter", status, **context)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more word, or a photo."""
    row = access_own(request, pk)
    form = WordForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, row, status=422, word=form)
    if limits.spend(ADDED, address(request)).is_over:
        form.add_error(None, _("补充过于频繁，请过一会儿再试。"))
        return _page(request, row, status=429, word=form)
    data = form.cleaned_data
    try:
        ways.add(row, data["body"], data["photos"], once=data["token"])
    except Refused as refused:
        form.take(refused)
        return _page(request, row, status=422, word=form)
    return _to(request, row, "#words")


@require_POST
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Satisfied, or not and why; discontent takes the matter up again (R3-33)."""
    row = access_own(request, pk)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, row, status=422, judging=form)
    if limits.spend(ADDED, address(request)).is_over:
        form.add_error(None, _("补充过于频繁，请过一会儿再试。"))
        return _page(request, row, status=429, judging=form)
    data = form.cleaned_data
    try:
        ways.judge(row, data["satisfied"] == "yes", data["words"], once=data["token"])
    except Refused as refused:
        form.take(refused)
        return _page(request, row, status=422, judging=form)
    return _to(request, row, "#verdict")


@require_GET
def photo(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """A photo the customer sent himself; files of ours are not reached this way."""
    row = access_own(request, pk)
    said = queries.told_to_customer(row)
    own = [row.pk, *(one.pk for one in said if one.direction == Direction.IN)]
    mine = {one.uuid: one for files in queries.photos(own).values() for one in files}
    if uuid not in mine:
        raise Http404
    return download(mine[uuid])  # type: ignore[return-value]
