"""What a file really is, and whether it may come in. Pure: bytes in, a type or a refusal out."""

from collections.abc import Callable
from math import ceil

import filetype

from shouwen.ground.foundation.refusal import N_, Refused, refuse

from .packages import look_into

MOST_BYTES = 10 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "pdf": "application/pdf",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "txt": "text/plain",
    "csv": "text/csv",
}
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
ACTIVE_PDF = (b"/JavaScript", b"/Launch")
ALLOWED = ", ".join(sorted(set(TYPES) - {"jpeg"}))


def require_small(size: int) -> None:
    """Refuse what is too big, before it is read."""
    if size > MOST_BYTES:
        raise refuse(
            N_("文件 %(size)s MB,最大 %(most)s MB"),
            instead=N_("请压缩图片或分成几个文件"),
            # Rounded up: a file a little over the limit never seems to be just of that size.
            size=f"{ceil(size / 1024 / 1024 * 10) / 10:.1f}",
            most=MOST_BYTES // 1024 // 1024,
        )


def examine(name: str, content: bytes) -> str:
    """The type of the content, which the ending of the name must promise; else a refusal."""
    ending = name.rpartition(".")[2].lower()
    if not content:
        raise refuse(N_("文件是空的"))
    require_small(len(content))
    if ending not in TYPES:
        raise refuse(
            N_("不能上传 .%(ending)s 文件"),
            instead=N_("可以上传 %(allowed)s"),
            ending=ending[:12],
            allowed=ALLOWED,
        )
    _EXAMINERS[ending](ending, content)
    return TYPES[ending]


def _not_what_it_says(ending: str) -> Refused:
    return refuse(
        N_("文件内容不是 %(ending)s"), instead=N_("请用原来的程序另存后再上传"), ending=ending
    )


def _guessed(ending: str, content: bytes) -> None:
    kind = filetype.guess(content)
    if kind is None or kind.mime != TYPES[ending]:
        raise _not_what_it_says(ending)


def _png(ending: str, content: bytes) -> None:
    _guessed(ending, content)
    if not content.endswith(PNG_END):  # something else hangs behind the picture
        raise _not_what_it_says(ending)


def _pdf(ending: str, content: bytes) -> None:
    _guessed(ending, content)
    if b"%%EOF" not in content[-2048:]:
        raise _not_what_it_says(ending)
    if any(mark in content for mark in ACTIVE_PDF):
        raise refuse(N_("PDF 里含有会自动执行的内容"), instead=N_("请重新打印成 PDF 后再上传"))


def _office(ending: str, content: bytes) -> None:
    inside = look_into(content)
    main = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}[ending]
    if main not in inside or "[Content_Types].xml" not in inside:
        raise _not_what_it_says(ending)


def _plain(ending: str, content: bytes) -> None:
    if filetype.guess(content) is not None or b"\x00" in content:
        raise _not_what_it_says(ending)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    raise _not_what_it_says(ending)


_EXAMINERS: dict[str, Callable[[str, bytes], None]] = {
    "png": _png,
    "jpg": _guessed,
    "jpeg": _guessed,
    "pdf": _pdf,
    "xlsx": _office,
    "docx": _office,
    "txt": _plain,
    "csv": _plain,
}
