from django.urls import path

from . import (
    campaigns,
    entry,
    papers,
    public,
    questionnaires,
    ratings,
    recipients,
    statistics,
)

app_name = "surveys"
urlpatterns = [
    path("q/<str:token>/", public.page, name="public"),
    path("surveys/", campaigns.index, name="index"),
    path("surveys/campaigns.xlsx", campaigns.export, name="export"),
    path("surveys/new/", campaigns.new, name="new"),
    path("surveys/<int:pk>/", campaigns.show, name="campaign"),
    path("surveys/<int:pk>/acts/<slug:key>/", campaigns.act, name="act"),
    path("surveys/<int:pk>/recipients/", recipients.choose, name="recipients"),
    path("surveys/<int:pk>/recipients.xlsx", recipients.export, name="recipients_export"),
    path("surveys/recipients/<int:pk>/strike/", recipients.strike, name="strike"),
    path("surveys/<int:pk>/paper.pdf", papers.paper, name="paper"),
    path("surveys/<int:pk>/statistics/", statistics.show, name="statistics"),
    path("surveys/<int:pk>/statistics.xlsx", statistics.export, name="statistics_export"),
    path("surveys/answers/", statistics.answers, name="answers"),
    path("surveys/answers.xlsx", statistics.answers_export, name="answers_export"),
    path("surveys/entry/", entry.find, name="entry"),
    path("surveys/entry/<int:pk>/", entry.key_in, name="key_in"),
    path("surveys/calls/", entry.calls, name="calls"),
    path("surveys/calls/<int:pk>/in-vain/", entry.in_vain, name="in_vain"),
    path("surveys/answers/<int:pk>/", entry.show, name="answer"),
    path("surveys/answers/<int:pk>/correct/", entry.correct, name="correct"),
    path("surveys/questionnaires/", questionnaires.index, name="questionnaires"),
    path("surveys/questionnaires/new/", questionnaires.new, name="questionnaire_new"),
    path("surveys/questionnaires/<int:pk>/", questionnaires.show, name="questionnaire"),
    path("surveys/questionnaires/<int:pk>/acts/<slug:key>/", questionnaires.act, name="write"),
    path("surveys/results/<int:pk>/", statistics.result, name="result"),
    path("surveys/ratings/", ratings.index, name="ratings"),
    path("surveys/ratings.xlsx", ratings.export, name="ratings_export"),
    path("surveys/ratings/<int:pk>/", ratings.show, name="rating"),
]
