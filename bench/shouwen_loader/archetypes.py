"""Which stories are played: kinds, stages, ends, and their shares.

Weights are shares among the closed and among the open ones. Light matters are the many, as at a
company: deliveries, questions, repairs; a quality complaint with its fifteen sections is the
exception, and its rows are most of the rows.
"""

from .stories import Archetype

A = Archetype

CLOSED = (
    A("ordinary", "panels", 16, hour=9),
    A("ordinary", "doors", 12, hour=11, variant="service"),
    A("ordinary", "wiring", 10, hour=14, variant="consultation"),
    A("ordinary", "abroad", 5, hour=16),
    A("consultation", "resident", 13, hour=9),
    A("consultation", "tenant", 12, hour=13, variant="billing"),
    A("repair", "tenant", 4, hour=8),
    A("repair", "resident", 3, hour=14),
    A("request", "resident", 4, hour=10),
    A("request", "tenant", 3, hour=15, variant="parking"),
    A("complaint", "resident", 4, hour=9),
    A("complaint", "tenant", 3, hour=11, variant="cleaning/big"),
    A("complaint", "tenant", 2, hour=10, variant="noise/small", slow=True),
    A("quality", "panels", 2, hour=9, variant="rework"),
    A("quality", "doors", 1.5, hour=13, variant="none"),
    A("quality", "wiring", 1, hour=10, variant="exchange/2", slow=True),
    A("quality", "abroad", 1, hour=15, variant="rework/3"),
    A("complaint", "resident", 1, hour=10, followed=True),
)
OPEN = (
    A("ordinary", "panels", 8, acts=0, begins=0, hour=8),
    A("ordinary", "doors", 7, acts=0, begins=1, hour=10),
    A("ordinary", "wiring", 7, acts=0, begins=3, hour=14, variant="service"),
    A("ordinary", "abroad", 6, acts=0, begins=60, hour=11),
    A("consultation", "resident", 5, acts=0, begins=1, hour=15),
    A("consultation", "tenant", 5, acts=1, begins=50, hour=9),
    A("repair", "tenant", 6, acts=1, begins=1, hour=9),
    A("repair", "resident", 6, acts=2, begins=2, hour=13),
    A("request", "tenant", 5, acts=1, begins=60, hour=14),
    A("complaint", "resident", 5, acts=1, begins=1, hour=10),
    A("complaint", "tenant", 5, acts=2, begins=6, hour=14),
    A("complaint", "resident", 4, acts=2, begins=50, hour=15),
    A("quality", "panels", 4, acts=1, begins=1, hour=9),
    A("quality", "doors", 4, acts=2, begins=2, hour=10),
    A("quality", "wiring", 4, acts=3, begins=5, hour=13),
    A("quality", "abroad", 3, acts=7, begins=13, hour=11, variant="none"),
    A("quality", "doors", 3, acts=4, begins=50, hour=9),
    A("complaint", "resident", 1, acts=12, begins=7, hour=9, followed=True),
)
ALL = (*CLOSED, *OPEN)
FEW = (
    A("ordinary", "doors", 3),
    A("consultation", "tenant", 3, hour=11),
    A("complaint", "tenant", 2, hour=14),
    A("quality", "panels", 1, hour=10, variant="none"),
    A("complaint", "resident", 1, acts=2, begins=1, hour=9),
    A("quality", "panels", 1, acts=2, begins=2, hour=10),
)
"""Enough to see that every part of the loader works."""
