"""An interaction forgets a person: that it took place stays, what was said and who spoke does not.

The number, the channel, the time, who took it and the matter it belongs to are the company's proof
that it did its duty; they name nobody.
"""

from django.db.models import QuerySet

from shouwen.engines.search import actions as search
from shouwen.ground.foundation.acts import one_act

from .models import Correction, Interaction, InteractionText


@one_act
def forget(interactions: QuerySet[Interaction], mark: str) -> list[int]:
    """Replace the words and the person of these; returns which. Four statements and the index."""
    ids = list(interactions.order_by("pk").values_list("pk", flat=True))
    InteractionText.objects.filter(pk__in=ids).update(
        name=mark, phone="", phone_key="", email="", subject="", body=mark, wanted="", more={}
    )
    Correction.objects.filter(interaction__in=ids).update(before="", after="")
    Interaction.objects.filter(pk__in=ids).update(external_id=None)
    for pk in ids:
        search.touch_id("interaction", pk)
    return ids
