"""One checked model a row: what each kind of file may hold, how it is headed, with an example.

A blank cell, or a column that is not there, leaves what we know as it is.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict

from shouwen.ground.foundation.refusal import N_

from .cells import (
    Cents,
    Day,
    Flag,
    Needed,
    NeededDay,
    PercentValue,
    PhoneText,
    Quantity,
    Rate,
    Text,
    Whole,
    choice,
)
from .headings import Heading

RegionCode = Annotated[
    str,
    choice(
        ("domestic", ("国内", "内销", "境内")),
        ("overseas", ("国外", "海外", "境外", "外销", "出口")),
    ),
]


class Row(BaseModel):
    """Nothing but the declared fields; blanks are None."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CustomerRow(Row):
    """One customer, known by its code."""

    code: Annotated[Needed, Heading("客户编号", "Customer code", ("客户代码", "编号"), "C001")]
    name_zh: Annotated[
        Needed, Heading("客户名称", "Customer name", ("名称", "公司名称"), "南京示例钣金有限公司")
    ]
    region: Annotated[
        RegionCode,
        Heading("区域", "Region", ("地区", "国内外", "内外销"), "国内", N_("填“国内”或“国外”")),
    ]
    name_en: Annotated[Text, Heading("英文名称", "English name", ("英文名",))] = None
    short_name: Annotated[Text, Heading("简称", "Short name", ("客户简称",), "示例")] = None
    salesperson: Annotated[
        Text,
        Heading("业务员", "Salesperson", ("销售", "业务"), "", N_("姓名；同名时写登录名")),
    ] = None
    currency: Annotated[Text, Heading("币别", "Currency", ("币种", "货币"), "CNY")] = None
    phone: Annotated[
        PhoneText,
        Heading("电话", "Phone", ("公司电话", "联系电话"), "025-87654321", N_("固定电话带区号")),
    ] = None
    email: Annotated[Text, Heading("邮箱", "E-mail", ("电子邮件", "email"))] = None
    address: Annotated[Text, Heading("地址", "Address", ("公司地址", "联系地址"))] = None
    collection_days: Annotated[
        Whole, Heading("收款期", "Collection days", ("账期", "收款天数"), "60", N_("天数"))
    ] = None
    active: Annotated[Flag, Heading("使用中", "Active", ("启用",), "是")] = None


class ContactRow(Row):
    """One contact of a customer, known by name, and by telephone among namesakes."""

    code: Annotated[Needed, Heading("客户编号", "Customer code", ("客户代码", "客户"), "C001")]
    name: Annotated[Needed, Heading("姓名", "Name", ("联系人", "联系人姓名"), "王敏")]
    title: Annotated[Text, Heading("职务", "Title", ("职位", "岗位"), "采购")] = None
    phone: Annotated[
        PhoneText, Heading("电话", "Phone", ("手机", "联系电话", "mobile"), "138 0013 8000")
    ] = None
    other_phone: Annotated[
        PhoneText, Heading("其他电话", "Other phone", ("座机", "固定电话", "电话2"))
    ] = None
    email: Annotated[Text, Heading("邮箱", "E-mail", ("电子邮件", "email"))] = None
    main: Annotated[
        Flag, Heading("首要联系人", "Main contact", ("主要联系人", "主联系人"), "是")
    ] = None
    active: Annotated[Flag, Heading("使用中", "Active", ("启用", "在职"), "是")] = None


class ProductRow(Row):
    """One product, known by its part number."""

    part_number: Annotated[
        Needed, Heading("料号", "Part number", ("产品编号", "物料编号"), "SM-100")
    ]
    name_zh: Annotated[Needed, Heading("品名", "Product name", ("产品名称", "名称"), "左侧板")]
    name_en: Annotated[Text, Heading("英文品名", "English name", ("英文名称",))] = None
    unit: Annotated[Text, Heading("单位", "Unit", ("计量单位",), "件")] = None
    active: Annotated[Flag, Heading("使用中", "Active", ("启用",), "是")] = None


class OrderRow(Row):
    """One line of an order; rows with the same number are one order."""

    number: Annotated[Needed, Heading("订单编号", "Order number", ("订单号", "单号"), "SO-2601")]
    code: Annotated[Needed, Heading("客户编号", "Customer code", ("客户代码", "客户"), "C001")]
    ordered_on: Annotated[
        NeededDay, Heading("订货日期", "Order date", ("下单日期", "日期"), "2026-03-01")
    ]
    part_number: Annotated[
        Needed, Heading("料号", "Part number", ("产品编号", "物料编号"), "SM-100")
    ]
    quantity: Annotated[Quantity, Heading("数量", "Quantity", ("订货数量",), "1000")]
    unit_price_cents: Annotated[
        Cents, Heading("单价", "Unit price", ("含税单价",), "3.50", N_("最多两位小数"))
    ] = None
    position: Annotated[
        Whole,
        Heading("行号", "Line", ("项次",), "1", N_("同一订单有两行相同料号时必填")),
    ] = None
    salesperson: Annotated[Text, Heading("业务员", "Salesperson", ("销售", "业务"))] = None
    over_receipt_tolerance: Annotated[
        PercentValue,
        Heading(
            "超量允收比率",
            "Over-receipt tolerance",
            ("允收比率", "超收比率", "超量允收比率%"),
            "5%",
            N_("客户订制时注明才填，写 5 或 5%"),
        ),
    ] = None
    currency: Annotated[Text, Heading("币别", "Currency", ("币种", "货币"), "CNY")] = None
    exchange_rate: Annotated[
        Rate, Heading("汇率", "Exchange rate", (), "", N_("外币订单填对本位币的汇率"))
    ] = None


class ShipmentRow(Row):
    """What left on a day on one order line, with its invoice and what was collected."""

    number: Annotated[Needed, Heading("订单编号", "Order number", ("订单号", "单号"), "SO-2601")]
    part_number: Annotated[
        Needed, Heading("料号", "Part number", ("产品编号", "物料编号"), "SM-100")
    ]
    shipped_on: Annotated[
        NeededDay, Heading("交运日期", "Ship date", ("出货日期", "发货日期"), "2026-03-10")
    ]
    quantity: Annotated[
        Quantity, Heading("交运数量", "Shipped quantity", ("数量", "出货数量", "quantity"), "600")
    ]
    position: Annotated[Whole, Heading("行号", "Line", ("项次",))] = None
    invoice_number: Annotated[Text, Heading("发票号码", "Invoice number", ("发票号",))] = None
    invoice_date: Annotated[Day, Heading("发票日期", "Invoice date", ("开票日期",))] = None
    amount_cents: Annotated[
        Cents,
        Heading("发票金额", "Amount", ("金额", "应收金额"), "2100.00", N_("空着按数量乘单价")),
    ] = None
    due_on: Annotated[
        Day, Heading("应收日", "Due date", ("到期日", "应收日期"), "", N_("空着按客户的收款期"))
    ] = None
    collected_cents: Annotated[Cents, Heading("已收金额", "Collected", ("收款金额",))] = None
    collected_on: Annotated[Day, Heading("收款日期", "Collected on", ("到账日期",))] = None
