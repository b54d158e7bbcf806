"""The words for facts of customers, contacts, products, orders and shipments."""

from shouwen.doors.web import saying
from shouwen.ground.foundation.refusal import N_

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
