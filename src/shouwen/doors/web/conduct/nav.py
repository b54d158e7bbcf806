from . import events  # noqa: F401 - names the events by being imported
