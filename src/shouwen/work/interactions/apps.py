from shouwen.ground.primitive import Primitive


class InteractionsConfig(Primitive):
    name = "shouwen.work.interactions"
    label = "interactions"
