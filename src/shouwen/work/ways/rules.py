"""Decisions about channels, labels and filings: values in, reasons out. No database, no clock."""

from collections.abc import Sequence

from shouwen.ground.foundation.refusal import N_, Reason

MOST_PHOTOS = 5
MOST_WORDS = 2000
PICTURES = ("jpg", "jpeg", "png")
MOST_LABELS = 200
"""Labels made and printed in one go."""


def why_not_filed(
    name: str, number: str | None, body: str, photos: Sequence[str], clause: str
) -> list[Reason]:
    """Who, where to be reached, what: without it nobody can answer; only pictures come along."""
    reasons = []
    if not name.strip():
        reasons.append(Reason(N_("请写明您的称呼"), clause, field="name"))
    if not number:
        reasons.append(
            Reason(
                N_("这不是完整的电话号码"), clause, field="phone",
                instead=N_("固定电话请连同区号填写"),
            )
        )  # fmt: skip
    if len(body) > MOST_WORDS:
        reasons.append(_too_long(clause))
    return [*reasons, *why_not_photos(photos)]


def why_not_added(body: str, photos: Sequence[str], clause: str) -> list[Reason]:
    """A word, or a picture."""
    reasons = []
    if not body.strip() and not photos:
        reasons.append(Reason(N_("请写一句话，或附上照片"), clause, field="body"))
    if len(body) > MOST_WORDS:
        reasons.append(_too_long(clause))
    return [*reasons, *why_not_photos(photos)]


def why_not_photos(names: Sequence[str]) -> list[Reason]:
    """A few pictures, by their names; what they really are is examined when they are kept."""
    reasons = []
    if len(names) > MOST_PHOTOS:
        facts = {"most": MOST_PHOTOS}
        reasons.append(Reason(N_("照片最多 %(most)s 张"), field="photos", facts=facts))
    for name in names:
        if name.rpartition(".")[2].lower() not in PICTURES:
            facts_of = {"name": name[-60:]}
            reasons.append(
                Reason(
                    N_("“%(name)s”不是照片"), field="photos",
                    instead=N_("可以附 JPG 或 PNG 照片"), facts=facts_of,
                )
            )  # fmt: skip
    return reasons


def why_not_judged(satisfied: bool, words: str) -> list[Reason]:
    """Whoever is not satisfied says what is missing, so that it can be mended."""
    if not satisfied and not words.strip():
        return [Reason(N_("请告诉我们哪里还没有办好"), field="words")]
    return []


def why_not_published(name: str, address: str, clause: str) -> list[Reason]:
    """A channel has a name and an address that customers can use (R8-28)."""
    reasons = []
    if not name.strip():
        reasons.append(Reason(N_("请写明渠道名称"), clause, field="name_zh"))
    if not address.strip():
        reasons.append(
            Reason(
                N_("请写明公示的号码或地址"), clause, field="address",
                instead=N_("热线填号码，信箱填邮箱地址，来访填街道地址"),
            )
        )  # fmt: skip
    return reasons


def _too_long(clause: str) -> Reason:
    return Reason(
        N_("最多 %(most)s 个字"), clause, field="body", facts={"most": MOST_WORDS},
        instead=N_("请先提交要点，之后可以继续补充"),
    )  # fmt: skip
