"""Whom the demo company sells to, and what. Every name, number and address is invented."""
# ruff: noqa: E501 - a table is read by its columns, one row a line

from typing import NamedTuple


class CustomerRow(NamedTuple):
    """A customer: its salesperson's user name, its telephone, how fast it pays, how much it buys."""

    code: str
    name_zh: str
    short_name: str
    name_en: str
    region: str
    salesperson: str
    phone: str
    address: str
    days: int | None = 60
    weight: int = 3
    currency: str = "CNY"
    lateness: int = 4
    """Days after the due day on which it usually pays; beyond 60 it often does not."""


class ContactRow(NamedTuple):
    """Somebody at a customer; the first of each is its main contact."""

    customer: str
    name: str
    title: str
    phone: str
    other_phone: str = ""
    email: str = ""


class ProductRow(NamedTuple):
    """A part: its price in cents, and how many are ordered at a time."""

    part_number: str
    name_zh: str
    name_en: str
    price_cents: int
    lot: int
    unit: str = "件"


# fmt: off
CUSTOMERS = (
    CustomerRow("D001", "江南瑞风空调股份有限公司", "瑞风空调", "Ruifeng Air Conditioning", "domestic", "fangxiaotang", "0512-68230018", "苏州工业园区星湖街 328 号", 60, 8),
    CustomerRow("D002", "南京云帆通信设备有限公司", "云帆通信", "Yunfan Telecom Equipment", "domestic", "fangxiaotang", "025-58691200", "南京市江宁区将军大道 66 号", 45, 6),
    CustomerRow("D003", "无锡恒泰电梯有限公司", "恒泰电梯", "Hengtai Elevator", "domestic", "dingyiming", "0510-85213366", "无锡市新吴区长江路 21 号", 60, 6),
    CustomerRow("D004", "常州金禾农业机械有限公司", "金禾农机", "Jinhe Farm Machinery", "domestic", "dingyiming", "0519-83355120", "常州市武进区湖塘镇鸣凰路 9 号", 90, 3, lateness=25),
    CustomerRow("D005", "合肥晨光医疗器械有限公司", "晨光医疗", "Chenguang Medical Devices", "domestic", "geyuntian", "0551-65336780", "合肥市高新区望江西路 800 号", 30, 4, lateness=0),
    CustomerRow("D006", "宁波海拓仓储设备有限公司", "海拓仓储", "Haituo Storage Systems", "domestic", "geyuntian", "0574-86820199", "宁波市北仑区大碶街道 77 号", 60, 4),
    CustomerRow("D007", "杭州数联智能科技有限公司", "数联智能", "Shulian Smart Tech", "domestic", "fangxiaotang", "0571-88776600", "杭州市滨江区江陵路 1916 号", 45, 5),
    CustomerRow("D008", "上海东岳轨道车辆配件有限公司", "东岳轨道", "Dongyue Rail Components", "domestic", "zhanglixin", "021-57610088", "上海市松江区荣乐东路 2089 号", 90, 5, lateness=12),
    CustomerRow("D009", "青岛蓝海冷链设备有限公司", "蓝海冷链", "Lanhai Cold Chain", "domestic", "zhanglixin", "0532-80918800", "青岛市黄岛区团结路 2877 号", 60, 4),
    CustomerRow("D010", "武汉光谷储能系统有限公司", "光谷储能", "Guanggu Energy Storage", "domestic", "zhanglixin", "027-87561234", "武汉市东湖高新区高新大道 999 号", 60, 7),
    CustomerRow("D011", "佛山市顺美厨房电器有限公司", "顺美厨电", "Shunmei Kitchen Appliances", "domestic", "dingyiming", "0757-22338899", "佛山市顺德区容桂街道 15 号", 60, 4, lateness=18),
    CustomerRow("D012", "深圳市拓锐服务器机柜有限公司", "拓锐机柜", "Torui Server Cabinets", "domestic", "fangxiaotang", "0755-27880016", "深圳市宝安区福永街道 108 号", 45, 6),
    CustomerRow("D013", "天津渤兴汽车零部件有限公司", "渤兴汽配", "Boxing Auto Parts", "domestic", "geyuntian", "022-59887700", "天津市西青区开源路 32 号", 90, 3, lateness=35),
    CustomerRow("D014", "成都锦程充电设备有限公司", "锦程充电", "Jincheng Charging", "domestic", "dingyiming", "028-85198800", "成都市双流区西航港大道 168 号", 60, 5),
    CustomerRow("D015", "东莞市鼎峰五金制品有限公司", "鼎峰五金", "Dingfeng Hardware", "domestic", "dingyiming", "0769-83310077", "东莞市长安镇振安路 55 号", 30, 2, lateness=75),
    CustomerRow("D016", "西安华擎航空地面设备有限公司", "华擎地面", "Huaqing Ground Equipment", "domestic", "zhanglixin", "029-88448822", "西安市阎良区人民路 10 号", None, 2),
    CustomerRow("F001", "诺登海姆冷却技术公司", "诺登海姆", "Nordenheim Kühltechnik GmbH", "overseas", "meiruohan", "+49 30 23125 120", "Werkstrasse 12, Bremen", 75, 6, "EUR"),
    CustomerRow("F002", "奥克里奇网络设备公司", "奥克里奇", "Oakridge Networks Inc.", "overseas", "shaozian", "+1 510-555-0140", "88 Harbor Way, Oakland", 60, 5, "USD"),
    CustomerRow("F003", "樱井精工株式会社", "樱井精工", "Sakurai Seiko K.K.", "overseas", "baichengyu", "+81 52-950-0011", "名古屋市港区 4-7-2", 60, 4, "USD"),
    CustomerRow("F004", "贝拉科斯塔家电公司", "贝拉科斯塔", "Bellacosta Elettrodomestici S.p.A.", "overseas", "meiruohan", "+39 0521 990011", "Via Emilia 210, Parma", 90, 4, "EUR", 20),
    CustomerRow("F005", "马拉巴机电有限公司", "马拉巴机电", "Malabar Electromech Pvt. Ltd.", "overseas", "shaozian", "+91 20 2990 0011", "Plot 44, Pune", 90, 3, "USD", 40),
    CustomerRow("F006", "金威贸易有限公司", "金威贸易", "Kingsway Trading Ltd.", "overseas", "baichengyu", "+852 2999 0011", "香港九龙观塘道 388 号", 45, 3, "USD"),
    CustomerRow("F007", "塔斯曼采矿设备公司", "塔斯曼采矿", "Tasman Mining Equipment Pty Ltd", "overseas", "baichengyu", "+61 2 5550 0012", "5 Foundry Rd, Newcastle", 60, 2, "USD"),
    CustomerRow("F008", "圣安德烈医疗设备公司", "圣安德烈", "Saint-André Médical S.A.S.", "overseas", "meiruohan", "+33 1 99 00 12 34", "14 rue des Forges, Lyon", 60, 3, "EUR"),
)

