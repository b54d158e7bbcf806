"""Who we sell to, what they bought, and what is done to keep them."""

from .care import Compilation, Grading, Merge, Offer, Opinion, Opportunity, Presentation
from .people import Channel, Contact, Customer, Region, Tongue
from .trade import Order, OrderLine, Product, Shipment, Upload

__all__ = [
    "Channel",
    "Compilation",
    "Contact",
    "Customer",
    "Grading",
    "Merge",
    "Offer",
    "Opinion",
    "Opportunity",
    "Order",
    "OrderLine",
    "Presentation",
    "Product",
    "Region",
    "Shipment",
    "Tongue",
    "Upload",
]
