from django.urls import path, re_path
from ninja import NinjaAPI

from . import problems
from .addresses import calls, cases, contacts, lookups

api = NinjaAPI(
    title="Shouwen 首问",
    version="1.0.0",
    description=(
        "Contacts, cases, customers and calls for other systems. Authenticate with"
        " `Authorization: Bearer sw_…`; errors have one shape and name the clause."
    ),
    urls_namespace="api",
    docs_url=None,
)
problems.register(api)
for _router in (contacts.router, cases.router, lookups.router, calls.router):
    api.add_router("", _router)

urlpatterns = [
    path("v1/", api.urls),
    re_path(r"^(?P<path>.*)$", problems.nothing, name="api_nothing"),
]
