import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwen.doors.api.sizes import KB, PORTAL_BYTES
from shouwen.doors.web.refusals import say
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org.models import Unit
from shouwen.work.ways.rules import MOST_PHOTOS, MOST_WORDS


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; none is as good."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PhotosInput(attrs={"accept": "image/jpeg,image/png"})
        super().__init__(widget=widget, required=False, label=_("照片"), max_length=200, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> "list[File[bytes]]":
        """Each by itself, as the single field does."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        single = super().clean
        return [single(one, initial) for one in given]


class PortalForm(forms.Form):
    """A form of the portal: plain, with its errors at the fields. `website` is for machines."""

    website = forms.CharField(required=False, max_length=200, label=_("请留空"))
    token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("initial", {}).setdefault("token", secrets.token_urlsafe(24))
        super().__init__(*args, **kwargs)
        if photos := self.fields.get("photos"):
            photos.help_text = gettext("JPG 或 PNG，最多 %(most)s 张，合计不超过 %(size)s MB") % {
                "most": MOST_PHOTOS,
                "size": PORTAL_BYTES // KB // KB,
            }
        self.fields["website"].widget.attrs.update(tabindex="-1", autocomplete="off")

    def clean(self) -> dict[str, Any]:
        """A machine fills in every field it finds."""
        found = super().clean() or {}
        if found.get("website"):
            raise forms.ValidationError(_("未能受理，请刷新页面重新填写，或拨打公示的电话。"))
        if len(found.get("token", "")) < 24:
            found["token"] = secrets.token_urlsafe(24)
        return found

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields people fill in."""
        return [one for one in self.visible_fields() if one.name != "website"]

    def take(self, refused: Refused) -> None:
        """Say each reason at its field, without numbers of clauses."""
        for reason in refused.reasons:
            said = say(reason)
            name = reason.field if reason.field in self.fields else None
            self.add_error(name, f"{said.message} {said.instead}".strip())


class FilingForm(PortalForm):
    """What a customer brings."""

    division = forms.TypedChoiceField(label=_("哪个单位"), coerce=int)
    name = forms.CharField(label=_("您的称呼"), max_length=60)
    phone = forms.CharField(
        label=_("联系电话"), max_length=40, help_text=_("查询进度时凭编号和这个电话")
    )
    body = forms.CharField(
        label=_("什么事"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )
    wanted = forms.CharField(
        label=_("希望怎样解决"), max_length=MOST_WORDS, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    photos = PhotosField()
    label = forms.SlugField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, units: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        field.choices = [(one.pk, one.name) for one in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            field.widget = forms.HiddenInput()
            self.initial["division"] = units[0].pk
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["phone"].widget.attrs.update(autocomplete="tel", inputmode="tel", type="tel")


class FollowForm(PortalForm):
    """Number and telephone."""

    number = forms.CharField(label=_("编号"), max_length=30)
    phone = forms.CharField(label=_("填报时的电话"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs.update(autocomplete="off", placeholder="260315-001")
        self.fields["phone"].widget.attrs.update(autocomplete="tel", inputmode="tel", type="tel")


class WordForm(PortalForm):
    """One more word, or a photo."""

    body = forms.CharField(
        label=_("补充说明"), max_length=MOST_WORDS, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    photos = PhotosField()


class VerdictForm(PortalForm):
    """Good, or what is missing."""

    satisfied = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    words = forms.CharField(
        label=_("哪里还没有办好"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


WRONG_PAIR = _("没有找到：请核对编号，以及填报时留的电话。")

"""The one answer to an unknown number and to a wrong telephone."""
