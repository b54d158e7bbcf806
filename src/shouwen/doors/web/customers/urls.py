from django.urls import path

from . import order_views, product_views, views

app_name = "customers"
urlpatterns = [
    path("customers/", views.listing, name="list"),
    path("customers/export/", views.export, name="export"),
    path("customers/new/", views.new, name="new"),
    path("customers/<int:pk>/", views.customer, name="customer"),
    path("customers/<int:pk>/edit/", views.edit, name="edit"),
    path("customers/<int:pk>/contacts/new/", views.new_contact, name="new_contact"),
    path("contacts/<int:pk>/edit/", views.edit_contact, name="edit_contact"),
    path("numbers/<slug:kind>/<int:pk>/<slug:field>/", views.number, name="number"),
    path("customers/<int:pk>/orders/new/", order_views.new, name="new_order"),
    path("orders/", order_views.listing, name="orders"),
    path("orders/export/", order_views.export, name="orders_export"),
    path("orders/<int:pk>/", order_views.order, name="order"),
    path("orders/<int:pk>/edit/", order_views.edit, name="edit_order"),
    path("order-lines/<int:pk>/ship/", order_views.ship, name="ship"),
    path("shipments/<int:pk>/edit/", order_views.edit_shipment, name="edit_shipment"),
    path("products/", product_views.listing, name="products"),
    path("products/export/", product_views.export, name="products_export"),
    path("products/new/", product_views.new, name="new_product"),
    path("products/suggest/", product_views.suggest, name="suggest"),
    path("products/<int:pk>/", product_views.edit, name="product"),
]
