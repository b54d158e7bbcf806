from django.urls import path

from . import (
    list_views,
    merge_views,
    offer_views,
    opinion_views,
    opportunity_views,
    person_views,
    record_views,
)

app_name = "care"
urlpatterns = [
    path("customers/lists/<slug:key>/", list_views.show, name="list"),
    path("customers/lists/<slug:key>/export/", list_views.export, name="export"),
    path("customers/<int:pk>/verify/", record_views.verify, name="verify"),
    path("customers/<int:pk>/grade/<slug:kind>/", record_views.grade, name="grade"),
    path("customers/<int:pk>/timeline/", record_views.timeline, name="timeline"),
    path("customers/<int:pk>/opportunities/new/", opportunity_views.new, name="new_opportunity"),
    path("opportunities/<int:pk>/", opportunity_views.show, name="opportunity"),
    path("opportunities/<int:pk>/close/", opportunity_views.close, name="close_opportunity"),
    path("offers/new/", offer_views.new, name="new_offer"),
    path("offers/<int:pk>/", offer_views.show, name="offer"),
    path("offers/<int:pk>/end/", offer_views.end, name="end_offer"),
    path("customers/<int:pk>/offers/", offer_views.present, name="present"),
    path("opinions/new/", opinion_views.new, name="new_opinion"),
    path("opinions/<int:pk>/", opinion_views.show, name="opinion"),
    path("opinions/<int:pk>/acknowledge/", opinion_views.acknowledge, name="acknowledge"),
    path("opinions/<int:pk>/theme/", opinion_views.mark, name="mark"),
    path("opinions/<int:pk>/answer/", opinion_views.answer, name="answer"),
    path("opinions/<int:pk>/told/", opinion_views.told, name="told"),
    path("opinions/compilations/", opinion_views.compilations, name="compilations"),
    path("opinions/compilations/send/", opinion_views.send, name="send"),
    path("opinions/compilations/<int:pk>/", opinion_views.compilation, name="compilation"),
    path("customers/<int:pk>/merge/", merge_views.choose, name="merge"),
    path("customers/<int:pk>/merge/<int:other>/", merge_views.confirm, name="merge_confirm"),
    path("merges/<int:pk>/undo/", merge_views.undo, name="undo_merge"),
    path("people/<slug:kind>/<int:pk>/", person_views.show, name="person"),
    path("people/<slug:kind>/<int:pk>/export/", person_views.export, name="export_person"),
    path("people/<slug:kind>/<int:pk>/erase/", person_views.erase, name="erase_person"),
]
