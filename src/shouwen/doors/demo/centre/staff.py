"""The service centre of the demo group on paper: units, people, those who live and trade there."""
# ruff: noqa: E501 - a table is read by its columns, one row a line

from .rows import PersonRow, UnitRow

PROPERTY = "property"

# fmt: off
UNITS = (
    UnitRow("property_service", PROPERTY, "客户服务中心", "Customer Service Centre", "customer_service"),
    UnitRow("property_maintenance", PROPERTY, "工程维修部", "Maintenance", "service"),
    UnitRow("property_cleaning", PROPERTY, "保洁绿化部", "Cleaning and Greening", "environment"),
    UnitRow("property_security", PROPERTY, "秩序维护部", "Security", "security"),
    UnitRow("property_quality", PROPERTY, "品质管理部", "Quality Management", "quality"),
    UnitRow("property_operations", PROPERTY, "生产运行部", "Operations", "operations"),
    UnitRow("property_sales", PROPERTY, "经营部", "Sales", "sales"),
    UnitRow("property_office", PROPERTY, "办公室", "Office", "office"),
    UnitRow("property_finance", PROPERTY, "财务室", "Finance", "accounting"),
)

PEOPLE = (
    PersonRow("xuguangyao", "徐光耀", "Robert Xu", PROPERTY, "物业总经理", "General Manager", "gm"),
    PersonRow("tangwanrou", "唐婉柔", "Rose Tang", PROPERTY, "分管副总经理", "Deputy General Manager", "deputy_gm"),
    PersonRow("suqinghe", "苏清和", "Serena Su", "property_service", "客户服务中心主任", "Director", "manager"),
    PersonRow("panyuting", "潘雨亭", "Patty Pan", "property_service", "值班班长", "Shift Lead", "supervisor"),
    PersonRow("liangxiaoman", "梁小满", "Molly Liang", "property_service", "客服员", "Agent"),
    PersonRow("fuxinyi", "傅欣怡", "Cindy Fu", "property_service", "客服员", "Agent"),
    PersonRow("mengzihan", "孟子涵", "Hannah Meng", "property_service", "客服员", "Agent"),
    PersonRow("zhaotiezhu", "赵铁柱", "Tony Zhao", "property_maintenance", "工程维修部经理", "Maintenance Manager", "manager"),
    PersonRow("qiaodashan", "乔大山", "Sam Qiao", "property_maintenance", "维修班长", "Foreman", "supervisor"),
    PersonRow("niuxiaobing", "牛小兵", "Ben Niu", "property_maintenance", "维修工", "Repairer"),
    PersonRow("goubaoguo", "苟保国", "Gary Gou", "property_maintenance", "维修工", "Repairer"),
    PersonRow("heyunxia", "何云霞", "Sheila He", "property_cleaning", "保洁绿化主管", "Cleaning Supervisor", "supervisor"),
    PersonRow("leiguoqiang", "雷国强", "Kevin Lei", "property_security", "秩序维护主管", "Security Supervisor", "supervisor"),
    PersonRow("pengzhigang", "彭志刚", "Peter Peng", "property_security", "门岗", "Gate Guard"),
    PersonRow("shijingwei", "史精微", "Vera Shi", "property_quality", "品质管理部经理", "Quality Manager", "manager"),
    PersonRow("yanhaifeng", "严海峰", "Jack Yan", "property_operations", "生产运行部经理", "Operations Manager", "manager"),
    PersonRow("jinmanlou", "金满楼", "Jim Jin", "property_sales", "经营专员", "Sales Officer"),
    PersonRow("guanxiuying", "管秀英", "Wendy Guan", "property_office", "办公室主任", "Head of the Office", "manager"),
    PersonRow("qiansuansuan", "钱算算", "Penny Qian", "property_finance", "出纳", "Cashier"),
)

RESIDENTS = (
    ("101", "安若素"), ("102", "卫青山"), ("201", "茅盾生"), ("202", "戚美玲"), ("301", "喻晓峰"), ("302", "蓝心怡"),
    ("401", "项南天"), ("402", "池月明"), ("501", "危建民"), ("502", "计小红"), ("601", "祝家和"), ("602", "屈平安"),
    ("701", "闵春华"), ("702", "麻一帆"), ("801", "路遥远"), ("802", "娄金狗"), ("901", "花满溪"), ("902", "费思量"),
)
"""Rooms of building one and who lives there."""

SHOPS = (("A01", "一品茶庄", "Yipin Tea House", "零售"), ("A02", "新叶书店", "New Leaf Books", "零售"), ("A03", "小象洗衣", "Little Elephant Laundry", "生活服务"),
         ("A04", "山海面馆", "Shanhai Noodles", "餐饮"), ("A05", "云杉牙科", "Spruce Dental", "医疗"))
# fmt: on
