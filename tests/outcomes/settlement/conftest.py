"""The same company and shipments as the cases have."""

from work.cases.conftest import abroad, day, firm, shipment  # noqa: F401
