from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web.forms import PaperForm
from shouwen.ground.org.models import Unit


class UploadForm(PaperForm):
    division = forms.ChoiceField(label=_("单位"))
    file = forms.FileField(
        label=pgettext_lazy("one", "文件"),
        help_text=_("xlsx 或 csv，不超过 5 MB、5,000 行；先试算，确认后才写入"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, divisions: Sequence[Unit], **kw: Any) -> None:
        super().__init__(*args, **kw)
        choice = self.fields["division"]
        choice.choices = [(one.code, one.name) for one in divisions]  # type: ignore[attr-defined]
        if len(divisions) == 1:
            choice.initial = divisions[0].code
            choice.widget = forms.HiddenInput()
