"""The product's settings for its tests: a throw-away home, cheap passwords, nothing sent."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="shouwen-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["SHOUWEN_HOME"] = _home
# Taken once: a process that a test starts chooses its database by DATABASE_URL alone.
if _database := os.environ.pop("TEST_DATABASE_URL", ""):
    os.environ["DATABASE_URL"] = _database

from .settings import *  # noqa: E402, F403
from .settings import DATABASES, HOME, STORAGES  # noqa: E402

# A file, not memory: locks, WAL and threads behave in tests as they do for people.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
# Argon2 takes a tenth of a second on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Names stay unhashed: no test has to collect static files first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
