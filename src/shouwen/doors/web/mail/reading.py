"""A kept letter for the screen: words, lines of its head, and its files, good and bad."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from shouwen.engines.documents import queries as documents
from shouwen.engines.documents.models import Attachment
from shouwen.engines.notices.saying import say
from shouwen.ground.foundation.refusal import N_
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail.coming import keeping
from shouwen.work.mail.erasing import FORGOTTEN
from shouwen.work.mail.models import RawMail
from shouwen.work.mail.reading import Letter, Unreadable, read

FLAGS = {
    "closed": N_("来信所指的案件已结案"),
    "stranger": N_("寄件人不是该客户的已知地址，却提到了编号"),
    "unknown_sender": N_("寄件人的地址不在该客户的资料里"),
    "several_customers": N_("这个地址属于不止一个客户"),
}
TROUBLES = {
    "charset": N_("编码标注有误，已按内容判读"),
    "damaged": N_("有些文字读不出来"),
    "tnef": N_("附有 Outlook 的 TNEF 包，没有打开"),
    "nested": N_("附有另一封邮件"),
    "shortened": N_("正文过长，只显示前一部分"),
    "no_date": N_("没有可信的日期"),
}


@dataclass
class Shown:
    """What the page shows of a letter."""

    text: str = ""
    why_not: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    files: list[Attachment] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def shown(raw: RawMail) -> Shown:
    """The letter, or why it cannot be shown. Nothing of it is ever markup."""
    if raw.is_forgotten:
        return Shown(why_not=say(FORGOTTEN))
    if raw.size > settings.MAIL_MOST_BYTES:
        return Shown(why_not=say(N_("邮件太大，没有读；可下载原件")))
    try:
        letter = read(keeping.bytes_of(raw))
    except Unreadable as unreadable:
        return Shown(why_not=say(unreadable.message, unreadable.facts))
    except OSError:
        return Shown(why_not=say(N_("原件暂时取不到")))
    found = Shown(letter.text, headers=letter.headers)
    found.notes = [say(TROUBLES[one]) for one in letter.troubles if one in TROUBLES]
    _add_files(found, raw, letter)
    return found


def _add_files(found: Shown, raw: RawMail, letter: Letter) -> None:
    if raw.interaction is None:
        found.named = [(part.name, say(part.why or N_("登记时检查"))) for part in letter.files]
        return
    found.files = list(documents.attachments_of(raw.interaction))
    found.named = refused(raw.interaction)
    found.notes += flags(raw.interaction)


def refused(row: Interaction) -> list[tuple[str, str]]:
    """The files that were named only, each with its reason."""
    told: list[dict[str, Any]] = row.text.more.get("refused_files", [])
    return [(one["name"], say(one["why"], one.get("facts"))) for one in told]


def flags(row: Interaction) -> list[str]:
    """What whoever reads an interaction of a letter must know."""
    more = row.text.more
    claims = "、".join(more.get("claims", ()))
    words = [say(FLAGS[one]) for one in more.get("flags", ()) if one in FLAGS]
    return [f"{word} {claims}".strip() for word in words]
