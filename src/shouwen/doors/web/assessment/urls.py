from django.urls import path

from . import notices, sanctions, views

app_name = "assessment"
urlpatterns = [
    path("assessment/", views.improvements, name="improvements"),
    path("assessment/notices/", views.notices, name="notices"),
    path("assessment/notices/new/", notices.new, name="notice_new"),
    path("assessment/notices/<int:pk>/", notices.notice, name="notice"),
    path("assessment/notices/<int:pk>/approval/", notices.approve, name="notice_approve"),
    path("assessment/notices/<int:pk>/refusal/", notices.decline, name="notice_decline"),
    path("assessment/notices/<int:pk>/check/", notices.check, name="notice_check"),
    path("assessment/notices/<int:pk>/deduction/", notices.deduct, name="notice_deduct"),
    path("assessment/sanctions/", sanctions.review, name="sanctions"),
    path("assessment/sanctions/sent/", sanctions.send, name="sanctions_send"),
    path("assessment/sanctions.xlsx", sanctions.export, name="sanctions_export"),
    path("assessment/claims/", views.claims, name="claims"),
    path("assessment/<slug:key>.xlsx", views.export, name="export"),
    path("cases/<int:case>/loss/", views.recompute, name="recompute"),
]
