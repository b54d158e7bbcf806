"""What customers complain of in the demo."""

FAULTS = [
    ("表面划伤", "来料表面有明显划伤，长约 30 mm,装配前目视即可发现。", "surface", "SM CT AS"),
    ("涂层脱落", "喷涂件在搬运后出现片状脱落，百格测试不合格。", "surface", "CT"),
    ("色差超标", "同一批次颜色不一致，与签样比对色差超过 1.5。", "surface", "CT"),
    ("孔位偏移", "安装孔中心距偏移 0.8 mm,螺栓无法穿入。", "dimension", "SM CT"),
    ("折弯角度不符", "折弯角度实测 88 度，图纸要求 90±0.5 度。", "dimension", "SM"),
    ("厚度不足", "板厚实测 1.42 mm,低于图纸下限。", "dimension", "SM"),
    ("毛刺未清", "冲孔边缘毛刺高约 0.3 mm,割伤操作人员手套。", "surface", "SM"),
    ("焊点虚焊", "受力后焊点脱开，抽检十件有三件虚焊。", "function", "SM EL"),
    ("生锈", "开箱时内层零件已有锈斑，防锈袋破损。", "material", "SM"),
    ("材质不符", "光谱检测结果与材质证明不一致。", "material", "SM CT"),
    ("缺件", "整箱清点缺少配件两套，外箱封条完好。", "quantity", "EL AS"),
    ("包装破损", "外箱受潮变形，内衬未固定，到货已有碰撞痕迹。", "packing", "SM CT EL AS"),
    ("标签贴错", "箱外标签料号与实物不符，已混入我方仓库。", "packing", "SM CT EL AS"),
    ("螺纹不良", "通规不能通过，螺纹孔内有残留涂料。", "function", "SM AS"),
    ("运输变形", "托盘堆叠过高，底层零件压弯。", "transport", "SM CT AS"),
    ("平面度超差", "装配后间隙过大，平面度实测 0.9 mm。", "dimension", "SM AS"),
    ("膜厚不足", "膜厚实测 42 μm,低于图纸下限 60 μm。", "surface", "CT"),
    ("接触不良", "插接后时通时断，插拔力低于规格下限。", "function", "EL"),
    ("线序接错", "两根导线位置对调，通电测试即报警。", "function", "EL"),
    ("卡扣断裂", "装配时卡扣断裂，十件中断两件。", "material", "EL"),
    ("柜门关不严", "锁舌与锁孔错位 2 mm,柜门关上后仍有缝隙。", "function", "AS"),
]
"""Title, words, complaint item, and which families of parts can have it."""


def fault_of(part_number: str, drawn: int) -> tuple[str, str, str]:
    """A fault that such a part can have: title, words, complaint item."""
    family = part_number.partition("-")[0]
    fitting = [fault for fault in FAULTS if family in fault[3].split()]
    title, words, item, _families = fitting[drawn % len(fitting)]
    return title, words, item
