"""What stands on somebody's desk, all of it whole."""

from datetime import datetime

from shouwen.engines.dues import queries
from shouwen.ground.org.models import Person


def desk(person: Person, at: datetime, *, limit: int = queries.DESK) -> list[queries.Item]:
    """The desk as its page reads it, not only as far as one looks."""
    return queries.items(queries.asked(person, at, limit=limit), at)
