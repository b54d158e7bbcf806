from shouwen.ground.primitive import Primitive


class DossiersConfig(Primitive):
    name = "shouwen.work.dossiers"
    label = "dossiers"
