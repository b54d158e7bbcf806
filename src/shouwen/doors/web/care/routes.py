from datetime import date
from typing import Any

from shouwen.doors.web.access import Route
from shouwen.doors.web.customers.routes import made_contact, made_customer
from shouwen.ground.foundation import clock
from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import compiling, keeping, merging, offers, opinions
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.customers.models import Customer, Merge, Offer, Opinion, Opportunity


def a_customer(cast: Any) -> dict[str, Any]:
    """A customer's address."""
    return {"pk": made_customer(cast).pk}


def a_grade(cast: Any) -> dict[str, Any]:
    """The address of one of the two grades, and the company's list of them."""
    return {**a_customer(cast), "kind": "grade"}


def made_opportunity(cast: Any) -> Opportunity:
    """A need that may become business."""
    return keeping.note_opportunity(
        made_customer(cast), need="加购", next_step="报价", owner=cast.sales, by=cast.sales
    )


def an_opportunity(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": made_opportunity(cast).pk}


def made_offer(cast: Any) -> Offer:
    """An offer of the factory."""
    return offers.make_offer(
        cast.division, "新涂层", "耐腐蚀。", since=date(2026, 1, 1), by=cast.sales
    )


def an_offer(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": made_offer(cast).pk}


def made_opinion(cast: Any) -> Opinion:
    """A customer's opinion for the quality department, heard by the agent."""
    draft = opinions.OpinionDraft(
        cast.division, "opinion", "包装太松。", "来电", customer=made_customer(cast),
        target=cast.units["quality"],
    )  # fmt: skip
    return opinions.record_opinion(draft, by=cast.agent)


def an_opinion(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": made_opinion(cast).pk}


def an_answered(cast: Any) -> dict[str, Any]:
    """One that was answered and that the customer waits for."""
    made = made_opinion(cast)
    opinions.answer_opinion(made, "adopted", "改用新箱。", by=cast.quality)
    return {"pk": made.pk}


def a_compilation(cast: Any) -> dict[str, Any]:
    """What the quality department is to answer."""
    made = made_opinion(cast)
    Opinion.objects.filter(pk=made.pk).update(heard_on=date(2025, 12, 3), theme="包装")
    sent = compiling.send_compilation(cast.division, date(2025, 12, 1), by=cast.sales)
    return {"pk": sent[0].pk}


def made_pair(cast: Any) -> dict[str, Any]:
    """Two records of one customer."""
    draft = CustomerDraft("C2", "悦升钣金厂", "domestic")
    other = customers.create_customer(cast.division, draft, by=None)
    return {"pk": made_customer(cast).pk, "other": other.pk}


def a_merge(cast: Any) -> dict[str, Any]:
    """A merge to be taken back."""
    pair = made_pair(cast)
    kept, gone = (Customer.objects.get(pk=pair[key]) for key in ("pk", "other"))
    made: Merge = merging.merge_customers(kept, gone, reason="同一家", by=cast.sales)
    return {"pk": made.pk}


def a_person(cast: Any) -> dict[str, Any]:
    """A contact of a customer."""
    return {"kind": "contact", "pk": made_contact(cast).pk}


def a_list(cast: Any) -> dict[str, Any]:
    """One of the lists."""
    return {"key": "opinions"}


def the_day(cast: Any) -> dict[str, Any]:
    """The last day of an offer."""
    return {"last_day": clock.today().isoformat()}


SALES: dict[str, Any] = {
    "sales": 200, "sales_manager": 200, "agent": 200, "cs_director": 200, "office_manager": 200,
    "pm_group": 200, "staff": 200,
}  # fmt: skip
"""Who may write customers: sales, service and the general manager's office."""
REFUSED = 409
DONE: dict[str, Any] = dict.fromkeys(SALES, 302)
QUALITY: dict[str, Any] = {"quality": 302}
HEARD: dict[str, Any] = {"agent": 302, "cs_director": 302}
TAKES_OUT: dict[str, Any] = {"sales": 200, "sales_manager": 200, "agent": 200, "cs_director": 200,
             "office_manager": 200}  # fmt: skip
ERASES: dict[str, Any] = {"sales_manager": 200, "cs_director": 200, "office_manager": 200}
TAKES_OUT_WRONG: dict[str, Any] = dict.fromkeys(TAKES_OUT, 422)
ERASES = {**dict.fromkeys(TAKES_OUT, REFUSED), **ERASES}

ROUTES = [
    Route("care:list", args=a_list),
    Route("care:export", args=a_list),
    Route("care:verify", "POST", args=a_customer, everyone=REFUSED, outsider=404, **DONE),
    Route("care:grade", args=a_grade, everyone=REFUSED, outsider=404),
    Route("care:timeline", args=a_customer, outsider=404),
    Route("care:new_opportunity", args=a_customer, outsider=404),
    Route("care:opportunity", args=an_opportunity, outsider=404),
    Route("care:close_opportunity", "POST", args=an_opportunity, everyone=422, outsider=404),
    Route("care:new_offer", everyone=REFUSED, **SALES),
    Route("care:offer", args=an_offer, outsider=404),
    Route(
        "care:end_offer", "POST", args=an_offer, data=the_day, everyone=422, outsider=404,
        **DONE,
    ),
    Route("care:present", args=a_customer, outsider=404),
    Route("care:new_opinion"),
    Route("care:opinion", args=an_opinion, outsider=404),
    Route(
        "care:acknowledge", "POST", args=an_opinion, everyone=REFUSED, outsider=404, **QUALITY
    ),
    Route("care:mark", "POST", args=an_opinion, everyone=422, outsider=404, **HEARD),
    Route("care:answer", "POST", args=an_opinion, everyone=422, outsider=404),
    Route("care:told", "POST", args=an_answered, everyone=422, outsider=404),
    Route("care:compilations"),
    Route("care:send", "POST", everyone=422),
    Route("care:compilation", args=a_compilation, outsider=404),
    Route("care:merge", args=a_customer, everyone=REFUSED, outsider=404, **SALES),
    Route("care:merge_confirm", args=made_pair, everyone=REFUSED, outsider=404, **SALES),
    Route("care:undo_merge", args=a_merge, everyone=REFUSED, outsider=404, **SALES),
    Route("care:person", args=a_person, everyone=403, outsider=404, **TAKES_OUT),
    Route(
        "care:export_person", "POST", args=a_person, everyone=403, outsider=404,
        **TAKES_OUT_WRONG,
    ),
    Route(
        "care:erase_person", args=a_person, everyone=403, outsider=404,
        **ERASES,
    ),
]  # fmt: skip
