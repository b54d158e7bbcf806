"""Decisions of the mail room: values in, reasons or moments out. No database, no clock."""

import re
from collections.abc import Collection, Iterable

from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.work.interactions.wording import own

_KEY = re.compile(r"[a-z][a-z0-9_]{1,29}")
_ADDRESS = re.compile(r"[^\s@<>\",;:]{1,64}@[^\s@<>\",;:]{1,189}")
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{0,4}-?\d{4,8}(?:-\d{1,6})?(?![0-9A-Za-z])")
_PREFIX = re.compile(
    r"^\s*(re|aw|fw|fwd|回复|答复|转发|回覆|轉寄)\s*([\[(]\d+[\])])?\s*[:：]\s*", re.I
)
FEW = 10
WORDLESS = own(N_("（来信没有正文）"))


def why_not_box(key: str, address: str, letters: int) -> Iterable[Reason]:
    """A mailbox has a name for the environment, an address, and takes letters."""
    if not _KEY.fullmatch(key):
        yield Reason(N_("代号用小写字母、数字和下划线,以字母开头"), field="key")
    if not _ADDRESS.fullmatch(address):
        yield Reason(N_("邮箱格式不对"), field="address")
    if letters < 1:
        yield Reason(N_("每小时至少收一封"), field="letters_per_hour")


def numbers_in(subject: str) -> list[str]:
    """What may be the number of a matter or of an interaction in a subject; the first few."""
    return list(dict.fromkeys(_NUMBERS.findall(subject[:500])))[:FEW]


def bare_subject(subject: str) -> str:
    """Without the marks of answering and forwarding, however many."""
    before = ""
    while before != subject:
        before, subject = subject, _PREFIX.sub("", subject)
    return subject.strip()


def body_of(text: str) -> str:
    """What is recorded as the customer's words, however few; its subject stands beside them."""
    return text.strip() or WORDLESS


def may_acknowledge(nature: str, to: str, ours: Collection[str], sent: int, most: int) -> bool:
    """Only a person's letter is answered by the machine, and each address a few times an hour."""
    return nature == "letter" and bool(to) and to not in ours and sent < most


def why_not_replied(body: str, to: str, files: int, size: int, most: int) -> list[Reason]:
    """An answer has words and a receiver, and its files fit into a letter."""
    reasons = []
    if not body.strip():
        reasons.append(Reason(N_("请写明答复内容"), field="body"))
    if not _ADDRESS.fullmatch(to):
        reasons.append(Reason(N_("没有可以答复的邮箱地址"), field="to"))
    if files and size > most:
        reasons.append(
            Reason(
                N_("附件共 %(size)s MB,一封信最多 %(most)s MB"),
                field="enclosed",
                facts={"size": f"{size / 1024**2:.1f}", "most": most // 1024**2},
            )
        )
    return reasons


def why_not_discarded(reason: str) -> list[Reason]:
    """Whoever throws a letter away says why."""
    if reason.strip():
        return []
    return [Reason(N_("请写明弃置的理由"), field="reason")]
