"""Which words a scenario may use after `do`, and what they call. Nothing is found by magic.

Arguments become what the signature of the call asks for (see `scene`): a record by its name, a day,
an amount, a draft of a customer. A parameter named like what is known already (`division`, `case`)
is filled in when the scenario leaves it out.
"""

import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from shouwen.engines.documents import actions as documents
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import actions as org
from shouwen.ground.org import roster
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import queries as assessed
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement import proofs, returns
from shouwen.work.cases import actions as cases
from shouwen.work.cases import conveying, records, refiling, suggesting
from shouwen.work.cases.models import Case
from shouwen.work.customers import actions as customers

from . import helping, vocabulary
from .r04_quality_complaints import month
from .r04_quality_complaints import words as complaints
from .r04_quality_complaints.rehearse import Story
from .scene import Unknown

FILLED_IN = {"division": Unit, "case": Case, "story": Story}
DueProbe = Callable[[str, Any], Iterable[Any]]


@dataclass(frozen=True)
class Verb:
    """One word and its call."""

    name: str
    call: Callable[..., Any]

    def filled(self, written: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
        """The written arguments, with what every call needs and nobody wants to repeat."""
        hints = typing.get_type_hints(self.call)
        fitting = [
            name
            for name, kind in FILLED_IN.items()
            if name in names and kind in (hints.get(name), *typing.get_args(hints.get(name)))
        ]
        return {**{name: f"${name}" for name in fitting}, **written}

    @property
    def wants(self) -> frozenset[str]:
        """The names of its parameters."""
        return frozenset(inspect.signature(self.call).parameters)


def _no_dues(clause: str, about: Any) -> Iterable[Any]:
    raise Unknown(f"nobody keeps dues here: {clause}, {about}")


@dataclass
class Verbs:
    """A set of words; tests bring their own, the product has `REAL`."""

    words: dict[str, Verb] = field(default_factory=dict)
    dues: DueProbe = _no_dues
    memories: list[Callable[[], None]] = field(default_factory=list)

    def register(self, name: str, call: Callable[..., Any]) -> None:
        """Let scenarios say `do: name`."""
        if name in self.words:
            raise ValueError(f"“{name}” is a word already")
        self.words[name] = Verb(name, call)

    def find(self, name: str) -> Verb:
        """The verb of that word."""
        if name not in self.words:
            raise Unknown(f"no verb “{name}”; there are: {', '.join(sorted(self.words))}")
        return self.words[name]

    def forget(self) -> None:
        """Whatever a process remembers of rows is untrue once they are rolled back."""
        for memory in self.memories:
            memory()


def _kept_dues(clause: str, about: Any) -> Iterable[Any]:
    """Dues of a clause; about a record: those of it and of its matter."""
    found = Due.objects.filter(clause=clause).order_by("id")
    if about is None:
        return found
    kind = kind_of(about)
    subject = Q(subject_kind=kind, subject_id=about.pk)
    return found.filter(subject | Q(matter_kind=kind, matter_id=about.pk))


REAL = Verbs(dues=_kept_dues, memories=[policy.forget, roster.forget])
for call in (
    org.add_unit,
    org.adopt_regulation,
    org.set_value,
    documents.number_sheet,
    documents.issue,
    documents.receive_copy,
    documents.void,
    dues.open_periodic,
    dues.sweep,
    dues.remind,
    dues.react_overdue,
    customers.create_customer,
    customers.create_product,
    customers.place_order,
    customers.record_shipment,
    cases.open_case,
    cases.close_ordinary,
    refiling.refile,
    records.file_record,
    records.answer_record,
    conveying.convey,
    conveying.letter_to_customer,
    settlement.open_certificate,
    settlement.sign_certificate,
    settlement.seal_certificate,
    settlement.book_allowance,
    settlement.open_slip,
    settlement.approve_slip,
    settlement.instruct_mismatch,
    settlement.receive_goods,
    settlement.rule_excess,
    settlement.file_proof,
    settlement.post_return,
    settlement.collect,
    returns.count_goods,
    proofs.open_return_certificate,
    assessment.open_notice,
    assessment.approve_notice,
    assessment.decline_notice,
    assessment.confirm_check,
    assessment.confirm_deduction,
    assessment.recompute_loss,
    assessment.send_list,
    assessment.announce,
    assessed.deductions,
    suggesting.data_to_edit,
    helping.seat,
    helping.set_examples,
    helping.paper,
    helping.fill,
    helping.section_of,
    helping.number_forms,
    helping.copies_of,
    helping.copy_of,
    helping.items_of,
    helping.works_by,
    complaints.take_call,
    complaints.act,
    complaints.write,
    complaints.form_of,
    complaints.said,
    complaints.send_back,
    complaints.call_for,
    complaints.registered,
    complaints.receive,
    complaints.scanned,
    complaints.instruct_if_different,
    complaints.matches,
    complaints.accept_complaints,
    complaints.pass_over,
    complaints.told,
    complaints.due_of,
    complaints.on_paper,
    complaints.again,
    complaints.printed,
):
    REAL.register(call.__name__, call)
REAL.register("story", Story)
for name, act in month.WORDS.items():
    REAL.register(name, act)
for name, act in vocabulary.words():
    REAL.register(name, act)
