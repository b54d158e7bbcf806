"""The words for what happens at reception."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "visit.registered": (N_("来访登记"), "door-enter"),
    "visit.received": (N_("接待来访"), "user-check", "done"),
    "visit.ended": (N_("来访离开"), "door-exit", "done"),
    "visit.confirmed": (N_("访客签字"), "signature", "done"),
    "visit.rated": (N_("访客评价"), "star"),
    "visit.followed_up": (N_("跟进不满意的接待"), "eye-check", "done"),
    "letter.received": (N_("收到来函"), "mail-opened"),
    "letter.reply_written": (N_("拟复函"), "pencil"),
    "letter.reply_changed": (N_("修改复函"), "pencil"),
    "letter.dispatched": (N_("寄出复函"), "send", "done"),
})  # fmt: skip
