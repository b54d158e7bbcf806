"""Forms of the working calendar."""

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm, Part
from shouwen.doors.web.settings_room import choices
from shouwen.ground.org.models import Unit

_TIMES = re.compile(r"(\d{1,2}[:：]\d{2})\s*[-–—~～至到]\s*(\d{1,2}[:：]\d{2})")


class _Scoped(PaperForm):
    """Something set for one division or, by who may, for the whole company."""

    scope = forms.ChoiceField(label=_("适用范围"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, unit: Unit, common: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices.offer(
            self,
            "scope",
            [
                ("unit", unit.name),
                *([("all", _("全公司"))] if common else []),
            ],
        )


class OneDay(_Scoped):
    """What a day is."""

    kind = forms.ChoiceField(
        label=_("这一天"), widget=forms.RadioSelect,
        choices=[("holiday", _("放假")), ("workday", _("上班")), ("clear", _("恢复原来的安排"))],
    )  # fmt: skip
    name = forms.CharField(
        label=_("名称"), max_length=40, required=False, help_text=_("例如春节、厂庆、停电检修。")
    )
    field_order = ["kind", "name", "scope"]


class YearList(PaperForm):
    """The list of a year as it was published, and where it stands."""

    text = forms.CharField(
        label=_("放假安排"), max_length=20000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("粘贴国务院办公厅通知的正文，或每行一天：2027-01-01,放假,元旦"),
    )  # fmt: skip
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("通知的文号或来源，日后可查。")
    )
    wide: ClassVar[set[str]] = {"source"}


def _times(weekday: Any) -> forms.CharField:
    return forms.CharField(label=weekday, max_length=80, required=False)


class Hours(_Scoped):
    """Working hours, one line for each weekday."""

    day_0 = _times(_("周一"))
    day_1 = _times(_("周二"))
    day_2 = _times(_("周三"))
    day_3 = _times(_("周四"))
    day_4 = _times(_("周五"))
    day_5 = _times(_("周六"))
    day_6 = _times(_("周日"))
    since = forms.DateField(label=_("自哪一天起"))
    sections: ClassVar[list[Part]] = [
        Part(
            "week", _("一周"), [f"day_{n}" for n in range(7)],
            help=_("写成 08:00–12:00 13:00–17:00；休息日留空。"),
        ),
        Part("from", _("生效"), ["since", "scope"]),
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pattern: dict[str, list[list[str]]] = {}

    def clean(self) -> dict[str, Any]:
        """Read each line; what is left over is an error at its weekday."""
        found = super().clean() or {}
        for n in range(7):
            text = found.get(f"day_{n}", "")
            rest = _TIMES.sub("", text)
            if re.sub(r"[\s,，、;；]", "", rest):
                self.add_error(f"day_{n}", _("请写成 08:00–12:00 这样的形式"))
            self.pattern[str(n)] = [
                [start.replace("：", ":").zfill(5), end.replace("：", ":").zfill(5)]
                for start, end in _TIMES.findall(text)
            ]
        return found
