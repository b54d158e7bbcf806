"""Take apart an xlsx without trusting it: only the parts we read, measured, packed again. Pure.

The reader of cells sees our own packing, never the sender's: what a file claims about its sizes, or
hides behind double names, cannot reach it.
"""

import io
import re
import zipfile
import zlib

from shouwen.ground.foundation.refusal import N_, Refused, refuse

from .grid import MOST_UNPACKED

MOST_PARTS = 2000
_NEEDED = re.compile(
    r"^(\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedstrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml)$",
    re.I,
)
_MACROS = re.compile(r"^xl/(vbaproject\.bin|macrosheets/|dialogsheets/)", re.I)
_OUTSIDE = re.compile(r"^xl/(externallinks/|connections\.xml|embeddings/|activex/)", re.I)
_MARKUP = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook that hold cells, unpacked within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _unpack(packed)
    except Refused:
        raise
    except (*_BROKEN, EOFError) as error:
        raise broken() from error


def packed(parts: dict[str, bytes]) -> bytes:
    """The same parts as a plain package that says the truth about itself."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def broken() -> Refused:
    """The file cannot be read as a workbook."""
    return refuse(
        N_("这个文件打不开，可能已损坏"),
        field="file",
        instead=N_("用 Excel 打开后另存为 .xlsx 再试"),
    )


def _unpack(package: zipfile.ZipFile) -> dict[str, bytes]:
    infos = package.infolist()
    if not all(info.filename for info in infos):
        raise broken()
    infos = [info for info in infos if not info.is_dir()]
    names = [info.filename.replace("\\", "/").lstrip("/") for info in infos]
    _check_names(names)
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for info, name in zip(infos, names, strict=True):
        if not _NEEDED.match(name):
            continue
        if info.flag_bits & 1:
            raise _locked()
        content = _read(package, info, left)
        left -= len(content)
        parts[name] = content
    return parts


def _check_names(names: list[str]) -> None:
    if len(names) > MOST_PARTS or len({name.lower() for name in names}) != len(names):
        raise broken()
    if any(map(_MACROS.match, names)):
        raise refuse(
            N_("文件带有宏，不接受"), field="file", instead=N_("另存为不带宏的 .xlsx 再上传")
        )
    if any(map(_OUTSIDE.match, names)):
        raise refuse(
            N_("文件带有外部链接或嵌入对象，不接受"),
            field="file",
            instead=N_("把数据复制为数值到新的工作簿再上传"),
        )


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """One part; stops as soon as it is larger than what is left."""
    with package.open(info) as stream:
        content = stream.read(left + 1)
    if len(content) > left:
        raise refuse(
            N_("文件解开后超过 %(most)s MB，不接受"),
            field="file",
            most=MOST_UNPACKED // 1024 // 1024,
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _MARKUP.search(content):
        raise broken()  # other encodings would hide a document type from this look
    return content


def _locked() -> Refused:
    return refuse(N_("文件有密码，读不了"), field="file", instead=N_("去掉密码后再上传"))
