"""A real installation whose pages ask for static files by their plain names."""

from shouwen.config.settings import *  # noqa: F403
from shouwen.config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
