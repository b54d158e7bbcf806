from django.urls import path

from . import findings, grievances, lists, reports, reviews

app_name = "conduct"
urlpatterns = [
    path("conduct/", lists.mine, name="mine"),
    path("conduct/findings/", lists.findings, name="findings"),
    path("conduct/findings.xlsx", lists.findings_export, name="findings_export"),
    path("conduct/findings/new/", findings.new, name="finding_new"),
    path("conduct/findings/<int:pk>/", findings.finding, name="finding"),
    path("conduct/findings/<int:pk>/acknowledgement/", findings.acknowledge, name="acknowledge"),
    path("conduct/findings/<int:pk>/objection/", findings.object_to, name="object"),
    path("conduct/findings/<int:pk>/decision/", findings.decide, name="decide"),
    path("conduct/findings/<int:pk>/correction/", findings.correct, name="correct"),
    path("conduct/findings/<int:pk>/measure/", findings.measure, name="measure"),
    path("conduct/findings/<int:pk>/transfer/", findings.transfer, name="transfer"),
    path("conduct/findings/<int:pk>/closure/", findings.close, name="close"),
    path("conduct/measures/<int:pk>/acknowledgement/", findings.sign, name="sign"),
    path("conduct/measures/<int:pk>/approval/", findings.approve, name="approve"),
    path("conduct/measures/<int:pk>/refusal/", findings.decline, name="decline"),
    path("conduct/reviews/", lists.reviews, name="reviews"),
    path("conduct/reviews.xlsx", lists.reviews_export, name="reviews_export"),
    path("conduct/reviews/draw/", reviews.draw, name="review_draw"),
    path("conduct/reviews/new/<slug:kind>/<int:contact>/", reviews.new, name="review_new"),
    path("conduct/reviews/<int:pk>/", reviews.review, name="review"),
    path("conduct/averages/", reports.averages, name="averages"),
    path("conduct/grievances/new/", grievances.new, name="grievance_new"),
    path("conduct/grievances/in/<int:pk>/", grievances.in_contact, name="grievance_in"),
    path("conduct/grievances/about/<int:pk>/", grievances.about_matter, name="grievance_about"),
    path("conduct/grievances/<int:pk>/", findings.grievance, name="grievance"),
    path("conduct/ratings/<int:pk>/", findings.rating, name="rating"),
]
