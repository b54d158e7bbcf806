"""The door a web server opens."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
application = get_wsgi_application()
# Every room is read before anybody comes in: read by the first requests, it was read by several
# threads at once, and a balancer's first probes waited for seconds or for one another.
resolve("/health/live")
# What is here now stays: it need not be looked through for garbage ever again. A request leaves few
# circles behind, so that looking for them less often costs little memory and saves it some time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
