"""The journal of a case in words, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case

MOST = 200
SAID: dict[str, tuple[Any, str, str]] = {
    "case.opened": (_("受理登记"), "phone-incoming", ""),
    "case.submitted": (_("送总经理室"), "send", ""),
    "case.accepted": (_("受理并编号"), "number", "done"),
    "case.investigated": (_("调查完成"), "microscope", ""),
    "case.ruled": (_("核决批示"), "gavel", ""),
    "case.negotiated": (_("与客户交涉"), "messages", ""),
    "case.result_returned": (_("主管核阅"), "eye-check", ""),
    "case.consolidated": (_("综合意见送核决"), "file-text", ""),
    "case.decided": (_("核决"), "gavel", "done"),
    "case.determined": (_("责任判定"), "scale", ""),
    "case.instructed": (_("主管批示"), "signature", ""),
    "case.closed": (_("结案,发出五联"), "archive", "done"),
    "case.refiled": (_("另填新表"), "copy-plus", ""),
    "case.refused": (_("客户不接受结论"), "user-x", "late"),
    "case.not_upheld": (_("客诉不成立,转为收款"), "cash", ""),
    "flow.sent_back": (_("退回"), "arrow-back-up", "late"),
    "flow.withdrawn": (_("撤回"), "arrow-back", ""),
    "flow.reopened": (_("重新办理"), "refresh", "late"),
    "flow.urged": (_("催办"), "bell-ringing", ""),
    "flow.copied": (_("抄送"), "send", ""),
    "flow.handed_over": (_("转办"), "user-share", ""),
    "flow.delegated": (_("委派"), "user-plus", ""),
    "sheet.section_signed": (_("签署"), "signature", ""),
    "sheet.issued": (_("单据发出"), "files", ""),
    "sheet.printed": (_("打印"), "printer", ""),
    "copy.received": (_("签收一联"), "inbox", ""),
    "conveyance.recorded": (_("转达客户"), "message-forward", ""),
    "settlement.opened": (_("开始退货折让"), "package", ""),
    "slip.opened": (_("开立退货单"), "package-export", ""),
    "slip.released": (_("退货单批准"), "check", ""),
    "slip.received": (_("成品仓储签收"), "package-import", ""),
    "proof.filed": (_("取得退货证明"), "certificate", ""),
    "certificate.opened": (_("开立折让证明单"), "receipt", ""),
    "certificate.sealed": (_("客户签章"), "rubber-stamp", ""),
    "voucher.posted": (_("开立传票"), "receipt-2", "done"),
    "loss.approved": (_("责任损失核准"), "scale", ""),
    "penalty.approved": (_("惩处核准"), "alert-octagon", ""),
    "sanction.approved": (_("行政处分核准"), "alert-octagon", "late"),
    "notice.drafted": (_("拟奖罚通知单"), "pencil", ""),
    "notice.approved": (_("奖罚通知单批准"), "certificate", ""),
    "notice.declined": (_("奖罚通知单未获批准"), "circle-x", "late"),
    "loss.computed": (_("核算损失"), "calculator", ""),
    "improvement.opened": (_("列案追踪"), "target", ""),
    "improvement.confirmed": (_("确认改善效果"), "circle-check", "done"),
    "improvement.checked": (_("检查改善"), "checklist", ""),
    "joint.opened": (_("会同处理"), "users-group", ""),
    "joint.settled": (_("会同处理完毕"), "circle-check", "done"),
    "announcement.published": (_("公布人事公布单"), "speakerphone", ""),
    "due.missed": (_("逾期"), "alarm", "late"),
    "due.reacted": (_("逾期反应"), "message-exclamation", ""),
}
"""Event -> words, sign, state. What is not listed is work of the machine: the journal has it."""


@dataclass(frozen=True)
class Event:
    """One line of the timeline."""

    at: datetime
    person: Person | None
    title: Any
    detail: str
    icon: str
    state: str
    clause: str = ""
    url: str = ""


def story_of(case: Case) -> list[Event]:
    """What happened, newest first; one query over the case's own facts."""
    found = timeline(case).filter(event__in=SAID)[:MOST]
    return [_event(entry) for entry in found]


def _event(entry: Entry) -> Event:
    title, icon, state = SAID[entry.event]
    who = org.person(entry.actor_id) if entry.actor_id else None
    return Event(entry.at, who, title, _detail(entry), icon, state)


def _detail(entry: Entry) -> str:
    data = entry.data
    if entry.event == "sheet.section_signed":
        section = policy.form(data["form"], on=clock.day_of(entry.at)).section(data["section"])
        return str(section.title) if section else ""
    for key in ("reason", "number", "text", "note"):
        if data.get(key):
            return str(data[key])
    return ""
