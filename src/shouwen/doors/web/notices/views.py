from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from shouwen.doors.web import links
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.refusals import back_of
from shouwen.engines.notices import actions as notices
from shouwen.engines.notices.models import Notice

FEW = 8


def inbox(request: Request) -> HttpResponse:
    """Everything one was told, newest first, or only what is unread."""
    mine = Notice.objects.filter(person=request.person)
    if request.GET.get("unread"):
        mine = mine.filter(read_at__isnull=True)
    page = page_of(mine, request, order=("-at", "-id"), size=30)
    return render(request, "notices/list.html", {"page": page, "notices": page.rows})


def newest(request: Request) -> HttpResponse:
    """The last few, under the bell."""
    mine = Notice.objects.filter(person=request.person).order_by("-at", "-id")[:FEW]
    return render(request, "notices/_newest.html", {"notices": mine})


def bell(request: Request) -> HttpResponse:
    """The count on the bell, or nothing while it is what the page shows already."""
    count = notices.unread_count(request.person)
    if request.GET.get("n", "0") == str(count):
        return HttpResponse(status=204)
    return render(request, "notices/_count.html", {"unread": count})


def follow(request: Request, pk: int) -> HttpResponse:
    """Read one's notice and go to what it speaks of."""
    notice = get_object_or_404(Notice, pk=pk, person=request.person)
    notices.mark_read(request.person, [notice.pk])
    return redirect(notice.link or links.url(notice.about_kind, notice.about_id) or "notices:list")


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Everything is read."""
    notices.mark_read(request.person)
    return redirect(back_of(request))
