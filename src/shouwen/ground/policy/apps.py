from shouwen.ground.primitive import Primitive


class PolicyConfig(Primitive):
    name = "shouwen.ground.policy"
    label = "policy"
