from shouwen.ground.primitive import Primitive


class CasesConfig(Primitive):
    name = "shouwen.work.cases"
    label = "cases"
