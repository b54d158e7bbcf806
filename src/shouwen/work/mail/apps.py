from shouwen.ground.primitive import Primitive


class MailConfig(Primitive):
    name = "shouwen.work.mail"
    label = "mail"
