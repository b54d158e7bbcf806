"""The systems that are measured."""

from bench.systems.base import System
from bench.systems.django_helpdesk import DjangoHelpdesk
from bench.systems.redmine import Redmine
from bench.systems.request_tracker import RequestTracker
from bench.systems.roundup import Roundup
from bench.systems.tryton import Tryton

SYSTEMS: tuple[type[System], ...] = (
    DjangoHelpdesk,
    Roundup,
    Tryton,
    RequestTracker,
    Redmine,
)
BY_KEY = {system.key: system for system in SYSTEMS}
