"""`{% load mail %}{% mail_of interaction %}`: an interaction with its letters, on its page."""

from typing import Any

from django import template

from shouwen.doors.web.mail import reading, sending
from shouwen.engines.documents import queries as documents
from shouwen.work.interactions.models import Channel, Direction, Interaction
from shouwen.work.mail import access, queries

register = template.Library()


@register.inclusion_tag("mail/_of_interaction.html", takes_context=True)
def mail_of(context: Any, interaction: Interaction) -> dict[str, Any]:
    """Its letter, its files, warnings, whether the answer arrived, and the way to reply."""
    if interaction.channel != Channel.MAIL:
        return {}
    person = context["request"].person
    works = access.works(person, interaction.division_id)
    writes = access.may_answer(person, interaction.division_id)
    return {
        "row": interaction,
        "raw": queries.raw_of(interaction) if works else None,
        "files": list(documents.attachments_of(interaction)),
        "named": reading.refused(interaction),
        "flags": reading.flags(interaction),
        "sent": [(one, *sending.badge(one)) for one in queries.outgoing_of(interaction)],
        "works": works,
        "may_reply": writes and interaction.direction == Direction.IN,
    }
