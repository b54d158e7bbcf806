from shouwen.ground.primitive import Primitive


class ConductConfig(Primitive):
    name = "shouwen.outcomes.conduct"
    label = "conduct"
