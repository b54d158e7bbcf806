"""The work that is measured, W1 to W8, as the other parts name it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """One kind of work; `key` is the method of a system that makes its requests."""

    key: str
    code: str
    chinese: str
    english: str
    writes: bool = False


WORKS = (
    Work("create", "W1", "登记一件投诉", "create a complaint", writes=True),
    Work("contact", "W1", "接口登记往来", "record a contact by JSON", writes=True),
    Work("first_page", "W2", "首页列表", "first page of open cases by due date"),
    Work("deep_page", "W2", "第一千页", "page 1,000 of all cases by due date"),
    Work("detail", "W3", "打开案件", "open a case with 10 follow-ups"),
    Work("search_two", "W4", "两字检索", "search of a two-character word"),
    Work("search_four", "W4", "四字检索", "search of a four-character word"),
    Work("step", "W5", "流程一步", "one step of the flow", writes=True),
    Work("statistics", "W6", "月度统计", "statistics by month, unit and outcome"),
    Work("desk", "W8", "繁忙者的桌面", "desk of a busy person"),
)
SWEEP = Work("sweep", "W7", "期限巡检", "sweep of 100,000 due clocks", writes=True)
BY_KEY = {work.key: work for work in (*WORKS, SWEEP)}
CLIENTS = (1, 4, 16)
