from shouwen.doors.web import links, shell
from shouwen.ground.foundation.refusal import N_

shell.room(
    "customers", N_("客户"), "building-store", "customers:list", 40, quick="k", also=("care",)
)
links.register("customer", N_("客户"), "building-store", "customers:customer")
links.register("order", N_("订单"), "clipboard-list", "customers:order")
links.register("product", N_("产品"), "box", "customers:product")
