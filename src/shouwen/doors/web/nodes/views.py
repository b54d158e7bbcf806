from django.http import HttpRequest, HttpResponse, JsonResponse

from shouwen.doors.jobs.nodes import health
from shouwen.ground.foundation import clock


def live(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nothing of the database."""
    return _told(health.Health(True))


def ready(request: HttpRequest) -> HttpResponse:
    """A balancer may send requests here."""
    return _told(health.ready())


def work(request: HttpRequest) -> HttpResponse:
    """What waits is worked off; whoever watches the product asks here."""
    return _told(health.working(clock.now()))


def _told(state: health.Health) -> HttpResponse:
    """In numbers and words of ours alone: it is asked by whoever comes by."""
    answer = JsonResponse({"ok": state.ok, **state.found}, status=200 if state.ok else 503)
    answer["Cache-Control"] = "no-store"
    return answer
