"""Every address of the product, one line a room."""

from django.urls import URLPattern, URLResolver, include, path

from shouwen.doors.web import errors

urlpatterns: list[URLPattern | URLResolver] = [
    # Those with a beginning of their own are passed by at once; then the rooms that are asked most.
    path("api/", include("shouwen.doors.api.urls")),
    path("portal/", include("shouwen.doors.web.portal.urls")),
    path("health/", include("shouwen.doors.web.nodes.urls")),
    path("callbacks/", include("shouwen.doors.web.callbacks.urls")),
    path("knowledge/", include("shouwen.doors.web.knowledge.urls")),
    path("reports/", include("shouwen.doors.web.reports.urls")),
    path("training/", include("shouwen.doors.web.training.urls")),
    path("settings/", include("shouwen.doors.web.settings_room.urls")),
    path("settings/gateways/", include("shouwen.doors.web.gateways.urls")),
    path("", include("shouwen.doors.web.desk.urls")),
    path("", include("shouwen.doors.web.cases.urls")),
    path("", include("shouwen.doors.web.caselists.urls")),
    path("", include("shouwen.doors.web.notices.urls")),
    path("", include("shouwen.doors.web.search.urls")),
    path("", include("shouwen.doors.web.intake.urls")),
    path("", include("shouwen.doors.web.account.urls")),
    path("", include("shouwen.doors.web.regulations.urls")),
    path("", include("shouwen.doors.web.papers.urls")),
    path("", include("shouwen.doors.web.settlement.urls")),
    path("", include("shouwen.doors.web.mail.urls")),
    path("", include("shouwen.doors.web.quick.urls")),
    path("", include("shouwen.doors.web.customers.urls")),
    path("", include("shouwen.doors.web.care.urls")),
    path("", include("shouwen.doors.web.imports.urls")),
    path("", include("shouwen.doors.web.assessment.urls")),
    path("", include("shouwen.doors.web.announcements.urls")),
    path("", include("shouwen.doors.web.reception.urls")),
    path("", include("shouwen.doors.web.conduct.urls")),
    path("", include("shouwen.doors.web.surveys.urls")),
    path("", include("shouwen.doors.web.service.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
