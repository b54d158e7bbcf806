"""The systems that are measured."""

from bench.systems.base import System
from bench.systems.django_helpdesk import DjangoHelpdesk

SYSTEMS: tuple[type[System], ...] = (DjangoHelpdesk,)
BY_KEY = {system.key: system for system in SYSTEMS}
