from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.ground.org.models import Person
from shouwen.work.mail import access
from shouwen.work.mail.actions import BoxDraft
from shouwen.work.mail.models import Mailbox, Outgoing, RawMail, State

ANY = ("", _("全部"))
SENT_STATES = (
    ("waiting", _("待寄")),
    ("sent", _("已寄出")),
    ("failed", _("未送达")),
)


class MailFilters(Filters):
    """What both lists filter by."""

    hint = _("地址、主题或编号")
    state = forms.ChoiceField(label=_("状态"), required=False)
    box = forms.ChoiceField(label=_("邮箱"), required=False)
    since = forms.DateField(label=pgettext_lazy("filter", "自"), required=False)
    until = forms.DateField(label=_("至"), required=False)
    field_order = ["state", "box", "q"]
    states: Any

    def __init__(self, person: Person, data: Any) -> None:
        self.person = person
        super().__init__(data)

    def prepare(self) -> None:
        """The mailboxes that the reader sees."""
        boxes = [(str(one.pk), one.address) for one in access.boxes(self.person).order_by("id")]
        self.fields["state"].choices = [ANY, *self.states]  # type: ignore[attr-defined]
        self.fields["box"].choices = [ANY, *boxes]  # type: ignore[attr-defined]


class LetterFilters(MailFilters):
    """Letters that came in."""

    states = State.choices

    def of(self, found: QuerySet[RawMail]) -> QuerySet[RawMail]:
        """The rows that are asked for."""
        exact = {"state": self.asked("state"), "mailbox_id": self.asked("box")}
        found = found.filter(**{key: value for key, value in exact.items() if value})
        if sought := self.asked("q"):
            words = Q(sender__icontains=sought) | Q(subject__icontains=sought)
            found = found.filter(words | Q(interaction__number=sought))
        return found.filter(self.within("stored_at"))


class SentFilters(MailFilters):
    """Letters that go out."""

    states = SENT_STATES

    def of(self, found: QuerySet[Outgoing]) -> QuerySet[Outgoing]:
        """The rows that are asked for."""
        failed = Q(given_up_at__isnull=False) | Q(returned_at__isnull=False)
        state = {
            "waiting": Q(sent_at__isnull=True, given_up_at__isnull=True),
            "sent": Q(sent_at__isnull=False) & ~failed,
            "failed": failed,
        }.get(self.asked("state") or "", Q())
        found = found.filter(state)
        if box := self.asked("box"):
            found = found.filter(mailbox_id=box)
        if sought := self.asked("q"):
            words = Q(to__icontains=sought) | Q(subject__icontains=sought)
            found = found.filter(words | Q(interaction__number=sought))
        return found.filter(self.within("queued_at"))


class DiscardForm(PaperForm):
    """Why nobody will read it."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class ManyFiles(forms.FileInput):
    """An input that takes more than one file."""

    allow_multiple_selected = True

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """All of them, not only the last."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class Several(forms.FileField):
    """More than one file at once; each is examined by the verb."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list, empty when nothing was chosen."""
        return [super(Several, self).clean(one, initial) for one in data or () if one]


class ReplyForm(PaperForm):
    """The answer to a letter."""

    to = forms.EmailField(label=pgettext_lazy("mail", "收件人"), max_length=254)
    subject = forms.CharField(label=_("主题"), max_length=150, required=False)
    body = forms.CharField(
        label=_("答复内容"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 9})
    )
    enclosed = Several(
        label=_("附件"), required=False,
        help_text=_("图片、PDF、Office、文本；每个不超过 10 MB。内部文件不得寄给客户。"),
    )  # fmt: skip
    definite = forms.BooleanField(
        label=_("这是明确的答复"), required=False,
        help_text=_("不是“已收到、正在办”一类的中间回话。"),
    )  # fmt: skip
    clauses = {"enclosed": "R4-54", "definite": "R3-49"}
    wide = {"to", "subject"}


class BoxForm(PaperForm):
    """A mailbox; its server and password are in the environment."""

    key = forms.CharField(
        label=_("代号"), max_length=30,
        help_text=_("收信服务器与密码写在环境变量 MAILBOX_代号 里，数据库不存密码。"),
    )  # fmt: skip
    address = forms.EmailField(label=_("地址"), max_length=254)
    sender_name = forms.CharField(label=_("寄件人名称"), max_length=60, required=False)
    folder = forms.CharField(label=_("文件夹"), max_length=100, initial="INBOX")
    answers_per_hour = forms.IntegerField(
        label=_("每个地址每小时最多自动回执"), min_value=0, max_value=20,
        help_text=_("0 表示不寄回执。自动回复和退信从不回执。"),
    )  # fmt: skip
    letters_per_hour = forms.IntegerField(
        label=_("每个地址每小时最多收信"), min_value=1, max_value=10_000,
        help_text=_("超过的先隔离，不会丢失。"),
    )  # fmt: skip
    by_plus = forms.BooleanField(
        label=_("服务器支持“名称+后缀@域名”"), required=False,
        help_text=_("支持时，回复地址里带签名，回信更可靠地归入原案。"),
    )  # fmt: skip
    active = forms.BooleanField(label=_("收信"), required=False, initial=True)

    def draft(self) -> BoxDraft:
        """The same for the verb."""
        return BoxDraft(**self.cleaned_data)


def as_typed(box: Mailbox) -> dict[str, Any]:
    """A mailbox as its form shows it."""
    return {name: getattr(box, name) for name in BoxForm.base_fields}
