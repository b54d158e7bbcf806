from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person
from shouwen.work.surveys.access import KEYERS, reading_divisions

shell.room(
    "surveys", N_("调查"), "clipboard-list", "surveys:index", 65, role=" ".join(KEYERS),
    also=("service",),
)  # fmt: skip
links.register("campaign", N_("满意度调查"), "clipboard-list", "surveys:campaign")
links.register("questionnaire", N_("问卷"), "list-check", "surveys:questionnaire")
links.register("response", N_("答卷"), "clipboard-check", "surveys:answer")
links.register("rating", N_("评价"), "star", "surveys:rating")


def _reads_answers(person: Person) -> bool:
    return bool(reading_divisions(person))


for name in ("surveys:index", "surveys:questionnaires", "surveys:entry", "surveys:calls"):
    links.only_for(name, _reads_answers)
