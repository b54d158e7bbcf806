"""Commands speak to the operator in Chinese, or in English where the machine is set so."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import translation
from django.utils.translation import gettext as _


def language() -> str:
    """`SHOUWEN_LANGUAGE`, else the machine's; Chinese unless one of them says English."""
    for name in ("SHOUWEN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if chosen := os.environ.get(name):
            return "en" if chosen.lower().startswith("en") else "zh-hans"
    return "zh-hans"


class OperatorCommand(BaseCommand):
    """A command whose words are translated."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run in the operator's language; without its tables it says what to do."""
        with translation.override(language()):
            try:
                return super().execute(*args, **options)
            except (OperationalError, ProgrammingError) as error:
                if "table" not in str(error) and "relation" not in str(error):
                    raise
                raise CommandError(_("数据库还不是这一版的；先运行 shouwen prepare")) from error
