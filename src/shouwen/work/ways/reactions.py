"""A contact that names a published channel must name one that is published (R8-28)."""

from collections.abc import Iterable
from datetime import datetime

from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.org import ruling
from shouwen.work.interactions.actions import Draft, register_guard

from . import adding, queries  # noqa: F401 - adding registers itself


@register_guard
def way_is_published(draft: Draft, at: datetime) -> Iterable[Reason]:
    """The channel chosen at intake belongs to the division, is of that kind and not withdrawn."""
    named = draft.more.get("way")
    if named is None:
        return
    way = queries.way(named, [draft.division.pk])
    if way is None or way.channel != draft.channel:
        clause = ruling.clause("document", draft.division, at, form="intake", channels="web")
        yield Reason(
            N_("这个渠道没有公示，或已撤下"), clause.id if clause else "", field="channel",
            instead=N_("请选择公示的渠道"),
        )  # fmt: skip
