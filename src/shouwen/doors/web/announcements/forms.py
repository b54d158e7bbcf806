from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters


class BoardFilters(Filters):
    """Whose announcements."""

    hint = _("编号、姓名")
    since = forms.DateField(label=_("公布自"), required=False)
    until = forms.DateField(label=_("公布至"), required=False)
