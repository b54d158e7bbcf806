from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def today(request: HttpRequest) -> HttpResponse:
    """Everything due, on one desk."""
    return render(request, "desk/today.html")
