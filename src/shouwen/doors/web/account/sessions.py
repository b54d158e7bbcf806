"""Sessions in the database, as Django keeps them; the one of a request is read with SQL at hand."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared


class SessionStore(db.SessionStore):
    """The sessions of `django.contrib.sessions.backends.db`."""

    def _get_session_from_db(self) -> Session | None:
        found = _session.first(self.session_key, clock.outside()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


@prepared
def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
