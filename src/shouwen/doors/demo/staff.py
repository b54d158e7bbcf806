"""The demo company on paper: its units and its people. Every name is invented."""
# ruff: noqa: E501 - a table is read by its columns, one row a line

from .centre import staff as centre_staff
from .centre.rows import PersonRow, UnitRow

GROUP = "hengyue"
FACTORY = "precision"
PROPERTY = centre_staff.PROPERTY
KEEPER = "jimingfa"

# fmt: off
UNITS = (
    UnitRow(GROUP, "", "恒岳集团", "Hengyue Group"),
    UnitRow("rules", GROUP, "制度管理室", "Rules Office", "rules_office"),
    UnitRow(FACTORY, GROUP, "恒岳精密制造有限公司", "Hengyue Precision Manufacturing", "management", True),
    UnitRow("gm_office", FACTORY, "总经理室", "General Manager's Office", "gm_office"),
    UnitRow("pm_group", "gm_office", "生产管理组", "Production Management Group", "pm_group"),
    UnitRow("sales", FACTORY, "业务部", "Sales Department", "sales"),
    UnitRow("sales_domestic", "sales", "国内业务组", "Domestic Sales", "sales"),
    UnitRow("sales_overseas", "sales", "国外业务组", "Overseas Sales", "sales"),
    UnitRow("quality", FACTORY, "质量管理部", "Quality Management", "quality"),
    UnitRow("plant_office", FACTORY, "经理室", "Plant Manager's Office", "plant_office"),
    UnitRow("manufacturing", FACTORY, "制造部", "Manufacturing", "manufacturing"),
    UnitRow("stamping", "manufacturing", "冲压一课", "Stamping Section 1", "manufacturing"),
    UnitRow("coating", "manufacturing", "涂装二课", "Coating Section 2", "manufacturing"),
    UnitRow("plating", "manufacturing", "电镀三课", "Plating Section 3", "manufacturing"),
    UnitRow("rnd", FACTORY, "研发部", "Research and Development", "rnd"),
    UnitRow("accounting", FACTORY, "会计科", "Accounting", "accounting"),
    UnitRow("warehouse", FACTORY, "成品仓储", "Finished-goods Warehouse", "warehouse"),
    UnitRow("hr", FACTORY, "人事科", "Personnel", "hr"),
    UnitRow("service", FACTORY, "服务部", "Service Department", "service"),
    UnitRow(PROPERTY, GROUP, "恒岳物业服务中心", "Hengyue Property Services", "management", True),
    *centre_staff.UNITS,
)

PEOPLE = (
    PersonRow(KEEPER, "纪明法", "Justin Ji", "rules", "制度管理员", "Keeper of the Rules", "manager"),
    PersonRow("qinzhengyuan", "秦正远", "Victor Qin", FACTORY, "总经理", "General Manager", "gm"),
    PersonRow("shenruolan", "沈若岚", "Grace Shen", FACTORY, "副总经理", "Deputy General Manager", "deputy_gm"),
    PersonRow("luhuaichuan", "陆怀川", "Henry Lu", "gm_office", "总经理室经理", "Head of the Office", "manager"),
    PersonRow("wenshuyao", "温书瑶", "Wendy Wen", "pm_group", "生产管理组组长", "Group Leader", "supervisor"),
    PersonRow("jiansiqi", "简思齐", "Simon Jian", "pm_group", "生产管理专员", "Production Planner"),
    PersonRow("heyunshu", "贺云舒", "Helen He", "pm_group", "客诉登记员", "Complaint Registrar"),
    PersonRow("guchangting", "顾长亭", "Mark Gu", "sales", "业务部经理", "Sales Manager", "manager"),
    PersonRow("luojingyi", "骆静宜", "Jane Luo", "sales", "业务部副经理", "Deputy Sales Manager", "deputy_manager"),
    PersonRow("zhanglixin", "章立新", "Leo Zhang", "sales_domestic", "国内业务主管", "Domestic Supervisor", "supervisor"),
    PersonRow("fangxiaotang", "方晓棠", "Tanya Fang", "sales_domestic", "业务员", "Sales Representative"),
    PersonRow("dingyiming", "丁一鸣", "Eamon Ding", "sales_domestic", "业务员", "Sales Representative"),
    PersonRow("geyuntian", "葛云天", "Gordon Ge", "sales_domestic", "业务员", "Sales Representative"),
    PersonRow("meiruohan", "梅若寒", "May Mei", "sales_overseas", "国外业务主管", "Overseas Supervisor", "supervisor"),
    PersonRow("shaozian", "邵子安", "Ann Shao", "sales_overseas", "业务员", "Sales Representative"),
    PersonRow("baichengyu", "柏承宇", "Charles Bai", "sales_overseas", "业务员", "Sales Representative"),
    PersonRow("yanshouzhuo", "严守拙", "Stephen Yan", "quality", "质量管理部经理", "Quality Manager", "manager"),
    PersonRow("yinzhiqiu", "尹知秋", "Autumn Yin", "quality", "质量工程师", "Quality Engineer", "supervisor"),
    PersonRow("peiwenxuan", "裴文轩", "Warren Pei", "quality", "检验员", "Inspector"),
    PersonRow("haoliancheng", "郝连城", "Howard Hao", "plant_office", "厂经理", "Plant Manager", "manager"),
    PersonRow("shijianye", "石建业", "James Shi", "manufacturing", "制造部经理", "Manufacturing Manager", "manager"),
    PersonRow("leizhensheng", "雷振声", "Ray Lei", "stamping", "冲压课长", "Section Head", "supervisor"),
    PersonRow("maozhiqiang", "毛志强", "Mike Mao", "stamping", "冲压班长", "Shift Leader"),
    PersonRow("jiangsujuan", "江素娟", "Susan Jiang", "coating", "涂装课长", "Section Head", "supervisor"),
    PersonRow("ruanxiaofeng", "阮小峰", "Frank Ruan", "plating", "电镀班长", "Shift Leader"),
    PersonRow("cenboyuan", "岑博远", "Peter Cen", "rnd", "研发部经理", "R&D Manager", "manager"),
    PersonRow("ranqinghe", "冉青禾", "Clara Ran", "rnd", "研发工程师", "R&D Engineer"),
    PersonRow("qianhuimin", "钱慧敏", "Amy Qian", "accounting", "会计科长", "Head of Accounting", "manager"),
    PersonRow("bianyuxin", "卞雨欣", "Bonnie Bian", "accounting", "会计", "Accountant"),
    PersonRow("liudacheng", "柳大成", "David Liu", "warehouse", "仓储主管", "Warehouse Supervisor", "supervisor"),
    PersonRow("humancang", "胡满仓", "Hugo Hu", "warehouse", "仓管员", "Storekeeper"),
    PersonRow("yuwenjing", "余文静", "Yvonne Yu", "hr", "人事科长", "Head of Personnel", "manager"),
    PersonRow("wanghaiyang", "汪海洋", "Wesley Wang", "service", "服务部经理", "Service Manager", "manager"),
    PersonRow("chixiaoguang", "池晓光", "Colin Chi", "service", "服务技术员", "Service Technician"),
    *centre_staff.PEOPLE,
)
# fmt: on
