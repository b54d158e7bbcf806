from django.urls import path

from . import answering, boxes, letters, sending

app_name = "mail"
urlpatterns = [
    path("mail/", letters.index, name="list"),
    path("mail.xlsx", letters.export, name="export"),
    path("mail/<int:pk>/", letters.show, name="show"),
    path("mail/<int:pk>/original/", letters.original, name="original"),
    path("mail/<int:pk>/retry/", letters.retry, name="retry"),
    path("mail/<int:pk>/registration/", letters.take_in, name="take_in"),
    path("mail/<int:pk>/discard/", letters.discard, name="discard"),
    path("mail/reply/<int:pk>/", answering.reply, name="reply"),
    path("mail/sent/", sending.index, name="sent"),
    path("mail/sent.xlsx", sending.export, name="sent_export"),
    path("mail/sent/<int:pk>/", sending.show, name="sent_show"),
    path("mail/sent/<int:pk>/resend/", sending.resend, name="resend"),
    path("mail/boxes/", boxes.index, name="boxes"),
    path("mail/boxes/new/", boxes.new, name="box_new"),
    path("mail/boxes/<int:pk>/", boxes.alter, name="box"),
]
