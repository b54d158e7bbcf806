"""The demo company with its shipments, and a month of closed complaints."""

from outcomes.reports.month import march, people, sheet  # noqa: F401
from work.cases.conftest import abroad, day, firm, shipment  # noqa: F401
