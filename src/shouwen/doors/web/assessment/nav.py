from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org import queries as org

from . import beside  # noqa: F401 - it registers itself

shell.room("assessment", N_("考核"), "scale", "assessment:improvements", 55, quick="p")
links.register("notice", N_("奖罚通知单"), "certificate", "assessment:notice")
links.only_for("assessment:sanctions", lambda person: bool(org.divisions_under(person, "R4")))
