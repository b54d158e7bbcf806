"""How one installation runs: one URL in the environment for each service, none needed."""

import os
import secrets
from pathlib import Path
from typing import Any

import environ

from . import services

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(env("SHOUWEN_HOME", default="var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("SHOUWEN_DEBUG", default=False)
DEMO = env.bool("SHOUWEN_DEMO", default=False)
"""The sign-in page offers the demo people with one click. Never with real data."""


def _own_secret() -> str:
    """A secret made once per installation, so that two installations never share one."""
    path = HOME / "secret.key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default="") or _own_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "axes",
    "django_htmx",
    "django_filters",
    "shouwen.ground.journal",
    "shouwen.ground.policy",
    "shouwen.ground.org",
    "shouwen.engines.notices",
    "shouwen.engines.search",
    "shouwen.engines.limits",
    "shouwen.engines.tallies",
    "shouwen.engines.documents",
    "shouwen.engines.dues",
    "shouwen.engines.flows",
    "shouwen.work.customers",
    "shouwen.work.interactions",
    "shouwen.work.reception",
    "shouwen.work.telephony",
    "shouwen.work.ways",
    "shouwen.work.training",
    "shouwen.work.cases",
    "shouwen.work.dossiers",
    "shouwen.work.surveys",
    "shouwen.work.callbacks",
    "shouwen.work.mail",
    "shouwen.work.knowledge",
    "shouwen.outcomes.settlement",
    "shouwen.outcomes.assessment",
    "shouwen.outcomes.conduct",
    "shouwen.outcomes.reports",
    "shouwen.regulations",
    "shouwen.doors.api",
    "shouwen.doors.web",
    "shouwen.doors.jobs",
    "shouwen.doors.demo",
]

MIDDLEWARE = [
    # First: a probe knows no host name, has no session and is not sent on to https.
    "shouwen.doors.web.nodes.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "shouwen.doors.api.sizes.SizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shouwen.doors.web.middleware.ReadingMiddleware",
    "shouwen.doors.web.middleware.PersonMiddleware",
    "shouwen.doors.web.nodes.middleware.ReplicaMiddleware",
    "shouwen.doors.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shouwen.config.urls"
WSGI_APPLICATION = "shouwen.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shouwen.doors.web.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "shouwen.doors.web.templatetags.shouwen",
            ],
        },
    }
]

DATABASE_URL = env("DATABASE_URL", default=f"sqlite:///{HOME / 'shouwen.sqlite3'}")
DATABASES = {"default": services.database(DATABASE_URL)}
REPORTS_DATABASE_URL = env("REPORTS_DATABASE_URL", default="")
"""A replica that reports and exports are read from; `ground/replica.py` says when."""
if REPORTS_DATABASE_URL:
    DATABASES["reports"] = services.replica(REPORTS_DATABASE_URL)
DATABASE_ROUTERS = ["shouwen.ground.replica.Router"]
REPORTS_OLDEST = env.int("REPORTS_OLDEST", default=15)
"""Seconds a replica may be behind; an older one is not read."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "shouwen.doors.web.account.users.UserBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "shouwen.doors.web.account.views.locked_out"
# Behind a proxy every visitor has the proxy's address; the product knows its own proxies.
AXES_CLIENT_IP_CALLABLE = "shouwen.doors.api.visitors.address"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
LOGIN_URL = "/sign-in/"
CSRF_FAILURE_VIEW = "shouwen.doors.web.errors.stale_form"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
# Each app keeps its own catalogue; this one is for what stands outside an app.
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env("SHOUWEN_TIME_ZONE", default="Asia/Shanghai")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES: dict[str, dict[str, Any]] = {
    "default": services.files(env("FILES_URL", default=""), HOME),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
# Pages ask by hashed names alone; a font is compressed already or is read by the printer only.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "woff", "woff2", "ttf")
DOCUMENT_FONTS = env(
    "DOCUMENT_FONTS",
    default=str(PACKAGE / "doors/web/static/vendor/@expo-google-fonts/noto-sans-sc"),
)
"""Folder of Noto Sans SC, Regular and Bold, in which papers are printed."""
SCANNER = env("SCANNER", default="")
"""Address of clamd, `host:port` or the path of its socket; uploads wait for its word."""
PROXIES = env.int("SHOUWEN_PROXIES", default=0)
"""How many proxies of ours stand before the web: so many addresses they put in are believed."""
API_RATE = env.int("API_RATE", default=300)
"""Requests a minute that one client system of the interface may make."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

BROKER_URL = env("BROKER_URL", default="")
"""A RabbitMQ that wakes the workers at once; without it they look each second or so."""

EMAIL_CONFIG = environ.Env.email_url_config(
    env("EMAIL_URL", default="dummymail://" if DEMO else "consolemail://")
)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="shouwen@localhost")
MAILBOX_SECRETS = {
    name.removeprefix("MAILBOX_").lower(): address
    for name, address in os.environ.items()
    if name.startswith("MAILBOX_")
}
"""Where each mailbox is fetched: `MAILBOX_SERVICE=imaps://user:password@host:993`."""
MAIL_MOST_BYTES = env.int("MAIL_MOST_BYTES", default=25 * 1024 * 1024)
"""A larger letter is kept and put aside unread."""

SESSION_ENGINE = "shouwen.doors.web.account.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if BASE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        # Charts set sizes as style attributes; scripts stay files only.
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"faults": {"()": "shouwen.config.logs.no_refusals"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["faults"]}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
# W005, W021: whether the whole domain speaks HTTPS alone is for its owner to promise.
SILENCED_SYSTEM_CHECKS = ["axes.W003", "security.W005", "security.W021"]
