"""One Django app per primitive."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Primitive(AppConfig):
    """A primitive whose `kinds` and `reactions`, when it has any, register themselves at start."""

    default = False

    def __init_subclass__(cls) -> None:
        # Both names stand in `apps.py`; Django takes neither unless just one says it is meant.
        super().__init_subclass__()
        cls.default = True

    def ready(self) -> None:
        """Import what registers itself by being imported."""
        for name in ("kinds", "reactions"):
            if find_spec(f"{self.name}.{name}"):
                import_module(f"{self.name}.{name}")
