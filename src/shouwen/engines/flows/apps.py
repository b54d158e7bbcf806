from shouwen.ground.primitive import Primitive


class FlowsConfig(Primitive):
    name = "shouwen.engines.flows"
    label = "flows"
