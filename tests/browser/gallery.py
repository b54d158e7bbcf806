"""Every part of the product on one page, for looking at and for the accessibility check."""

import time
from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import include, path

from shouwen.config import urls as product
from shouwen.doors.web.forms import PaperForm, Part
from shouwen.doors.web.paging import Page
from shouwen.doors.web.refusals import say
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason, refuse
from shouwen.ground.journal import actions as journal

handler404 = product.handler404


class ComplaintForm(PaperForm):
    """Like the head of the complaint sheet."""

    sections = [
        Part("order", "订单与产品", ["order", "part", "shipped", "defective"], clause="R4-06"),
        Part("demand", "客户要求", ["method", "demand", "undetermined", "kind"], clause="R4-24",
             help="按客户原话填写。"),
    ]  # fmt: skip
    clauses = {"defective": "R4-24", "undetermined": "R4-26"}
    order = forms.CharField(label="订单编号")
    part = forms.CharField(label="料号", help_text="写完整料号，例如 SW-2207-B。")
    shipped = forms.DateField(label="交运日期")
    defective = forms.IntegerField(label="不良数量", help_text="不得大于交运数量。")
    method = forms.ChoiceField(label="要求方式", choices=[("", "请选择"), ("return", "退货")])
    demand = forms.CharField(label="客户要求", widget=forms.Textarea)
    undetermined = forms.BooleanField(label="客户加工中未确定", required=False)
    kind = forms.MultipleChoiceField(
        label="异常类别", choices=[("a", "尺寸"), ("b", "外观"), ("c", "性能")],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip


def gallery(request):
    """The page."""
    now = clock.now()
    hours = [-50, -2, 3, 24, 60, 24 * 12]
    form = ComplaintForm({"order": "SO-26-0311", "defective": "120", "demand": "退回不良品"})
    form.add_error("defective", "不良数量 120 大于交运数量 100 (R4-24)")
    rows = [
        {"number": f"2603{n:02}", "customer": name, "due": now + timedelta(hours=h),
         "loss": 1234567 * n, "state": state, "at": now - timedelta(hours=7 * n)}
        for n, (name, h, state) in enumerate([
            ("宁波海川轴承", -50, ("late", "逾期")),
            ("苏州恒信电机有限公司", 3, ("soon", "今天到期")),
            ("Hansen Motors GmbH", 90, ("now", "办理中")), ("常州明达", 400, ("done", "已结案")),
        ], 1)
    ]  # fmt: skip
    columns = [
        Column("number", "编号", kind="copy", sort=True),
        Column("customer", "客户", link=lambda _: "#"),
        Column("state", "状态", kind="badge"), Column("due", "期限", kind="due", sort=True),
        Column("at", "受理", kind="moment", phone=False),
        Column("loss", "损失金额", kind="money", sort=True),
    ]  # fmt: skip
    reason = Reason(
        "销售经理不能核决 120,000 元的折让",
        "R4-39",
        instead="请送副总经理核决",
        facts={"金额": "120,000.00 元", "权限上限": "50,000.00 元"},
    )
    events = [
        {"at": now, "person": request.person, "title": "质量管理部会签", "clause": "R4-30",
         "icon": "check", "state": "done", "detail": "轴承内圈尺寸超差 0.02，责任部门：制造部。"},
        {"at": now - timedelta(days=2), "person": None, "title": "受理并编号 260307",
         "clause": "R4-29", "icon": "rubber-stamp"},
    ]  # fmt: skip
    return render(request, "gallery.html", {
        "dues": [now + timedelta(hours=h) for h in hours] + [None], "form": form,
        "states": [("late", "逾期"), ("soon", "将到期"), ("now", "办理中"), ("done", "已结案"),
                   ("paused", "暂停"), ("off", "未开始"), ("void", "作废"), ("draft", "草稿")],
        "table": Table(columns, rows, request, row_state=lambda row: row["state"][0]),
        "nothing": Table(columns, [], request, empty=Empty(
            "还没有案件", "业务部填好客户抱怨处理表，总经理室受理之后，案件会列在这里。",
            url="#", action="去受理")),
        "page": Page(rows, "?before=x", "?after=x"), "reasons": [say(reason)], "now": now,
        "events": [SimpleNamespace(**{"detail": "", "state": "", "url": "", **e}) for e in events],
    })  # fmt: skip


class DraftForm(PaperForm):
    """Something to lose."""

    words = forms.CharField(label="说明")
    secret = forms.CharField(label="密码", widget=forms.PasswordInput, required=False)


def draft(request):
    """A form whose draft is kept."""
    form = DraftForm(request.POST or None)
    if form.is_valid():
        time.sleep(0.3)
        journal.record("draft.taken", request.person, by=request.person)
        return redirect("account:keys")
    page = engines["django"].from_string(
        '{% extends "web/base.html" %}{% block content %}<form method="post" data-draft="d">'
        "{% csrf_token %}{% once %}{{ form }}<button>提交</button></form>{% endblock %}"
    )
    return HttpResponse(page.render({"form": form}, request), status=422 if form.errors else 200)


def act(request):
    """A button that the regulation forbids."""
    if request.method == "POST":
        raise refuse("业务经理不能核决 120,000 元", "R4-39", instead="请送副总经理核决")
    page = engines["django"].from_string(
        '{% extends "web/base.html" %}{% block content %}<form method="post" hx-post="/act/">'
        '{% csrf_token %}{% once %}<button class="btn">送出</button></form>{% endblock %}'
    )
    return HttpResponse(page.render({}, request))


urlpatterns = [
    path("act/", act, name="act"),
    path("draft/", draft, name="draft"),
    path("gallery/", gallery, name="gallery"),
    path("", include(product)),
]
