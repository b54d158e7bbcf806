from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm


class CollectedForm(PaperForm):
    """When a receivable came in."""

    collected_on = forms.DateField(label=_("收款日期"))
