"""A name that is safe on every machine and still the name people gave. Pure."""

import re
import unicodedata

LENGTH = 100
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(raw: str) -> str:
    """Without path, hidden or turning characters, signs of the shell; ending kept."""
    name = unicodedata.normalize("NFC", raw).replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'[<>:"|?*%;`$\s]+', " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem.strip(" .")[: LENGTH - len(ending[:10]) - 1].strip(" .") or "file"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending[:10].lower()}" if ending else stem
