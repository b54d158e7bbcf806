"""The tables: what was said, what is known, what is told every quarter."""

from .articles import Article, ArticleUse, ArticleVersion
from .quarters import Bulletin, Summary, Topic
from .watching import ScanWaiting, ShiftCheck, TabooHit, TabooPhrase

__all__ = [
    "Article",
    "ArticleUse",
    "ArticleVersion",
    "Bulletin",
    "ScanWaiting",
    "ShiftCheck",
    "Summary",
    "TabooHit",
    "TabooPhrase",
    "Topic",
]
