"""The pictures of settlement."""

from django.urls import reverse

from shouwen.doors.jobs.pictures import Shot
from shouwen.engines.dues.models import Due


def to_match() -> str:
    """A return that accounting is to match, or the list while there is none."""
    found = Due.objects.open().filter(key__startswith="settlement:", key__endswith=":post")
    due = found.order_by("-id").first()
    return reverse("settlement:show", args=[due.matter_id]) if due else "/settlement/"


SHOTS = [
    Shot("settlements", "qianhuimin", "/settlement/"),
    Shot("settlement", "qianhuimin", to_match, documents=("wide",)),
]
