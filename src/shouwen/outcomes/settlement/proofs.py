"""The proof of a return: exactly one of three kinds, sent to accounting with the slip (R4-82)."""

from datetime import datetime
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import case_of

from .course import hand_on
from .queries import PROOF, RETURN_CERTIFICATE, certificate_of, proof_of


@one_act
def file_proof(
    slip: Sheet, data: dict[str, Any], *, by: Person, at: datetime | None = None
) -> Sheet:
    """File the one proof of a slip; with it proof and slip lie before accounting (R4-82, R4-86).

    Way 3 wants the printed sales return certificate first (R4-85).
    """
    moment = at or clock.now()
    slip = Sheet.objects.select_for_update().get(pk=slip.pk)
    case = case_of(slip)
    if not slip.sections.filter(key="receipt", signed_at__isnull=False).exists():
        raise refuse(N_("成品仓储尚未填回退货单"), "R4-82", instead=N_("待仓储签收后再取证明"))
    if proof_of(slip):
        raise refuse(N_("本退货单已取得一种退货证明"), "R4-82", field="proof.way")
    if data.get("way") == "certificate" and certificate_of(slip) is None:
        raise refuse(
            N_("尚未开立销货退回证明单"), "R4-85", field="proof.way",
            instead=N_("先开立并送买受人盖章签回"),
        )  # fmt: skip
    sheet = documents.open_sheet(
        PROOF, division=slip.division, matter=case, by=by, at=moment, origin=slip
    )
    saved = documents.save_section(sheet, "proof", data, version=0, by=by, at=moment)
    documents.sign_section(sheet, "proof", by=by, at=moment)
    documents.issue(sheet, by=by, at=moment)
    record("proof.filed", sheet, by=by, at=moment, matter=case, way=saved.data["way"], slip=slip.pk)
    hand_on(case, by=by, at=moment)
    return sheet


@one_act
def open_return_certificate(
    slip: Sheet, data: dict[str, Any], *, by: Person, at: datetime | None = None
) -> Sheet:
    """Draw up the sales return certificate that the buyer seals and sends back (R4-85)."""
    moment = at or clock.now()
    case = case_of(slip)
    sheet = documents.open_sheet(
        RETURN_CERTIFICATE, division=slip.division, matter=case, by=by, at=moment, origin=slip
    )
    documents.save_section(sheet, "certificate", data, version=0, by=by, at=moment)
    documents.sign_section(sheet, "certificate", by=by, at=moment)
    documents.issue(sheet, by=by, at=moment)
    record("return_certificate.issued", sheet, by=by, at=moment, matter=case, slip=slip.pk)
    return sheet
