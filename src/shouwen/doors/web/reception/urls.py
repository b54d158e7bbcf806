from django.urls import path

from . import letters, register, views

app_name = "reception"
urlpatterns = [
    path("reception/", views.today, name="today"),
    path("reception/new/", views.new, name="new"),
    path("reception/register/", register.listing_page, name="register"),
    path("reception/register.xlsx", register.export, name="export"),
    path("reception/register.pdf", register.printed, name="printed"),
    path("reception/letters/", letters.book, name="letters"),
    path("reception/letters.xlsx", letters.export, name="letters_export"),
    path("reception/letters/new/", letters.new, name="letter_new"),
    path("reception/letters/<int:pk>/", letters.letter, name="letter"),
    path("reception/letters/<int:pk>/scan/", letters.scan, name="scan"),
    path("reception/letters/<int:pk>/reply/", letters.reply, name="reply"),
    path("reception/letters/<int:pk>/text/", letters.change, name="change"),
    path("reception/letters/<int:pk>/dispatch/", letters.send, name="send"),
    path("reception/letters/<int:pk>.pdf", letters.printed, name="letter_print"),
    path("reception/<int:pk>/", views.visit, name="visit"),
    path("reception/<int:pk>/received/", views.receive, name="receive"),
    path("reception/<int:pk>/departure/", views.leave, name="leave"),
    path("reception/<int:pk>/signature/", views.sign, name="sign"),
    path("reception/<int:pk>/rating/", views.rate, name="rate"),
    path("reception/<int:pk>/follow-up/", views.follow_up, name="follow_up"),
]
