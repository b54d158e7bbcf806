"""What the papers of a settlement say. Costs are those of one case, never of all there are."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import QuerySet

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.matters import reference
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues.models import Due
from shouwen.ground.org import queries as org
from shouwen.work.cases.models import Case

from . import models, rules
from .models import ReturnLine, Settlement, Voucher

CERTIFICATE = "allowance_certificate"
SLIP = "return_slip"
PROOF = "return_proof"
RETURN_CERTIFICATE = "return_certificate"
EXCESS = "excess_ruling"
VOUCHER = "voucher"


def certificates(case: Case) -> QuerySet[Sheet]:
    """The allowance certificates of a case, void ones left out."""
    return _papers(case, CERTIFICATE)


def slips(case: Case) -> QuerySet[Sheet]:
    """The return slips of a case, void ones left out."""
    return _papers(case, SLIP)


def _papers(case: Case, form: str) -> QuerySet[Sheet]:
    found = Sheet.objects.filter(**reference(case), form=form).exclude(state=Sheet.State.VOID)
    return papers.with_text(found.order_by("id").select_related("posted__sheet"))


def papers_ever(case: Case) -> int:
    """How many certificates and slips were ever opened, void ones too."""
    return papers.sheets_of(case).filter(form__in=(CERTIFICATE, SLIP)).count()


def certified_cents(case: Case, but: Sheet | None = None) -> int:
    """What the certificates of a case already grant."""
    return sum(
        papers.figure(sheet, "allowance.amount") or 0
        for sheet in certificates(case)
        if but is None or sheet.pk != but.pk
    )


def approved_in_all(case: Case) -> Decimal:
    """What the slips of a case approve together."""
    lines = ReturnLine.objects.filter(slip__matter_kind="case", slip__matter_id=case.pk)
    lines = lines.exclude(slip__state=Sheet.State.VOID)
    return sum((line.approved for line in lines), Decimal(0))


def lines_of(slip: Sheet) -> list[ReturnLine]:
    """The lines of a slip in their order."""
    return list(ReturnLine.objects.filter(slip=slip).order_by("position"))


def matches_of(
    slip: Sheet, lines: Iterable[ReturnLine] | None = None
) -> list[tuple[ReturnLine, rules.Match]]:
    """Each counted line of a slip with its matching, as accounting sees it; `lines` if read."""
    found = []
    for line in lines_of(slip) if lines is None else lines:
        if line.actual is not None and line.tolerance_percent is not None:
            tolerance = rules.Tolerance(line.tolerance_percent, line.tolerance_source)
            found.append((line, rules.match(line.approved, line.actual, tolerance)))
    return found


def beside(slip: Sheet) -> dict[str, Sheet]:
    """The papers issued for a slip by their form, of each the newest; one query, two with text."""
    issued = Sheet.objects.filter(origin=slip, state=Sheet.State.ISSUED)
    found = issued.filter(form__in=(PROOF, RETURN_CERTIFICATE, EXCESS))
    return {sheet.form: sheet for sheet in papers.with_text(found.order_by("id"))}


def proof_of(slip: Sheet) -> Sheet | None:
    """The complete proof of a slip, if there is one."""
    return Sheet.objects.filter(form=PROOF, origin=slip, state=Sheet.State.ISSUED).first()


def certificate_of(slip: Sheet) -> Sheet | None:
    """The sales return certificate out at the buyer, or back from him."""
    found = Sheet.objects.filter(form=RETURN_CERTIFICATE, origin=slip, state=Sheet.State.ISSUED)
    return found.order_by("-id").first()


def excess_ruling(slip: Sheet) -> str:
    """What was ruled of the excess of a slip; empty when nothing was."""
    ruled = ruled_excess(slip)
    return str(papers.figure(ruled, "ruling.choice")) if ruled else ""


def ruled_excess(slip: Sheet) -> Sheet | None:
    """The newest ruling on the excess of a slip, if there is one."""
    ruled = Sheet.objects.filter(form=EXCESS, origin=slip, state=Sheet.State.ISSUED)
    return ruled.prefetch_related("sections").order_by("-id").first()


def settlements(divisions: Collection[int]) -> QuerySet[Settlement]:
    """The settlements of some divisions with what a list shows of their cases."""
    found = Settlement.objects.filter(case__division__in=divisions)
    return found.select_related("case__customer", "case__salesperson")


def collections(divisions: Collection[int]) -> QuerySet[models.Collection]:
    """The receivables that complaints not upheld left to collect."""
    found = models.Collection.objects.filter(case__division__in=divisions)
    return found.select_related("case__customer", "salesperson")


def vouchers(divisions: Collection[int]) -> QuerySet[Voucher]:
    """The posted vouchers with the papers they come from."""
    found = Voucher.objects.filter(case__division__in=divisions)
    return found.select_related("case__customer", "source", "sheet")


def next_steps(cases: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By case: what is next in its settlement and who owes it; one query for a page."""
    open_ones = Due.objects.open().filter(
        matter_kind="case", matter_id__in=list(cases), key__startswith="settlement:"
    )
    return {
        due.matter_id: (
            due.name,
            due.person.name if due.person else str(org.role_title(due.role, due.division_id)),
        )
        for due in open_ones.select_related("person", "unit").order_by("id")
    }
