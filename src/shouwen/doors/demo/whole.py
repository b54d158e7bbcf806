"""The whole demo, chapter by chapter; what stands is found, not made twice."""

from collections.abc import Iterator
from datetime import datetime

from shouwen.ground.foundation.refusal import N_

from . import company, trade


def build(at: datetime) -> Iterator[str]:
    """Make what is missing; yields the title (a message id) of each chapter that stands."""
    stands = company.build(at)
    yield N_("公司、岗位与公司规定值")
    trade.build(stands, at)
    yield N_("客户、订单与出货")
