from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.work.cases.models import Case


class RefileForm(PaperForm):
    """What the customer says against the conclusion."""

    clauses = {"description": "R4-48"}
    description = forms.CharField(
        label=_("客户不接受的理由与现在的要求"),
        help_text=_("按客户原话填写;产品、数量与原要求从原表带入,可在新表上更改。"),
        widget=forms.Textarea,
        max_length=2000,
    )
    caller = forms.CharField(label=_("客户反映人"), max_length=40)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)

    @classmethod
    def known_of(cls, case: Case) -> dict[str, Any]:
        """Who spoke for the customer the first time."""
        return {"caller": case.text.caller, "phone": case.text.phone}
