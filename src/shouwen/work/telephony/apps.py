from shouwen.ground.primitive import Primitive


class TelephonyConfig(Primitive):
    name = "shouwen.work.telephony"
    label = "telephony"