CONTACTS = (
    ContactRow("D001", "任晓敏", "采购经理", "13812650018", "0512-68230018 转 806", "renxm@ruifeng.example"),
    ContactRow("D001", "贾世杰", "品质主管", "15950018826", "", "jiasj@ruifeng.example"),
    ContactRow("D001", "佘丽娟", "仓库", "0512-68230025"),
    ContactRow("D002", "单宁", "采购工程师", "13951669907", "", "shanning@yunfan.example"),
    ContactRow("D002", "窦建平", "质量经理", "18951700236"),
    ContactRow("D003", "仇海波", "供应链总监", "13706180455", "0510-85213366-212", "qiuhb@hengtai.example"),
    ContactRow("D003", "匡雅文", "来料检验", "15861580192"),
    ContactRow("D004", "柯贵山", "厂长", "13584331009"),
    ContactRow("D004", "郁春燕", "采购", "0519-83355126"),
    ContactRow("D005", "桑若兰", "供应商质量", "18055106637", "", "sangrl@chenguang.example"),
    ContactRow("D005", "房子昂", "采购主管", "13956078812"),
    ContactRow("D006", "励国强", "采购部长", "13605742281", "0574-86820199"),
    ContactRow("D006", "应佳妮", "计划", "15867840370"),
    ContactRow("D007", "楼天翔", "硬件负责人", "13588760945", "", "loutx@shulian.example"),
    ContactRow("D007", "裘安琪", "采购", "17764510826"),
    ContactRow("D008", "奚永康", "质保部", "13916880271", "021-57610088"),
    ContactRow("D008", "闵思远", "项目经理", "18601710559"),
    ContactRow("D009", "隋立群", "采购经理", "13863980446", "", "suilq@lanhai.example"),
    ContactRow("D009", "臧红霞", "质检", "0532-80918826"),
    ContactRow("D010", "熊振华", "战略采购", "13986290035", "", "xiongzh@guanggu.example"),
    ContactRow("D010", "阮静", "SQE", "18672810364"),
    ContactRow("D010", "万里", "现场工程师", "15527460988"),
    ContactRow("D011", "区嘉豪", "采购主任", "13702940518", "0757-22338899"),
    ContactRow("D011", "梁婉仪", "品管", "13590560273"),
    ContactRow("D012", "庄耀明", "采购总监", "13802280649", "", "zhuangym@torui.example"),
    ContactRow("D012", "蓝彩云", "IQC", "18923810745"),
    ContactRow("D013", "纪长海", "采购", "13602090387"),
    ContactRow("D013", "佟悦", "质量工程师", "022-59887716"),
    ContactRow("D014", "卓玛", "供应链", "13880460271", "028-85198800"),
    ContactRow("D014", "税兴国", "结构工程师", "18180520946"),
    ContactRow("D015", "麦志成", "老板", "13712880509"),
    ContactRow("D016", "弓建军", "物资科", "13991280467", "029-88448822"),
    ContactRow("D016", "党晓梅", "检验科", "18091850273"),
    ContactRow("F001", "Klaus Brandt", "Head of Purchasing", "+49 30 23125 130", "", "k.brandt@nordenheim.example"),
    ContactRow("F001", "Anke Vogel", "Quality", "+49 30 23125 144"),
    ContactRow("F002", "Dana Whitfield", "Supplier Quality", "+1 510-555-0142", "", "dwhitfield@oakridge.example"),
    ContactRow("F002", "Luis Ortega", "Buyer", "+1 510-555-0143"),
    ContactRow("F003", "樱井健一", "購買部長", "+81 52-950-0021", "", "k.sakurai@sakurai.example"),
    ContactRow("F003", "森田美咲", "品質保証", "+81 52-950-0044"),
    ContactRow("F004", "Chiara Fontana", "Acquisti", "+39 0521 990021", "", "c.fontana@bellacosta.example"),
    ContactRow("F004", "Marco Rinaldi", "Qualità", "+39 0521 990044"),
    ContactRow("F005", "Anil Deshpande", "Procurement", "+91 20 2990 0021", "", "anil@malabar.example"),
    ContactRow("F006", "何咏琪", "业务经理", "+852 2999 0021", "", "winkie@kingsway.example"),
    ContactRow("F007", "Ruth Callaghan", "Supply Manager", "+61 2 5550 0021", "", "ruth@tasman.example"),
    ContactRow("F008", "Élodie Marchand", "Achats", "+33 1 99 00 12 40", "", "e.marchand@saintandre.example"),
    ContactRow("F008", "Paul Girard", "Qualité", "+33 1 99 00 12 44"),
)

