from shouwen.ground.primitive import Primitive


class DocumentsConfig(Primitive):
    name = "shouwen.engines.documents"
    label = "documents"
