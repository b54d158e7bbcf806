from shouwen.doors.web import links
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person
from shouwen.work.mail import access

links.register("rawmail", N_("来信"), "mail", "mail:show")
links.register("mailbox", N_("邮箱"), "inbox", "mail:box")


def _opens_mail(person: Person) -> bool:
    return bool(access.divisions(person))


for name in ("mail:list", "mail:boxes"):
    links.only_for(name, _opens_mail)