PRODUCTS = (
    # 钣金件 sheet metal
    ProductRow("SM-1001", "机柜左侧板", "Cabinet side panel, left", 8650, 200),
    ProductRow("SM-1002", "机柜右侧板", "Cabinet side panel, right", 8650, 200),
    ProductRow("SM-1003", "机柜前门", "Cabinet front door", 15800, 120),
    ProductRow("SM-1004", "机柜后门", "Cabinet rear door", 14200, 120),
    ProductRow("SM-1005", "机柜顶板", "Cabinet top panel", 6200, 200),
    ProductRow("SM-1006", "机柜底座", "Cabinet base", 11800, 150),
    ProductRow("SM-1101", "空调外机侧板", "Outdoor unit side panel", 3980, 600),
    ProductRow("SM-1102", "空调外机前面板", "Outdoor unit front panel", 5260, 600),
    ProductRow("SM-1103", "空调外机底盘", "Outdoor unit base pan", 4750, 600),
    ProductRow("SM-1104", "风机支架", "Fan bracket", 1280, 1200),
    ProductRow("SM-1201", "电梯轿厢壁板", "Elevator car wall panel", 26800, 60),
    ProductRow("SM-1202", "电梯层门板", "Elevator landing door panel", 31500, 60),
    ProductRow("SM-1203", "电梯门套", "Elevator door frame", 18900, 60),
    ProductRow("SM-1301", "储能电池箱体", "Battery pack enclosure", 42500, 80),
    ProductRow("SM-1302", "储能电池箱盖", "Battery pack cover", 16800, 80),
    ProductRow("SM-1303", "汇流排支架", "Busbar bracket", 960, 1500),
    ProductRow("SM-1401", "充电桩立柱壳", "Charger column housing", 36800, 60),
    ProductRow("SM-1402", "充电桩前盖", "Charger front cover", 12600, 100),
    ProductRow("SM-1501", "货架横梁", "Rack beam", 5480, 400),
    ProductRow("SM-1502", "货架立柱片", "Rack upright frame", 12800, 200),
    ProductRow("SM-1601", "医疗推车台面", "Medical trolley top", 9800, 100),
    ProductRow("SM-1602", "医疗推车立柱", "Medical trolley column", 7600, 100),
    ProductRow("SM-1701", "机箱安装板", "Enclosure mounting plate", 2250, 800),
    ProductRow("SM-1702", "散热器压板", "Heat-sink clamp", 380, 3000),
    ProductRow("SM-1703", "接地弯板", "Grounding angle", 165, 5000),
    ProductRow("SM-1704", "防尘网框", "Dust filter frame", 1480, 800),
    ProductRow("SM-1801", "烤箱内胆", "Oven cavity", 8900, 200),
    ProductRow("SM-1802", "烟机面板", "Range hood panel", 7450, 200),
    # 涂装件 coated parts
    ProductRow("CT-2001", "粉末喷涂面板 哑黑", "Powder-coated panel, matt black", 6800, 300),
    ProductRow("CT-2002", "粉末喷涂面板 交通白", "Powder-coated panel, traffic white", 6800, 300),
    ProductRow("CT-2003", "粉末喷涂支架 橘纹灰", "Powder-coated bracket, textured grey", 1980, 800),
    ProductRow("CT-2004", "氟碳喷涂外罩", "PVDF-coated hood", 15600, 100),
    ProductRow("CT-2005", "电泳底漆横梁", "E-coated beam", 4280, 300),
    ProductRow("CT-2006", "户外柜喷涂门板", "Outdoor cabinet coated door", 19800, 80),
    ProductRow("CT-2007", "防腐涂层托盘", "Anti-corrosion coated tray", 5450, 250),
    ProductRow("CT-2008", "丝印操作面板", "Silk-screened control panel", 3600, 400),
    ProductRow("CT-2101", "镀锌紧固板", "Galvanised fixing plate", 420, 3000),
    ProductRow("CT-2102", "镀镍导电片", "Nickel-plated contact strip", 290, 5000),
    ProductRow("CT-2103", "镀锡铜排", "Tin-plated copper busbar", 8800, 300),
    ProductRow("CT-2104", "阳极氧化铝框", "Anodised aluminium frame", 5900, 300),
    ProductRow("CT-2105", "阳极氧化手柄", "Anodised handle", 1850, 1000),
    ProductRow("CT-2106", "钝化不锈钢罩", "Passivated stainless cover", 7700, 150),
    # 电子与机电件 electronics
    ProductRow("EL-3001", "接线端子排 12 位", "Terminal block, 12-way", 1450, 1000, "只"),
    ProductRow("EL-3002", "接线端子排 24 位", "Terminal block, 24-way", 2680, 800, "只"),
    ProductRow("EL-3003", "门控开关组件", "Door switch assembly", 2350, 600, "套"),
    ProductRow("EL-3004", "风扇线束", "Fan wiring harness", 1180, 1000, "条"),
    ProductRow("EL-3005", "机柜主线束", "Cabinet main harness", 8600, 200, "条"),
    ProductRow("EL-3006", "温控模块壳体", "Thermostat housing", 1650, 800, "只"),
    ProductRow("EL-3007", "电源分配单元 8 位", "Power distribution unit, 8-way", 18500, 150, "台"),
    ProductRow("EL-3008", "指示灯组件", "Indicator lamp assembly", 980, 1500, "套"),
    ProductRow("EL-3009", "急停按钮盒", "Emergency stop box", 6450, 200, "套"),
    ProductRow("EL-3010", "电池采样线束", "Battery sensing harness", 3900, 500, "条"),
    ProductRow("EL-3011", "屏蔽罩 A 型", "Shielding can, type A", 85, 20000, "只"),
    ProductRow("EL-3012", "屏蔽罩 B 型", "Shielding can, type B", 96, 20000, "只"),
    ProductRow("EL-3013", "控制器铝壳", "Controller aluminium case", 4380, 400, "只"),
    ProductRow("EL-3014", "接触器安装组", "Contactor mounting kit", 2180, 500, "套"),
    # 装配件与包装 assemblies
    ProductRow("AS-4001", "42U 机柜总成", "42U cabinet assembly", 186000, 20, "台"),
    ProductRow("AS-4002", "储能舱配电柜总成", "Energy container switch cabinet", 268000, 10, "台"),
    ProductRow("AS-4003", "铝型材护栏", "Aluminium guard rail", 9600, 150, "米"),
    ProductRow("AS-4004", "密封胶条", "Sealing strip", 620, 2000, "米"),
)
# fmt: on
