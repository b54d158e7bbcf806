from shouwen.ground.primitive import Primitive


class KnowledgeConfig(Primitive):
    name = "shouwen.work.knowledge"
    label = "knowledge"
