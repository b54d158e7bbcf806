from shouwen.ground.primitive import Primitive


class DuesConfig(Primitive):
    name = "shouwen.engines.dues"
    label = "dues"
