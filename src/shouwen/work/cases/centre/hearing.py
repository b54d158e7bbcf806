"""Whose matter it is hears at once what the customer says of it without anybody taking it down."""

from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Direction, Interaction


@reacts_to("interaction.recorded", "interaction.tied")
def tell_owner(entry: Entry, said: Interaction) -> None:
    """A letter, a word on the web, a report of another system in a matter that is under way."""
    came = said.direction == Direction.IN and entry.actor_id is None
    if not came or entry.matter_kind != "case":
        return
    case = Case.objects.select_related("first_owner", "handler").get(pk=entry.matter_id)
    notices.tell(
        _concerned(case, entry), N_("客户就“%(matter)s”发来 %(number)s"), about=case,
        key=f"said:{said.pk}", link=f"/cases/{case.pk}/#spoken", at=entry.at,
        matter=f"{case.label} {case.title}", number=said.number,
    )  # fmt: skip


def _concerned(case: Case, entry: Entry) -> list[Person]:
    """Its owner and whoever handles it, and who stands in for them."""
    found = [one for one in (case.first_owner, case.handler) if one is not None]
    away = [other for one in found for other in org.stand_ins(one, entry.at)]
    return list(dict.fromkeys([*found, *away]))
