"""Which papers can be filed on a case by hand, and why not."""

from dataclasses import dataclass
from typing import Any

from shouwen.engines.documents.definitions import FormDef
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case


@dataclass(frozen=True)
class Filable:
    """A form that can be filed, and whether this person may."""

    form: FormDef
    allowed: bool
    role: Any


def forms_for(case: Case) -> dict[str, FormDef]:
    """The papers that can be filed on a case, by their keys, in the order of the regulations."""
    today = clock.today()
    works_by = {*ruling.editions(case.division_id, today)}
    works_by |= {head.repeats for head in policy.regulations(today) if head.code in works_by}
    return {
        key: form
        for key, form in policy.forms(today).items()
        if case.kind in form.files_on and policy.edition_of(key, today)[0] in works_by
    }


def filable(case: Case, person: Person) -> list[Filable]:
    """Every one of them with who files it."""
    found = []
    for form in forms_for(case).values():
        role = form.sections[0].by
        allowed = role == "any" or bool(org.as_whom(person, role, case.division_id, clock.now()))
        title = "" if role == "any" else org.role_title(role, case.division_id)
        found.append(Filable(form, allowed, title))
    return found
