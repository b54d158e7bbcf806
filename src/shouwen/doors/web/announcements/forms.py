from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm


class BoardFilters(PaperForm):
    """Whose announcements; what cannot be read does not filter."""

    q = forms.CharField(label=_("查找"), max_length=60, required=False)
    since = forms.DateField(label=_("公布自"), required=False)
    until = forms.DateField(label=_("公布至"), required=False)

    def __init__(self, data: Any, divisions: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["q"].widget.attrs["placeholder"] = _("编号、姓名")
        self.is_valid()

    def asked(self, name: str) -> Any:
        """The value of a filter, or nothing."""
        return self.cleaned_data.get(name)
