"""Who we sell to, what they bought, and what is done to keep them."""

from .care import Compilation, Grading, Merge, Offer, Opinion, Opportunity, Presentation
from .choices import Region, Tongue
from .people import Contact, Customer
from .trade import Order, OrderLine, Product, Shipment, Upload

__all__ = [
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
