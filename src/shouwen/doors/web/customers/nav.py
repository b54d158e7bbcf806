from shouwen.doors.web import links, saying, shell
from shouwen.ground.foundation.refusal import N_

shell.room(
    "customers", N_("客户"), "building-store", "customers:list", 40, quick="k", also=("care",)
)
links.register("customer", N_("客户"), "building-store", "customers:customer")
links.register("order", N_("订单"), "clipboard-list", "customers:order")
links.register("product", N_("产品"), "box", "customers:product")
saying.events({
    "customer.created": (N_("登记客户"), "building-store"),
    "customer.changed": (N_("更改客户资料"), "edit"),
    "contact.created": (N_("登记联系人"), "user-plus"),
    "contact.changed": (N_("更改联系人"), "user-edit"),
    "product.created": (N_("登记产品"), "box"),
    "product.changed": (N_("更改产品"), "edit"),
    "order.placed": (N_("登记订单"), "clipboard-plus"),
    "order.changed": (N_("更改订单"), "edit"),
    "shipment.recorded": (N_("登记交运"), "truck"),
    "shipment.changed": (N_("更改交运"), "edit"),
    "import.done": (N_("导入表格"), "file-import", "done"),
    "customers.exported": (N_("导出客户"), "file-export"),
})  # fmt: skip
