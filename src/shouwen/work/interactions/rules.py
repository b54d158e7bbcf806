"""Decisions about an interaction: values in, reasons out. No database, no clock."""

from collections.abc import Mapping
from datetime import datetime

from shouwen.ground.foundation.refusal import N_, Reason

TOLD = ("name", "phone", "email", "subject", "body", "wanted")
"""The words that may be corrected."""


def why_not_recorded(
    body: str, at: datetime, now: datetime, least: int, clause: str
) -> list[Reason]:
    """Content of at least so many characters, at a time that has been (R5-17)."""
    reasons = []
    if len(body.strip()) < max(least, 1):
        reasons.append(
            Reason(
                N_("请把客户所说的记录下来,至少 %(least)s 个字"),
                clause,
                field="body",
                facts={"least": max(least, 1)},
            )
        )
    if at > now:
        reasons.append(Reason(N_("往来时间不能晚于现在"), clause, field="at"))
    return reasons


def why_not_taken(
    known: bool, name: str, reachable: bool, unknown: bool, clause: str
) -> list[Reason]:
    """Whoever takes a call notes who it was and where to reach him, or that he would not say.

    `known`: the customer is on record; `unknown`: the caller gave neither name nor number (R5-17).
    """
    if unknown:
        return []
    reasons = []
    if not known and not name.strip():
        reasons.append(
            Reason(
                N_("请写明是哪位客户"), clause, field="name",
                instead=N_("对方不愿透露姓名时，请勾选“来电人不明”"),
            )
        )  # fmt: skip
    if not reachable:
        reasons.append(
            Reason(
                N_("请记下联系方式"), clause, field="phone",
                instead=N_("填写电话或邮箱；对方未留的，请勾选“来电人不明”"),
            )
        )  # fmt: skip
    return reasons


def why_not_routed(told: Mapping[str, object], clause: str) -> list[Reason]:
    """Who, what, how to reach them and what they want must stand there (R2-04)."""
    wanted = {
        "name": N_("转出之前请写明反映人"),
        "body": N_("转出之前请写明反映的内容"),
        "wanted": N_("转出之前请写明客户希望的结果"),
    }
    reasons = [
        Reason(message, clause, field=field)
        for field, message in wanted.items()
        if not str(told.get(field) or "").strip()
    ]
    if not any(str(told.get(field) or "").strip() for field in ("phone", "email", "address")):
        reasons.append(
            Reason(
                N_("转出之前请写明联系方式"),
                clause,
                field="phone",
                instead=N_("填写电话、邮箱或地址之一"),
            )
        )
    return reasons


def why_not_corrected(reason: str, changed: Mapping[str, object], clause: str) -> list[Reason]:
    """A correction changes something and says why; the former text stays readable (R2-05)."""
    reasons = []
    if not changed:
        reasons.append(Reason(N_("没有改动任何内容"), clause))
    if not reason.strip():
        reasons.append(Reason(N_("请写明更正的理由"), clause, field="reason"))
    return reasons
