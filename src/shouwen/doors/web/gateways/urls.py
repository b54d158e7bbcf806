from django.urls import path

from . import channels, clients, labels, telephones

app_name = "gateways"
urlpatterns = [
    path("channels/", channels.listing, name="channels"),
    path("channels/new/", channels.new, name="channel_new"),
    path("channels/<int:pk>/withdrawal/", channels.withdrawal, name="channel_withdrawal"),
    path("labels/", labels.listing, name="labels"),
    path("labels/new/", labels.new, name="label_new"),
    path("labels/sheet/", labels.sheet, name="label_sheet"),
    path("labels/<int:pk>/retirement/", labels.retirement, name="label_retirement"),
    path("telephones/", telephones.listing, name="telephones"),
    path("telephones/new/", telephones.new, name="telephone_new"),
    path("telephones/<int:pk>/end/", telephones.end, name="telephone_end"),
    path("systems/", clients.listing, name="clients"),
    path("systems/new/", clients.new, name="client_new"),
    path("systems/<int:pk>/revocation/", clients.revocation, name="client_revocation"),
]
