"""A case forgets a person who called: the matter stays, his name and number do not."""

from collections.abc import Callable, Iterable

from shouwen.engines.search import actions as search
from shouwen.ground.foundation.acts import one_act
from shouwen.work.cases.models import Case, CaseText


@one_act
def forget(texts: Iterable[CaseText], mark: str, scrubbed: Callable[[str], str]) -> list[int]:
    """Replace caller and number, and what `scrubbed` takes out of the words; returns which."""
    rows = list(texts)
    for one in rows:
        one.caller = mark if one.caller else ""
        one.phone, one.description = "", scrubbed(one.description)
    CaseText.objects.bulk_update(rows, ["caller", "phone", "description"])
    cases = list(Case.objects.filter(pk__in=[one.pk for one in rows]))
    for case in cases:
        case.title = scrubbed(case.title)[:120]
    Case.objects.bulk_update(cases, ["title"])
    for case in cases:
        search.touch(case)
    return [case.pk for case in cases]
