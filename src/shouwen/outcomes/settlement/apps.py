from shouwen.ground.primitive import Primitive


class SettlementConfig(Primitive):
    name = "shouwen.outcomes.settlement"
    label = "settlement"
