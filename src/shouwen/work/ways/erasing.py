"""What a customer said of how it went forgets his words; whether he was content stays."""

from django.db.models import QuerySet

from .models import Verdict


def forget(verdicts: QuerySet[Verdict], mark: str) -> int:
    """Replace the words of these."""
    return verdicts.exclude(words="").update(words=mark)
