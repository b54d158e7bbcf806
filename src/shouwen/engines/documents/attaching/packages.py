"""Inside a zip package: how much it becomes, what it hides. Nothing is ever unpacked to disk."""

import zipfile
from io import BytesIO

from shouwen.ground.foundation.refusal import N_, Refused, refuse

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_DEPTH = 1
"""A document may hold a table; a package inside that is hiding something."""
CHUNK = 64 * 1024
MACROS = ("vbaproject.bin", "vbadata.xml", "activex")
PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def look_into(content: bytes) -> set[str]:
    """The names inside; refuses bombs, macros, locked, broken and nested packages."""
    budget = [MOST_UNPACKED]
    return _names(content, budget, depth=0)


def _names(content: bytes, budget: list[int], depth: int) -> set[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > MOST_ENTRIES:
                raise _bomb()
            for entry in entries:
                _check_name(entry)
                _check_entry(package, entry, budget, depth)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise refuse(N_("文件已损坏,打不开"), instead=N_("请用原来的程序另存后再上传")) from error
    return {entry.filename for entry in entries}


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.lower().replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name:
        raise refuse(N_("文件内含有可疑的路径"))
    if any(macro in name for macro in MACROS):
        raise refuse(N_("文件含有宏"), instead=N_("请另存为不含宏的文件后再上传"))
    if entry.flag_bits & 0x1:
        raise refuse(N_("文件有密码,无法检查"), instead=N_("请去掉密码后再上传"))


def _check_entry(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: list[int], depth: int
) -> None:
    """Unpack in memory piece by piece: what an entry says of its size may be a lie."""
    with package.open(entry) as stream:
        first = stream.read(CHUNK)
        if first.startswith(PACKED):
            _check_nested(first + stream.read(budget[0]), budget, depth)
            return
        piece = first
        while piece:
            budget[0] -= len(piece)
            if budget[0] < 0:
                raise _bomb()
            piece = stream.read(CHUNK)


def _check_nested(content: bytes, budget: list[int], depth: int) -> None:
    budget[0] -= len(content)
    if budget[0] < 0:
        raise _bomb()
    if depth >= MOST_DEPTH or not content.startswith(PACKED[0]):
        raise refuse(N_("文件里套着压缩包"), instead=N_("请取出其中的文件分别上传"))
    if "[Content_Types].xml" not in _names(content, budget, depth + 1):
        raise refuse(N_("文件里套着压缩包"), instead=N_("请取出其中的文件分别上传"))


def _bomb() -> Refused:
    return refuse(N_("文件展开后过大"), instead=N_("请分成几个文件上传"))
