"""The text a signature stands under, as one digest."""

import hashlib
import json
from collections.abc import Mapping

from .conditions import Data
from .models import Sheet, Signature


def digest_of(sheet: Sheet, kind: str, place: str, sections: Mapping[str, Data]) -> str:
    """SHA-256 of what is signed: form, edition and the data of the sections under the signature."""
    text = {
        "sheet": sheet.pk,
        "form": sheet.form,
        "edition": f"{sheet.regulation}/{sheet.edition}",
        "place": place,
        "text": {key: sections.get(key, {}) for key in signed_keys(sheet, kind, place)},
    }
    canonical = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def signed_keys(sheet: Sheet, kind: str, place: str) -> list[str]:
    """The sections that stand above a signature."""
    if kind == Signature.Kind.SECTION:
        return [place]
    form = sheet.definition
    found = form.signature(place)
    assert found is not None
    return [section.key for section in form.signed_under(found)]
