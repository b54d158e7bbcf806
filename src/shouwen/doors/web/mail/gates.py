"""Who comes into the mail room at all."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from shouwen.doors.web.people import Request
from shouwen.work.mail import access

View = Callable[..., HttpResponse]


def hands_only(view: View) -> View:
    """Turn away whoever opens no mail anywhere."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not access.divisions(request.person):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
