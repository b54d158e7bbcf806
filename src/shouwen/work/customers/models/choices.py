"""The words of a customer's record: each list stands here once, for models and rules alike."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Region(TextChoices):
    """Which closing time limit a complaint of the customer has: 15 or 20 days (R4-59, R4-60)."""

    DOMESTIC = "domestic", _("国内")
    OVERSEAS = "overseas", _("国外")


class Channel(TextChoices):
    """By which way a customer turns to us; the first five are those the regulations name."""

    PHONE = "phone", _("电话")
    LETTER = "letter", _("来信")
    FAX = "fax", _("传真")
    VISIT = "visit", _("来访")
    MAIL = "mail", _("邮件")
    WEB = "web", _("网站")
    API = "api", _("接口")


GOING = {Channel.LETTER: _("信函"), Channel.VISIT: _("当面")}
"""Ways that are called otherwise when it is we who go them: nobody answers by a letter received."""
WAYS = [
    (str(one), GOING.get(one, one.label))
    for one in (
        Channel.PHONE, Channel.VISIT, Channel.LETTER, Channel.MAIL, Channel.FAX, Channel.WEB,
    )
]  # fmt: skip
"""By which of them he is told something, and likes to be: not through a machine."""
BY_WAY = dict(WAYS)


class Tongue(TextChoices):
    """In which language."""

    CHINESE = "zh", _("中文")
    ENGLISH = "en", _("英文")
