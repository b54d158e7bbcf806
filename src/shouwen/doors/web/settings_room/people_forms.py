"""Forms on people, their posts and absences."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web.forms import PaperForm, Part
from shouwen.ground.foundation import clock

from . import choices


class Nothing(PaperForm):
    """A deed that needs no words."""


class Details(PaperForm):
    """What is known of a person."""

    name_zh = forms.CharField(label=_("中文姓名"), max_length=80)
    name_en = forms.CharField(label=_("英文姓名"), max_length=120, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("界面语言"), choices=settings.LANGUAGES)


class _WithPassword(PaperForm):
    """A password that Django's own rules accept."""

    user: Any = None

    def clean_password(self) -> str:
        """Long enough and not among the common ones."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.user)
        return password


class Hire(_WithPassword, Details):
    """Somebody new, with account and first post."""

    sections: ClassVar[list[Part]] = [
        Part("person", _("人员"), ["name_zh", "name_en", "email", "phone"]),
        Part("post", pgettext_lazy("post", "职务"), ["post"]),
        Part("account", _("账号"), ["username", "password", "language"]),
    ]
    post = forms.ChoiceField(label=_("主职"))
    username = forms.CharField(
        label=_("用户名"), max_length=150, validators=[RegexValidator(r"^[\w.@+-]+$")],
        help_text=_("登录时使用，可用姓名的拼音。"),
    )  # fmt: skip
    password = forms.CharField(
        label=_("初始密码"), max_length=200, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符；留空则暂不能用密码登录。"),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices.offer(self, "post", choices.NONE + posts)


class Password(_WithPassword):
    """A new password."""

    password = forms.CharField(
        label=_("新密码"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符，不能是常见密码。"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class Appoint(PaperForm):
    """Which post, from when, as the main one or on top."""

    wide: ClassVar[set[str]] = {"post"}
    post = forms.ChoiceField(label=pgettext_lazy("post", "职务"))
    since = forms.DateField(label=_("自哪一天起"))
    main = forms.BooleanField(
        label=_("作为主职"), required=False,
        help_text=_("新的主职开始时，原来的主职在前一天结束；不勾选为兼任。"),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices.offer(self, "post", choices.NONE + posts)


class Ending(PaperForm):
    """The last day, and why."""

    wide: ClassVar[set[str]] = {"reason"}
    last_day = forms.DateField(label=_("最后一天"))
    reason = forms.CharField(label=_("事由"), max_length=200)


class Absence(PaperForm):
    """Who stands in, from when to when, and why."""

    wide: ClassVar[set[str]] = {"substitute", "reason"}
    substitute = forms.ChoiceField(
        label=_("代理人"), help_text=_("代理期间，代理人以被代理人的名义签核。")
    )
    since = forms.DateTimeField(label=_("从"))
    until = forms.DateTimeField(label=_("到"))
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, *args: Any, people: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices.offer(self, "substitute", choices.NONE + people)
        self.initial.setdefault("since", clock.now().astimezone(clock.COMPANY_ZONE))
