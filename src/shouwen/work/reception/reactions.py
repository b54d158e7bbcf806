"""Importing it makes visits and letters known to the engines below, and to whoever answers."""

from datetime import datetime

from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases.centre.replying import carries
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Channel, Interaction

from . import (
    facts,  # noqa: F401 - registers itself
    queries,
)


@carries(Channel.FAX)
@carries(Channel.LETTER)
def answer_in_writing(
    case: Case, text: str, definite: bool, by: Person, at: datetime
) -> Interaction | None:
    """A letter answers once it has left: it is written, printed and dispatched in the post book.

    Raises Refused while the customer's letter waits there for it; an answer to a letter that was
    never registered is noted alone.
    """
    asked = queries.last_letter(case)
    if asked is None:
        return None
    clause = ruling.clause("deadline", case.division_id, at, stops="reply.given")
    raise refuse(
        N_("来函 %(number)s 的书面答复，自复函寄出时起才算"), clause.id if clause else "",
        field="channel", number=asked.number,
        instead=N_("请在来函页面写复函并登记寄出；已当面或用电话答复的，请选那种方式登记"),
    )  # fmt: skip
