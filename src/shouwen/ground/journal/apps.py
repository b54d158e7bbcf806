from shouwen.ground.primitive import Primitive


class JournalConfig(Primitive):
    name = "shouwen.ground.journal"
    label = "journal"
