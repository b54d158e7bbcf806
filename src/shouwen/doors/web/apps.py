from django.utils.translation import get_language

from shouwen.ground.foundation import words
from shouwen.ground.primitive import Primitive


class WebConfig(Primitive):
    name = "shouwen.doors.web"
    label = "web"

    def ready(self) -> None:
        """Let texts follow the reader's language, and let every room enter the sidebar."""
        from . import event_words  # noqa: F401 - names the events by being imported
        from .access import room_modules

        super().ready()
        words.speak(lambda: get_language() or "zh")
        for _ in room_modules("nav"):
            pass
