"""The words for the facts of the mail room."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "mail.quarantined": (N_("来信被隔离"), "mail-exclamation", "late"),
    "mail.retried": (N_("重新处理来信"), "refresh"),
    "mail.taken_in": (N_("由人登记来信"), "mail-check"),
    "mail.discarded": (N_("弃置来信"), "mail-x", "late"),
    "mail.replied": (N_("邮件答复客户"), "mail-forward", "done"),
    "mail.resent": (N_("重寄邮件"), "send"),
    "mail.returned": (N_("邮件被退回"), "mail-exclamation", "late"),
    "mail.undelivered": (N_("邮件没有送达"), "mail-off", "late"),
    "mail.raw_taken": (N_("下载来信原件"), "download"),
    "mailbox.opened": (N_("开设邮箱"), "inbox"),
    "mailbox.altered": (N_("修改邮箱"), "pencil"),
})  # fmt: skip
