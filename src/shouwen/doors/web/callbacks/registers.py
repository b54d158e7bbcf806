"""The registers of this room: samples, audits, reports, improvements, projects, plans."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext, pgettext_lazy

from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.tables import Column
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.work.callbacks import queries
from shouwen.work.callbacks.models import (
    Audit,
    CallbackReport,
    Project,
    RegularPlan,
    Sample,
    Suggestion,
)
from shouwen.work.callbacks.rounds import regular

from . import forms, homes
from .lists import CALLS, PAGE, nothing


def _of_period(
    found: QuerySet[Any], filters: forms.PeriodFilters, divisions: set[int], done: str
) -> QuerySet[Any]:
    found = found.filter(division_id__in=divisions)
    if asked := filters.asked("q"):
        found = found.filter(period__startswith=asked)
    if state := filters.asked("state"):
        found = found.filter(**{f"{done}__isnull": state == "open"})
    return found


def _samples(filters: forms.PeriodFilters, divisions: set[int]) -> QuerySet[Sample]:
    ready = Sample.objects.select_related("division", "closed_by")
    return _of_period(ready, filters, divisions, "closed_at")


def _sample_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("period", _("季度"), link=lambda row: reverse("callbacks:sample", args=[row.pk])),
        Column("division", _("单位"), read="division.name", phone=False),
        Column("base", _("报修件数"), kind="number"),
        Column("size", _("抽取件数"), kind="number"),
        Column("drawn_at", _("抽样时间"), kind="moment"),
        Column("closed_at", _("状态"), kind="badge", read=_closed),
        Column("closed_by", _("归档人"), kind="person", read=lambda row: row.closed_by or "—"),
    ]


def _closed(row: Sample) -> tuple[str, Any]:
    return ("done", _("已归档")) if row.closed_at else ("now", _("回访中"))


def _audits(filters: forms.PeriodFilters, divisions: set[int]) -> QuerySet[Audit]:
    ready = Audit.objects.select_related("division", "submitted_by")
    return _of_period(ready, filters, divisions, "submitted_at")


def _audit_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("period", _("季度"), link=lambda row: reverse("callbacks:audit", args=[row.pk])),
        Column("role", _("考核部门"), read=lambda row: homes.department(row.role, row.division_id)),
        Column("division", _("单位"), read="division.name", phone=False),
        Column("score", _("得分"), kind="number"),
        Column("state", _("状态"), kind="badge", read=_signed),
        Column("submitted_by", _("签署人"), kind="person", read=lambda r: r.submitted_by or "—"),
        Column("submitted_at", _("签署时间"), kind="moment", phone=False),
    ]


def _signed(row: Audit) -> tuple[str, Any]:
    return ("done", _("已签署")) if row.submitted_at else ("draft", _("核实中"))


def _reports(filters: forms.PeriodFilters, divisions: set[int]) -> QuerySet[CallbackReport]:
    ready = CallbackReport.objects.select_related("division", "submitted_by", "acknowledged_by")
    return _of_period(ready, filters, divisions, "acknowledged_at")


def report_state(row: CallbackReport) -> tuple[str, Any]:
    """How far a report has come."""
    if row.acknowledged_at:
        return "done", _("主任已阅")
    return ("now", _("待主任阅知")) if row.submitted_at else ("draft", _("编制中"))


def _report_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("period", _("月份"), link=lambda row: reverse("callbacks:report", args=[row.pk])),
        Column("division", _("单位"), read="division.name", phone=False),
        Column("owed", _("应访"), kind="number", read=lambda row: row.figures["total"]["owed"]),
        Column("rate", _("回访率"), kind="percent", read=lambda row: row.figures["total"]["rate"]),
        Column(
            "unhappy", _("不满意"), kind="number",
            read=lambda row: row.figures["total"]["unhappy"],
        ),
        Column("state", _("状态"), kind="badge", read=report_state),
        Column("submitted_at", _("上交时间"), kind="moment", phone=False),
    ]  # fmt: skip


def _improvements(filters: forms.ImprovementFilters, divisions: set[int]) -> QuerySet[Suggestion]:
    found = queries.suggestions(divisions).filter(
        filters.of_customer("callback__customer", Q(text__contains=filters.asked("q") or " "))
    )
    if decision := filters.asked("decision"):
        found = found.filter(decision="" if decision == "open" else decision)
    return found.filter(filters.within("at"))


def improvement_columns(_rows: list[Any]) -> list[Column]:
    """The columns of the improvement list."""
    return [
        Column("text", _("内容"), link=lambda row: reverse("callbacks:improvement", args=[row.pk])),
        Column("sort", _("类别"), read="get_sort_display"),
        Column("customer", pgettext("column", "客户"), read="callback.customer.name"),
        Column("at", _("提出"), kind="day", read=lambda row: clock.day_of(row.at)),
        Column("decision", _("决定"), kind="badge", read=decision_of),
        Column("owner", _("负责人"), kind="person", read=lambda row: row.owner or "—"),
        Column("due_on", _("完成日期"), kind="day", phone=False),
        Column("effect", _("落实效果"), phone=False),
    ]


def decision_of(row: Suggestion) -> tuple[str, Any]:
    """How far a suggestion has come."""
    if not row.decision:
        return "soon", row.get_decision_display()
    if row.decision == "adopted":
        return ("done", _("已落实")) if row.effect else ("now", _("采纳，落实中"))
    return "off", row.get_decision_display()


def _projects(filters: forms.ProjectFilters, divisions: set[int]) -> QuerySet[Project]:
    found = queries.projects(divisions).filter(
        filters.of_customer("customer", Q(name__contains=filters.asked("q") or " "))
    )
    if state := filters.asked("state"):
        found = found.filter(delivered_on__isnull=state == "building")
    return found


def _project_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("name", pgettext("project", "项目"),
               link=lambda row: reverse("callbacks:project", args=[row.pk])),
        Column("customer", pgettext("column", "客户"), read="customer.name"),
        Column("responsible", _("负责人"), kind="person"),
        Column("delivered_on", _("交付日期"), kind="day"),
        Column("state", _("状态"), kind="badge", read=_delivered),
        Column(
            "first_due", _("首次回访期限"), kind="day", phone=False,
            read=lambda row: row.file.first_due_on if row.file else None,
        ),
    ]  # fmt: skip


def _delivered(row: Project) -> tuple[str, Any]:
    return ("done", _("已交付")) if row.delivered_on else ("draft", _("建设中"))


def _plans(filters: forms.PlanFilters, divisions: set[int]) -> QuerySet[RegularPlan]:
    found = RegularPlan.objects.filter(division_id__in=divisions).select_related("customer")
    found = found.filter(filters.of_customer("customer", Q()))
    return found.filter(group=filters.asked("group")) if filters.asked("group") else found


def _plan_columns(rows: list[Any]) -> list[Column]:
    now = clock.now()
    return [
        Column("customer", pgettext("column", "客户"), read="customer.name",
               link=lambda row: reverse("callbacks:set_group", args=[row.customer_id])),
        Column("group", _("客户类别"), read=lambda row: group_name(row.group)),
        Column("last_on", _("上次回访"), kind="day"),
        Column("next_on", _("下次回访"), kind="day", read=lambda row: regular.next_on(row, now)),
    ]  # fmt: skip


def group_name(group: str) -> str:
    """How a class is called; that of all others has a word of its own."""
    return _("未归类") if group == "default" else group


SAMPLES = Listing(
    "samples", _l("主任抽查"), forms.PeriodFilters, _samples, _sample_columns, ("-period", "-id"),
    nothing(
        N_("还没有抽过样本"),
        N_("一个季度结束后，从该季的报修记录中随机抽取。"), "dice-3",
    ),
    None, PAGE,
)  # fmt: skip
AUDITS = Listing(
    "audits", _l("回访考核"), forms.PeriodFilters, _audits, _audit_columns, ("-period", "-id"),
    nothing(
        N_("还没有考核"),
        N_("两个部门每季各抽查一次回访工作。"), "clipboard-check",
    ),
    None, PAGE,
)  # fmt: skip
REPORTS = Listing(
    "reports", _l("回访报告"), forms.PeriodFilters, _reports, _report_columns, ("-period", "-id"),
    nothing(
        N_("还没有报告"),
        N_("每月汇总一次上月的回访，上交主任。"), "report",
    ),
    None, PAGE,
)  # fmt: skip
IMPROVEMENTS = Listing(
    "improvements", _l("改进清单"), forms.ImprovementFilters, _improvements, improvement_columns,
    ("-id",),
    nothing(
        N_("清单上没有这样的建议"),
        N_("回访时记下的意见和建议会出现在这里。"), "bulb",
    ),
    None, PAGE,
)  # fmt: skip
PROJECTS = Listing(
    "projects", pgettext_lazy("project", "项目"), forms.ProjectFilters, _projects,
    _project_columns, ("-id",),
    nothing(
        N_("没有这样的项目"),
        N_("登记项目，交付时建立回访档案。"), "building-community",
    ),
    None, PAGE,
)  # fmt: skip
PLANS = Listing(
    "plans", _l("定期回访"), forms.PlanFilters, _plans, _plan_columns, ("counted_from", "pk"),
    nothing(
        N_("没有这样的客户"),
        N_("公司规定了各类客户的回访间隔之后，客户会自己排进来。"), "calendar-repeat",
    ),
    None, PAGE,
)  # fmt: skip
ALL = (CALLS, SAMPLES, AUDITS, REPORTS, IMPROVEMENTS, PROJECTS, PLANS)
