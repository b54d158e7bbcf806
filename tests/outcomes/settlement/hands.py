"""What people do in a settlement, each in one line."""

from datetime import timedelta

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.settlement import actions as settlement
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk


class Hands:
    """The people of one company, settling."""

    def __init__(self, firm):
        self.firm = firm

    def person(self, role):
        return org.people(role, self.firm.division)[0]

    def closed(self, shipment, method, *, amount="2500", quantity="100", upheld=True):
        demand = method if method in ("return", "allowance") else "explain"
        story = Story(
            shipment, demand=demand, method=method, amount=amount, quantity=quantity,
            upheld=upheld,
        )  # fmt: skip
        case = open_complaint(story)
        walk(case, story, "closed", wait=timedelta(hours=2))
        case.refresh_from_db()
        return case

    def take_copy_three(self, case):
        copy = Copy.objects.get(sheet__matter_id=case.pk, sheet__form="complaint_form", no=3)
        return documents.receive_copy(copy, by=case.salesperson)

    def decided(self, shipment, method, **facts):
        case = self.closed(shipment, method, **facts)
        self.take_copy_three(case)
        return case

    def slip(self, case, approved="100"):
        line = case.lines.get()
        row = {
            "order": line.order_number, "part": line.part_number, "approved": approved,
            "unit_price": "25",
        }  # fmt: skip
        data = {"reason": "表面划伤", "handling": "return", "lines": [row]}
        return settlement.open_slip(case, data, by=case.salesperson)

    def released(self, case, approved="100"):
        slip = self.slip(case, approved)
        return settlement.approve_slip(slip, by=self.person("sales.manager"))

    def counted(self, case, actual):
        part = case.lines.get().part_number
        rows = [{"part": part, "actual": actual, "condition": "划伤"}]
        return {"received_on": clock.today().isoformat(), "lines": rows}

    def receive(self, case, slip, actual, version=0):
        data = self.counted(case, actual)
        by = self.person("warehouse")
        return settlement.receive_goods(slip, data, version=version, by=by)

    def excess(self, case, slip, actual="110"):
        """More came than the tolerance allows; the superior lets the warehouse sign for it."""
        storekeeper, lead = self.person("warehouse"), self.person("warehouse.supervisor")
        settlement.count_goods(slip, self.counted(case, actual), by=storekeeper)
        settlement.instruct_mismatch(slip, {"instruction": "按实收签收"}, by=lead)
        return self.receive(case, slip, actual, version=1)

    def desk(self, case):
        """What lies on desks for the settlement: (clause, role or person)."""
        open_ones = Due.objects.open().filter(key__startswith=f"settlement:{case.pk}:")
        return {(due.clause, due.role) for due in open_ones}
