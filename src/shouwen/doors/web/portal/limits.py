"""How often one visitor may do what on the portal. The figures are ours: no clause states them."""

from datetime import timedelta

from shouwen.engines.limits.rules import Limit

FILED = Limit("portal.file", 20, timedelta(hours=1))
ADDED = Limit("portal.add", 40, timedelta(hours=1))
TRIED = Limit("portal.try", 15, timedelta(minutes=15))
"""Wrong number or telephone, from one place."""
GUESSED = Limit("portal.guess", 6, timedelta(hours=1))
"""Wrong telephones for one number, from wherever: a number is not tried through."""
