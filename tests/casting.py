"""One person for each group of the access table, in a factory of their own."""

from types import SimpleNamespace

from shouwen.doors.web.access import GROUPS
from shouwen.ground.org import actions as org
from shouwen.ground.org.models import Person

PLACES = {
    "management": ("管理层", "Management"),
    "sales": ("业务部", "Sales"),
    "gm_office": ("总经理室", "GM Office"),
    "rules_office": ("制度管理室", "Rules Office"),
    "pm_group": ("生产管理组", "Production Management"),
    "quality": ("质量管理部", "Quality"),
    "manufacturing": ("制造部", "Manufacturing"),
    "plant_office": ("经理室", "Plant Office"),
    "rnd": ("研发部", "R&D"),
    "accounting": ("会计科", "Accounting"),
    "warehouse": ("成品仓储", "Warehouse"),
    "hr": ("人事科", "Personnel"),
    "service": ("服务部", "Service"),
    "customer_service": ("客服部", "Customer Service"),
}


def company() -> SimpleNamespace:
    """The factory: `cast.sales`, `cast.gm`, … are people; `cast.units["sales"]` their units."""
    made = SimpleNamespace(units={})
    made.group = org.add_unit("group", name_zh="集团", name_en="Group")
    made.division = org.add_unit(
        "factory", name_zh="首问机电厂", name_en="Shouwen Works", function="management",
        parent=made.group, division=True,
    )  # fmt: skip
    made.sister = org.add_unit("sister", name_zh="物业中心", parent=made.group, division=True)
    made.units["management"] = made.division
    for function, (zh, en) in PLACES.items():
        if function not in made.units:
            parent = made.units["gm_office"] if function == "pm_group" else made.division
            made.units[function] = org.add_unit(
                function.replace("_", "-"), name_zh=zh, name_en=en, function=function, parent=parent
            )
    for number, (group, role) in enumerate(GROUPS.items()):
        setattr(made, group, _person(made, group, role, number))
    return made


SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"


def _person(made: SimpleNamespace, group: str, role: str, number: int) -> Person:
    """Somebody who holds just this role."""
    function, _dot, rank = role.partition(".")
    unit = made.sister if group == "outsider" else made.units[function or "service"]
    person = org.hire(group, name_zh=f"{SURNAMES[number]}明", name_en=group.title())
    post = org.add_post(unit, f"{unit.name_zh}{rank or '职员'}", rank=rank or "staff")
    org.appoint(person, post)
    return person
