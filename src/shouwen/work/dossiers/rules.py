"""Who is meant, and how a text forgets him. Pure."""

import re
from dataclasses import dataclass

from shouwen.ground.foundation.refusal import N_, Reason

GONE = "［已删除］"
"""What stands where a person's words or name stood: data, the same in every language."""
SHORTEST_NAME = 2
SHORTEST_REASON = 4


@dataclass(frozen=True)
class Who:
    """One person: how he is called and reached. `whole` says that he is the customer himself."""

    division: int
    customers: tuple[int, ...]
    contact: int | None
    names: frozenset[str]
    keys: frozenset[str]
    """Telephone numbers as keys."""
    emails: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether all that belongs to the customer is his."""
        return self.contact is None


def scrubbed(text: str, who: Who) -> str:
    """A text without his names, numbers and e-mails; whatever else it says stays."""
    for name in sorted(who.names, key=len, reverse=True):
        if len(name) >= SHORTEST_NAME:
            text = text.replace(name, GONE)
    for email in who.emails:
        text = re.sub(re.escape(email), GONE, text, flags=re.IGNORECASE)
    for key in who.keys:
        text = _number(key).sub(GONE, text)
    return text


def _number(key: str) -> re.Pattern[str]:
    """A number however its digits are set apart, with or without the country code."""
    home = key.removeprefix("86")
    digits = r"[\s\-()（）.]*".join(map(re.escape, home))
    return re.compile(rf"(?:\+?86[\s\-]*)?[(（]?0?{digits}(?!\d)")


def why_not_erased(reason: str, confirmed: str, code: str, open_matters: int) -> list[Reason]:
    """Said why, confirmed by the customer's number, and nothing of his still running."""
    reasons = []
    if len(reason.strip()) < SHORTEST_REASON:
        reasons.append(Reason(N_("请写明删除的依据，例如本人于何日书面要求"), field="reason"))
    if confirmed.strip().upper() != code.upper():
        facts = {"code": code}
        reasons.append(Reason(N_("请输入客户编号 %(code)s 以确认"), field="code", facts=facts))
    if open_matters:
        reasons.append(
            Reason(
                N_("还有 %(n)s 件未结的事项，办结之后才能删除"), field="reason",
                instead=N_("请先办结这些事项"), facts={"n": open_matters},
            )
        )  # fmt: skip
    return reasons
