"""The words for facts of calls, channels and what customers say of them."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

saying.events({
    "call.ringing": (N_("来电振铃"), "phone-incoming"),
    "call.answered": (N_("接听来电"), "phone-call"),
    "call.ended": (N_("通话结束"), "phone-off"),
    "call.registered": (N_("来电已登记"), "phone-check", "done"),
    "extension.given": (N_("分机归属"), "device-landline-phone"),
    "extension.ended": (N_("分机停用"), "device-landline-phone"),
    "way.published": (N_("公示渠道"), "speakerphone", "done"),
    "way.withdrawn": (N_("撤下渠道"), "speakerphone"),
    "label.made": (N_("制作标签"), "qrcode"),
    "label.retired": (N_("停用标签"), "qrcode"),
    "demo.contact": (N_("演示：一件往来"), "flask"),
    "demo.complaint": (N_("演示：一件客诉"), "flask"),
    "verdict.given": (N_("客户评价"), "thumb-up"),
    "verdict.refused": (N_("客户不满意，未能自动续办"), "refresh-alert", "late"),
    "apiclient.created": (N_("准许系统接入"), "plug-connected"),
    "apiclient.revoked": (N_("停止系统接入"), "plug-connected-x", "late"),
})  # fmt: skip
