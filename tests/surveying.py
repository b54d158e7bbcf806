"""A division that asks its customers: under the regulations of service, with two customers."""

from types import SimpleNamespace

from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys import bounds


def furnished(cast: SimpleNamespace) -> SimpleNamespace:
    """The division adopts what the surveys serve; two customers, a questionnaire of six areas."""
    for code in ("R2", "R5", "R6", "R7"):
        org.adopt_regulation(cast.division, code, 1, by=None)
        set_examples(cast.division, code)
    cast.near = customers.create_customer(
        cast.division,
        CustomerDraft(
            "K1", "近邻公司", "domestic", phone="025-87654321", email="near@example.com",
            address="南京市中山路 1 号",
        ),
        by=None,
    )  # fmt: skip
    cast.far = customers.create_customer(
        cast.division, CustomerDraft("K2", "远客公司", "overseas", email="far@example.com"), by=None
    )
    cast.paper = surveys.draw_up(cast.division, "yearly", surveys.Heading("年度问卷"), by=None)
    for area in bounds.areas(cast.division, clock.now()):
        draft = surveys.QuestionDraft(f"您对{area.label}满意吗？", area.key)
        surveys.put_question(cast.paper, draft, by=None)
    return cast
