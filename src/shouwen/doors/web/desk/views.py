from django.http import HttpResponse
from django.shortcuts import render

from shouwen.doors.web.people import Request


def today(request: Request) -> HttpResponse:
    """Everything due, on one desk."""
    return render(request, "desk/today.html")
