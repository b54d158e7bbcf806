from shouwen.ground.primitive import Primitive


class RegulationsConfig(Primitive):
    name = "shouwen.regulations"
    label = "regulations"
