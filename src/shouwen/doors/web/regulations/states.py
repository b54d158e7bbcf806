"""The state shown beside a clause. Pure."""

from dataclasses import dataclass

from shouwen.ground.foundation.refusal import N_


@dataclass(frozen=True)
class State:
    """A state with its word; `key` picks sign and colour of the badge."""

    key: str
    word: str
    count: int = 0


STATES = {
    "broken": N_("本月有违反"),
    "due": N_("有待办"),
    "unset": N_("待公司规定"),
    "now": N_("生效"),
    "off": N_("尚未运行"),
}
"""In this order: what needs somebody first."""

KINDS = {
    "deadline": N_("期限"),
    "duty": N_("定期工作"),
    "quota": N_("应达比例"),
    "limit": N_("次数上限"),
    "flow": N_("流程"),
    "authority": N_("权限"),
    "document": N_("单据"),
    "checklist": N_("查核项"),
    "notice": N_("通知"),
    "shift": N_("班次"),
    "tolerance": N_("允收"),
    "charge": N_("计算"),
    "norm": N_("规范"),
}
MODES = {
    "enforced": N_("系统强制"),
    "recorded": N_("系统记录"),
    "scheduled": N_("按时提醒"),
    "detected": N_("自动发现"),
    "attested": N_("人工确认"),
}
MODE_HELP = {
    "enforced": N_("不合规定的操作会被拒绝，并说明依据。"),
    "recorded": N_("做了什么、谁做的、什么时候做的，都留下记录。"),
    "scheduled": N_("到时间就在承办人的今日里出现，过期上报。"),
    "detected": N_("系统自己比对记录，发现不符就提醒。"),
    "attested": N_("由主管登记或本人确认，本人可以提出异议。"),
}


def state_of(*, running: bool, unset: int, broken: int, due: int) -> State:
    """The one state that matters most; `unset` company values stop a running clause."""
    if not running:
        return _state("off")
    if broken:
        return _state("broken", broken)
    if unset:
        return _state("unset", unset)
    if due:
        return _state("due", due)
    return _state("now")


def _state(key: str, count: int = 0) -> State:
    return State(key, STATES[key], count)
