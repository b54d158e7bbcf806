from django.conf import settings

from shouwen.ground import waiting
from shouwen.ground.primitive import Primitive


class JobsConfig(Primitive):
    name = "shouwen.doors.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Where there is a broker, tell it of rows that wait."""
        super().ready()
        if settings.BROKER_URL:
            from .nodes.telling import Teller

            waiting.listen(Teller(settings.BROKER_URL).tell)
