"""Every system that is measured, in the order of the rounds."""

from bench.limits.systems import ByHand, Echo
from bench.systems.base import System
from bench.systems.django_helpdesk import DjangoHelpdesk
from bench.systems.redmine import Redmine
from bench.systems.request_tracker import RequestTracker
from bench.systems.roundup import Roundup
from bench.systems.shouwen import Shouwen
from bench.systems.shouwen_sqlite import ShouwenOnSqlite
from bench.systems.tryton import Tryton

SYSTEMS: tuple[type[System], ...] = (
    Shouwen,
    ShouwenOnSqlite,
    DjangoHelpdesk,
    Roundup,
    Tryton,
    RequestTracker,
    Redmine,
    ByHand,
    Echo,
)
BY_KEY = {system.key: system for system in SYSTEMS}
