"""Decisions about a quality complaint: values in, reasons out. No database, no clock."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation.money import yuan
from shouwen.ground.foundation.refusal import N_, Reason

GENERAL = frozenset({"complaint", "consultation", "repair", "request"})
"""Kinds that the service centre carries: numbered when they come in, owned by whoever took them."""
TAKEN_UP = GENERAL | {"ordinary"}
"""Kinds that go on when a customer is not content; a quality complaint is filed anew (R4-48)."""
Data = Mapping[str, Any]
AMOUNT = N_("承诺金额 %(promised)s 超出批示的上限 %(ruled)s")
QUANTITY = N_("承诺数量 %(promised)s 超出批示的上限 %(ruled)s")
METHODS = {
    "allowance": _("折让"),
    "compensation": _("赔款"),
    "return": _("退货"),
    "exchange": _("换货"),
    "rework": _("重处理"),
    "none": _("不予处理"),
}


def kind_for(category: str, causes_loss: bool) -> str:
    """Product quality is a quality complaint, or an abnormality note when nobody lost by it."""
    if category != "product_quality":
        return "ordinary"
    return "quality_complaint" if causes_loss else "abnormality"


def why_not_ordinary(category: str) -> list[Reason]:
    """Product quality can never be closed as an ordinary case (R4-03)."""
    if category != "product_quality":
        return []
    return [
        Reason(
            N_("产品质量异常的申诉是客诉,不能按一般事项办结"),
            "R4-03",
            field="category",
            instead=N_("转为客诉并填写客户抱怨处理表"),
        )
    ]


def why_not_promise(ruling: Data | None, promise: Data, prefix: str = "") -> list[Reason]:
    """What sales may say to the customer never goes beyond the ruling (R4-35, R4-52).

    `promise` holds `method`, `amount` (cents) and `quantity`; reasons name fields with `prefix`.
    """
    if not ruling:
        return [
            Reason(
                N_("尚无核决批示,不得对客户答复"),
                "R4-35",
                instead=N_("先呈核决,批示后再转达客户"),
            )
        ]
    method = promise.get("method") or "none"
    if method not in ("none", ruling["method"]):
        return [
            Reason(
                N_("批示的处理方式是“%(ruled)s”,不得承诺“%(promised)s”"),
                "R4-52",
                field=f"{prefix}method",
                instead=N_("按批示答复,或请求重新核决"),
                facts={
                    "ruled": METHODS.get(ruling["method"], ruling["method"]),
                    "promised": METHODS.get(method, method),
                },
            )
        ]
    return [
        *_beyond(ruling, promise, "amount", prefix, AMOUNT, lambda cents: yuan(int(cents))),
        *_beyond(ruling, promise, "quantity", prefix, QUANTITY, lambda count: f"{count:f}"),
    ]


def _beyond(
    ruling: Data,
    promise: Data,
    key: str,
    prefix: str,
    message: str,
    shown: Callable[[Decimal], str],
) -> list[Reason]:
    promised, ruled = promise.get(key), ruling.get(key)
    if promised in (None, ""):
        return []
    promised, ruled = Decimal(str(promised)), Decimal(str(ruled or 0))
    if promised <= ruled:
        return []
    return [
        Reason(
            message,
            "R4-52",
            field=f"{prefix}{key}",
            instead=N_("按批示答复,或请求重新核决"),
            facts={"promised": shown(promised), "ruled": shown(ruled)},
        )
    ]


def why_not_closable(determination: Data | None, investigation: Data | None) -> list[Reason]:
    """What must have been judged before close-out (R4-12, R4-40, R4-41)."""
    reasons = []
    if not investigation or not investigation.get("verdict"):
        reasons.append(
            Reason(N_("尚无检验确认,不能判定责任"), "R4-12", field="investigation.verdict")
        )
    judged = determination or {}
    if judged.get("our_fault") == "our" and not judged.get("handling"):
        reasons.append(
            Reason(N_("属我方质量问题,须拟定处理方式"), "R4-40", field="determination.handling")
        )
    if judged.get("tracked", "undecided") == "undecided":
        reasons.append(
            Reason(
                N_("改善是否列案追踪尚未判定"),
                "R4-41",
                field="determination.tracked",
                instead=N_("在责任判定中选择列案追踪或免列案"),
            )
        )
    return reasons


def why_not_tracked(negligence: bool, determination: Data) -> list[Reason]:
    """Human negligence needs no tracking; to track it all the same wants a reason (R4-42)."""
    tracked = determination.get("tracked") == "tracked"
    if not (negligence and tracked) or determination.get("tracked_reason"):
        return []
    return [
        Reason(
            N_("人为疏忽免列案追踪;仍要列案须写明理由"),
            "R4-42",
            field="determination.tracked_reason",
        )
    ]
