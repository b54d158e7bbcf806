"""Who may take a person's data out, and who may erase a person."""

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

ERASERS = ("customer_service.manager", "sales.manager", "gm_office.manager")
EXPORTERS = (*ERASERS, "customer_service", "sales")


def may(person: Person, roles: tuple[str, ...], division: int) -> bool:
    """Whether somebody holds one of the roles, or stands in for whoever does."""
    now = clock.now()
    return any(org.as_whom(person, role, division, now) is not None for role in roles)


def require_exporter(by: Person, division: int) -> None:
    """Refuse whoever may not take out everything about a person."""
    if not may(by, EXPORTERS, division):
        raise refuse(N_("只有业务和客服可以导出一个人的全部资料"))


def require_eraser(by: Person, division: int) -> None:
    """Refuse whoever may not erase a person."""
    if not may(by, ERASERS, division):
        raise refuse(
            N_("只有客服、业务或总经理室的经理可以删除个人资料"), instead=N_("请交由部门经理办理")
        )
