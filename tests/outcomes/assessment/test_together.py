"""Two hands at once: one decision of the general manager, one confirmation, one list a month."""

import pytest
from outcomes.reports.test_together import all_at_once

from shouwen.engines.documents.models import Copy
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment.models import Notice, SanctionList
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint

pytestmark = [pytest.mark.pg_only, pytest.mark.django_db(transaction=True)]


def refused(found):
    return sum(isinstance(one, Refused) for one in found)


def test_approved_and_declined_at_once_is_one_decision(transactional_db, firm, shipment, who):
    draft = {
        "unit": firm.units["coating"].pk, "cause_item": "外观与涂装", "kind": "penalty",
        "amount": "200", "reason": "首件检验未做",
    }  # fmt: skip
    case = open_complaint(Story(shipment))
    notice = assessment.open_notice(case, draft, by=who("gm_office"))
    gm, accounting = who("management.gm"), who("accounting")
    ended = all_at_once([
        lambda: assessment.approve_notice(notice, by=gm),
        lambda: assessment.decline_notice(notice, "责任尚待查明", by=gm),
        lambda: assessment.approve_notice(notice, by=gm),
    ])  # fmt: skip
    assert refused(ended) == 2
    notice = Notice.objects.get()
    assert bool(notice.approved_at) != bool(notice.declined_at)
    assert Copy.objects.filter(sheet=notice.sheet).count() == (3 if notice.approved_at else 0)
    if notice.approved_at:
        checked = all_at_once([lambda: assessment.confirm_check(notice, by=accounting)] * 2)
        assert refused(checked) == 1
        assert Entry.objects.filter(event="notice.checked").count() == 1


def test_a_month_is_sent_once(transactional_db, firm, day, who):
    day.move(day.at.replace(month=4, day=2))
    group = who("pm_group")
    send = [lambda: assessment.send_list(firm.division, "2026-03", by=group)] * 3
    assert refused(all_at_once(send)) == 2
    assert SanctionList.objects.count() == 1
    assert Entry.objects.filter(event="sanctions.sent").count() == 1
