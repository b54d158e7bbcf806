"""Commands speak to the operator in Chinese, or in English where the machine is set so."""

import os
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation


def language() -> str:
    """`SHOUWEN_LANGUAGE`, else the machine's; Chinese unless one of them says English."""
    for name in ("SHOUWEN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if chosen := os.environ.get(name):
            return "en" if chosen.lower().startswith("en") else "zh-hans"
    return "zh-hans"


class OperatorCommand(BaseCommand):
    """A command whose words are translated."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run in the operator's language."""
        with translation.override(language()):
            return super().execute(*args, **options)
