"""Which interactions are a person's: everything else he said hangs on them."""

from django.db.models import Q, QuerySet

from shouwen.work.dossiers.rules import Who
from shouwen.work.interactions.models import Interaction


def interactions_of(who: Who) -> QuerySet[Interaction]:
    """What was said with him: under the customer by his name, anywhere by his number or e-mail."""
    reached = Q(text__phone_key__in=who.keys) | Q(text__email__in=who.emails)
    own = Q(customer__in=who.customers)
    mine = own if who.whole else own & Q(text__name__in=who.names)
    found = Interaction.objects.filter(mine | reached, division_id=who.division)
    return found.select_related("text").order_by("pk")
