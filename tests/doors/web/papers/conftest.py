"""The demo company and its shipments, with people who sign in."""

from doors.web.settlement.conftest import (  # noqa: F401
    abroad,
    day,
    firm,
    shipment,
    signed_in,
)
