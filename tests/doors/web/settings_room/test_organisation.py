"""The tree, a unit, a person, and what the keeper does with them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries
from shouwen.ground.org.models import Person

ORGANISATION = reverse("settings:organisation")


def at(name: str, *args: object) -> str:
    return reverse(f"settings:{name}", args=args)


def test_the_tree_shows_units_people_and_who_stands_in(cast, enter):
    now = clock.now()
    org.substitute_while_away(
        cast.sales, cast.sales_manager, since=now, until=now + timedelta(days=1), reason="出差"
    )
    page = enter("staff").get(ORGANISATION).content.decode()
    assert cast.units["pm_group"].name in page
    assert f"代理：{cast.sales_manager.name}" in page
    assert "人员入职" not in page  # only the keeper's page has it
    assert "人员入职" in enter("keeper").get(ORGANISATION).content.decode()


def test_an_outsider_sees_his_own_division_only(cast, enter):
    page = enter("outsider").get(ORGANISATION).content.decode()
    assert cast.sister.name in page
    assert cast.units["sales"].name not in page


@pytest.mark.parametrize("words", ["孙", "sun", "sm", "Sales"])
def test_people_are_found_by_name_pinyin_and_initials(cast, enter, words):
    everybody = Person.objects.exclude(pk=cast.outsider.pk)
    wanted = [person for person in everybody if _is_called(person, words)]
    page = enter("staff").get(ORGANISATION, {"name": words}).content.decode()
    assert wanted
    for person in wanted:
        assert person.name in page


def _is_called(person: Person, words: str) -> bool:
    low = words.lower()
    names = (person.name_zh, person.name_en.lower(), person.pinyin)
    return any(low in n for n in names) or person.initials.startswith(low)


def test_nobody_of_that_name(cast, enter):
    assert "没有找到" in enter("staff").get(ORGANISATION, {"name": "没有"}).content.decode()


def test_the_tree_costs_the_same_however_many_people(cast, enter, django_assert_max_num_queries):
    browser = enter("staff")
    browser.get(ORGANISATION)
    with django_assert_max_num_queries(6):
        browser.get(ORGANISATION)


def test_the_keeper_sets_up_a_unit_a_post_and_somebody_on_it(cast, enter):
    browser = enter("keeper")
    sales = cast.units["sales"]
    answer = browser.post(
        at("unit_below", sales.code),
        {"code": "sales_east", "name_zh": "华东组", "name_en": "East", "function": "sales"},
    )
    assert answer.headers["Location"] == at("unit", sales.code)
    east = queries.unit("sales_east")
    assert east.parent_id == sales.pk
    browser.post(at("post_new", "sales_east"), {"title_zh": "业务员", "rank": "staff"})
    post = east.posts.get()
    answer = browser.post(
        at("hire"),
        {"name_zh": "章一", "username": "zhangyi", "post": post.pk, "language": "en",
         "password": "spruce-lamp-44"},
    )  # fmt: skip
    assert answer.status_code == 302
    person = Person.objects.get(user__username="zhangyi")
    assert queries.main_post(person).post == post
    assert person.user.check_password("spruce-lamp-44")
    assert "华东组" in browser.get(at("person", person.pk)).content.decode()


@pytest.mark.parametrize(
    ("address", "data", "said"),
    [
        ("unit_below", {"code": "sales", "name_zh": "x"}, "已被使用"),
        ("unit_below", {"code": "No Good", "name_zh": "x"}, "小写字母"),
        ("unit_below", {"code": "inner", "name_zh": "x", "division": "on"}, "之内不能再设"),
        ("unit_move", {"parent": "group", "reason": "x"}, "案件会无人处理"),
        ("unit_move", {"parent": "factory"}, "必填"),
        ("unit_closure", {"successor": "quality"}, "必填"),
        ("post_new", {"title_zh": "业务部职员", "rank": "staff"}, "已有职务"),
    ],
)
def test_what_is_refused_stands_at_its_field(cast, enter, address, data, said):
    answer = enter("keeper").post(at(address, "sales"), data)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_weak_password_is_refused(cast, enter):
    post = cast.units["sales"].posts.first()
    data = {"name_zh": "章一", "username": "zhangyi", "post": post.pk, "language": "en"}
    answer = enter("keeper").post(at("hire"), data | {"password": "123"})
    assert answer.status_code == 422
    assert not Person.objects.filter(user__username="zhangyi").exists()


def test_moving_and_closing_leave_a_history(cast, enter, now):
    now.wait(days=1)
    browser = enter("keeper")
    browser.post(at("unit_move", "service"), {"parent": "sales", "reason": "归口业务部"})
    assert "归口业务部" in browser.get(at("unit", "service")).content.decode()
    browser.post(at("unit_closure", "service"), {"successor": "quality", "reason": "撤并"})
    page = browser.get(at("unit", "service")).content.decode()
    assert "已撤销" in page
    assert cast.units["quality"].name in page
    assert "承接的部门" in browser.get(at("unit", "quality")).content.decode()


def test_one_names_a_substitute_for_oneself_and_comes_back(cast, enter):
    browser, now = enter("sales"), clock.now()
    day = clock.day_of(now)
    data = {
        "substitute": cast.sales_manager.pk, "since": f"{day}T08:00",
        "until": f"{day + timedelta(days=2)}T17:30", "reason": "出差",
    }  # fmt: skip
    assert browser.post(at("absence", cast.sales.pk), data).status_code == 302
    assert queries.stand_ins(cast.sales, now) == [cast.sales_manager]
    assert "提前结束" in browser.get(at("person", cast.sales.pk)).content.decode()
    absence = queries.absences(cast.sales, now)[0]
    browser.post(at("absence_end", cast.sales.pk, absence.pk))
    assert queries.stand_ins(cast.sales, now) == []


def test_nobody_else_ends_it(cast, enter):
    now = clock.now()
    absence = org.substitute_while_away(
        cast.sales, cast.sales_manager, since=now, until=now + timedelta(days=1), reason="出差"
    )
    answer = enter("quality").post(at("absence_end", cast.sales.pk, absence.pk))
    assert answer.status_code == 403
    assert queries.is_away(cast.sales, now)


def test_an_appointment_and_a_departure(cast, enter):
    browser, today = enter("keeper"), clock.today()
    post = cast.units["quality"].posts.first()
    browser.post(at("appointment", cast.sales.pk), {"post": post.pk, "since": today})
    held = queries.posts_of(cast.sales)
    assert [one.post.unit.code for one in held] == ["sales", "quality"]
    end = at("appointment_end", cast.sales.pk, held[1].pk)
    browser.post(end, {"last_day": today, "reason": "期满"})
    assert queries.posts_ever(cast.sales)[0].until == today
    browser.post(at("departure", cast.sales.pk), {"last_day": today, "reason": "离职"})
    page = browser.get(at("person", cast.sales.pk)).content.decode()
    assert "已离职" in page


def test_everything_is_said_in_english_too(cast, enter):
    browser = enter("keeper")
    browser.post(reverse("account:language"), {"language": "en"})
    for page in (ORGANISATION, at("unit", "sales"), at("person", cast.sales.pk), at("hire")):
        text = browser.get(page).content.decode()
        assert 'lang="en"' in text
    assert "Organisation" in browser.get(ORGANISATION).content.decode()
