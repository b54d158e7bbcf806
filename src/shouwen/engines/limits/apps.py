from shouwen.ground.primitive import Primitive


class LimitsConfig(Primitive):
    name = "shouwen.engines.limits"
    label = "limits"
