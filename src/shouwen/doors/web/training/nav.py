from django.utils.translation import pgettext_lazy

from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_

shell.room(
    "training", pgettext_lazy("room", "培训"), "school", "training:list", 58,
    role="customer_service service hr management",
)  # fmt: skip
links.register("plan", N_("培训计划"), "school", "training:plan")
links.register("session", N_("培训"), "school", "training:session")
links.register("skill", N_("技能"), "certificate", "training:skill")
