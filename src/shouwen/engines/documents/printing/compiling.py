"""From data to PDF: one call of typst, with our fonts and nothing of the machine's."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from shouwen.ground.foundation import clock

TEMPLATES = Path(__file__).resolve().parent.parent / "typst"
FAMILY = "Noto Sans SC"
WEIGHTS = {400, 700}


def compiled(template: str, data: dict[str, Any]) -> bytes:
    """The PDF of a template; typst reads nothing outside its own folder."""
    found = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=fonts(settings.DOCUMENT_FONTS),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(clock.now().timestamp()),
    )
    assert isinstance(found, bytes)
    return found


@lru_cache(maxsize=4)
def fonts(folder: str | Path) -> typst.Fonts:
    """The fonts of the papers; says what to do when they are not there."""
    path = Path(folder)
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[path])
    have = {font.weight for font in found.fonts() if font.family == FAMILY}
    if not have >= WEIGHTS:
        raise ImproperlyConfigured(
            f"DOCUMENT_FONTS ({path}) has not {FAMILY} in weights 400 and 700: papers cannot be"
            " printed. Install the product again with its fonts, or point DOCUMENT_FONTS to a"
            " folder that has NotoSansSC Regular and Bold as .ttf or .otf."
        )
    return found
