"""The pictures of the knowledge room."""

from django.urls import reverse

from shouwen.doors.jobs.pictures import Shot
from shouwen.work.knowledge.models import Article, Summary


def newest_article() -> str:
    """The newest article, or the list while there is none."""
    row = Article.objects.order_by("-pk").first()
    return reverse("knowledge:article", args=[row.pk]) if row else reverse("knowledge:list")


def newest_summary() -> str:
    """The newest summary, or the list while there is none."""
    row = Summary.objects.order_by("-period").first()
    return reverse("knowledge:summary", args=[row.pk]) if row else reverse("knowledge:summaries")


SHOTS = [
    Shot("knowledge", "suqinghe", "/knowledge/"),
    Shot("taboo", "suqinghe", "/knowledge/taboo/"),
    Shot("article", "suqinghe", newest_article),
    Shot("consultation-summary", "suqinghe", newest_summary),
    Shot("bulletin-board", "suqinghe", "/knowledge/bulletins/"),
]
