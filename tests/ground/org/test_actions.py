"""Units move and close, people come and go; what is refused, and what stays findable."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import actions as org
from shouwen.ground.org import naming, queries
from shouwen.ground.org.models import Adoption, Appointment, Substitution, Unit

from .conftest import moment

# -- units ----------------------------------------------------------------------------------------


def test_a_moved_unit_takes_all_below_it_and_the_old_tree_can_be_drawn(factory):
    team = org.add_unit("team", name_zh="一班", parent=factory.domestic)
    org.move_unit(factory.domestic, factory.office, reason="改隶", by=factory.keeper)
    assert Unit.objects.get(code="team").path.startswith(factory.office.path)
    assert Unit.objects.get(code="team").path.endswith(f"/{factory.domestic.pk}/{team.pk}/")
    above = queries.superiors(factory.seller, factory.factory)
    assert above == [factory.lead, factory.office_head, factory.deputy, factory.gm]
    before = queries.superiors(factory.seller, factory.factory, on=date(2026, 3, 9))
    assert factory.sales_head in before
    entry = timeline(factory.domestic).filter(event="unit.moved").get()
    assert entry.data["before"] == factory.sales.pk


def test_a_unit_moved_twice_in_a_day_stands_where_it_was_put_last(factory):
    org.move_unit(factory.domestic, factory.office, reason="改隶")
    org.move_unit(factory.domestic, factory.quality, reason="更正")
    assert factory.domestic.placements.count() == 2
    assert list(queries.staffing().upward(factory.domestic.pk))[1] == factory.quality.pk


@pytest.mark.parametrize(
    ("unit", "parent", "why"),
    [
        ("sales", "domestic", "自己之下"),
        ("sales", "sales", "自己之下"),
        ("sales", "sister", "案件会无人处理"),
        ("sales", "group", "案件会无人处理"),
        ("sister", "factory", "之内不能再设"),
    ],
)
def test_moves_that_are_refused(factory, unit, parent, why):
    with pytest.raises(Refused, match=why):
        org.move_unit(getattr(factory, unit), getattr(factory, parent), reason="x")


def test_the_successor_takes_over_what_a_closed_unit_left_open(factory):
    org.close_unit(factory.domestic, successor=factory.quality, reason="撤并")
    assert queries.current(factory.domestic) == factory.quality
    assert factory.domestic.pk in queries.units_of(factory.inspector)
    assert queries.division_of(factory.domestic) == factory.factory
    assert not queries.holds(factory.seller, "sales", factory.factory)
    assert queries.holds(factory.seller, "sales", factory.factory, on=date(2026, 3, 9))


def test_a_chain_of_successors_is_followed(factory):
    org.close_unit(factory.domestic, successor=factory.pm_group, reason="撤并")
    org.close_unit(factory.pm_group, successor=factory.quality, reason="撤并")
    assert queries.current(factory.domestic) == factory.quality


def test_a_unit_is_not_closed_without_an_heir_or_over_others(factory):
    for unit, heir, why in [
        (factory.sales, factory.quality, "之下还有"),
        (factory.quality, factory.quality, "另一个现有部门"),
        (factory.quality, factory.rules, "同一单位之内"),
        (factory.factory, factory.sister, "不能撤销"),
    ]:
        with pytest.raises(Refused, match=why):
            org.close_unit(unit, successor=heir, reason="x")


def test_a_unit_code_is_unique_and_plain(factory):
    with pytest.raises(Refused, match="已被使用"):
        org.add_unit("sales", name_zh="又一个")
    with pytest.raises(ValidationError):
        org.add_unit("Sales Dept", name_zh="又一个")


def test_a_division_stands_in_no_other(factory):
    with pytest.raises(Refused, match="之内不能再设"):
        org.add_unit("inner", name_zh="厂中厂", parent=factory.sales, division=True)


def test_renaming_keeps_the_old_name_in_the_journal(factory):
    org.change_unit(factory.sales, name_zh="营业部", name_en="", function="sales")
    assert queries.unit("sales").name == "营业部"
    entry = timeline(factory.sales).first()
    assert entry.data["changed"] == {"name_zh": ["业务部", "营业部"]}


# -- people ---------------------------------------------------------------------------------------


def test_a_person_has_an_account_and_can_be_found_by_pinyin(factory):
    person = org.hire("zengguofan", name_zh="曾国藩", email="z@example.com")
    assert (person.pinyin, person.initials) == ("zengguofan", "zgf")
    assert not person.user.has_usable_password()
    with pytest.raises(Refused, match="已被使用"):
        org.hire("zengguofan", name_zh="另一人")


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("单雄信", "shanxiongxin", "sxx"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("任我行", "renwoxing", "rwx"),
        ("Li Ming", "liming", "lm"),
    ],
)
def test_surnames_are_read_as_surnames(name, pinyin, initials):
    assert naming.pinyin(name) == pinyin
    assert naming.initials(name) == initials


def test_a_new_main_post_ends_the_old_one_the_day_before(factory):
    post = org.add_post(factory.quality, "质管专员")
    org.appoint(factory.seller, post, since=date(2026, 4, 1))
    assert queries.main_post(factory.seller).post.unit == factory.domestic
    assert queries.main_post(factory.seller, date(2026, 4, 1)).post == post
    factory.seller_seat.refresh_from_db()
    assert factory.seller_seat.until == date(2026, 3, 31)


def test_a_second_post_comes_on_top(factory):
    post = org.add_post(factory.quality, "兼任质管")
    org.appoint(factory.seller, post, main=False)
    titles = [held.post.title for held in queries.posts_of(factory.seller)]
    assert titles == ["业务员", "兼任质管"]
    assert queries.holds(factory.seller, "quality", factory.factory)


def test_appointments_that_are_refused(factory):
    seat = factory.seller_seat
    with pytest.raises(Refused, match="已担任"):
        org.appoint(factory.seller, seat.post, main=False)
    with pytest.raises(Refused, match="须晚于此日"):
        org.appoint(factory.seller, factory.gm_seat.post, since=date(2026, 1, 5))
    org.close_unit(factory.pm_group, successor=factory.office, reason="撤并")
    with pytest.raises(Refused, match="已撤销"):
        org.appoint(factory.seller, factory.registrar_seat.post)
    org.leave(factory.seller2, reason="离职")
    with pytest.raises(Refused, match="已离职"):
        org.appoint(factory.seller2, seat.post)


def test_who_left_holds_nothing_and_cannot_sign_in(factory):
    org.leave(factory.seller, reason="离职", by=factory.keeper)
    assert queries.people("unit:domestic", factory.factory) == [factory.seller2, factory.lead]
    factory.seller.user.refresh_from_db()
    assert not factory.seller.user.is_active
    assert queries.person(factory.seller.pk).name == "陈晨"  # what he did keeps his name


def test_an_appointment_ends_once_and_not_before_it_began(factory):
    with pytest.raises(Refused, match="早于开始日"):
        org.end_appointment(factory.seller_seat, last_day=date(2026, 1, 4), reason="x")
    org.end_appointment(factory.seller_seat, reason="x")
    with pytest.raises(Refused, match="结束"):
        org.end_appointment(factory.seller_seat, reason="x")


def test_the_database_itself_keeps_periods_apart(factory):
    seat = factory.seller_seat
    org.end_appointment(seat, last_day=date(2026, 3, 31), reason="x")
    day = timedelta(days=1)
    for since, until in [(seat.since, None), (date(2026, 3, 31), None), (seat.since, seat.since)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(
                person=seat.person, post=seat.post, main=False, since=since, until=until
            )
    Appointment.objects.create(
        person=seat.person, post=seat.post, main=False, since=date(2026, 3, 31) + day
    )


# -- standing in ----------------------------------------------------------------------------------

DAY = timedelta(days=1)


def away(factory, who, other, since="2026-03-10 08:00", days=2, by=None):
    start = moment(since)
    return org.substitute_while_away(
        getattr(factory, who), getattr(factory, other), since=start, until=start + days * DAY,
        reason="出差", by=by,
    )  # fmt: skip


def test_a_substitute_acts_from_the_moment_to_the_moment(factory):
    away(factory, "lead", "seller")
    start = moment("2026-03-10 08:00")
    for at, acting in [(start, True), (start + 2 * DAY, False), (start - DAY, False)]:
        assert (queries.stand_ins(factory.lead, at) == [factory.seller]) is acting
        assert (queries.acting_for(factory.seller, at) == [factory.lead]) is acting
    whom = queries.as_whom(factory.seller, "sales.supervisor", factory.factory, start)
    assert whom == factory.lead
    assert queries.as_whom(factory.seller2, "sales.supervisor", factory.factory, start) is None


def test_the_substitute_of_an_absent_substitute_acts(factory):
    away(factory, "sales_head", "lead")
    away(factory, "lead", "seller")
    at = moment("2026-03-10 12:00")
    assert queries.stand_ins(factory.sales_head, at) == [factory.seller]
    assert queries.acting_for(factory.seller, at) == [factory.lead, factory.sales_head]
    assert queries.acting_for(factory.lead, at) == []


def test_a_ring_of_three_ends(factory):
    away(factory, "sales_head", "lead")
    away(factory, "lead", "seller")
    away(factory, "seller", "sales_head")
    assert queries.stand_ins(factory.lead, moment("2026-03-10 12:00")) == []


def test_substitutes_that_are_refused(factory):
    away(factory, "lead", "seller")
    for who, other, why in [
        ("lead", "lead", "不能是本人"),
        ("lead", "seller", "已代理"),
        ("seller", "lead", "互相代理"),
    ]:
        with pytest.raises(Refused, match=why):
            away(factory, who, other)
    with pytest.raises(Refused, match="晚于开始"):
        away(factory, "gm", "deputy", days=0)
    org.leave(factory.seller2, reason="离职")
    with pytest.raises(Refused, match="已离职"):
        away(factory, "gm", "seller2")
    stranger = org.hire("stranger", name_zh="外人")
    org.appoint(stranger, org.add_post(factory.sister, "物业员"))
    factory.stranger = stranger
    with pytest.raises(Refused, match="同一单位"):
        away(factory, "gm", "stranger")


def test_oneself_the_superior_and_the_keeper_name_a_substitute(factory):
    away(factory, "seller", "lead", by=factory.seller)
    away(factory, "seller", "lead", "2026-04-10 08:00", by=factory.sales_head)
    away(factory, "seller", "lead", "2026-05-10 08:00", by=factory.keeper)
    with pytest.raises(Refused, match="本人、其上级"):
        away(factory, "seller", "lead", "2026-06-10 08:00", by=factory.inspector)


def test_back_before_the_time(factory):
    absence = away(factory, "lead", "seller")
    later = away(factory, "lead", "seller2", "2026-05-10 08:00")
    org.return_early(absence, by=factory.lead)
    assert queries.stand_ins(factory.lead, moment("2026-03-10 10:00")) == []
    org.return_early(later)  # never began
    assert Substitution.objects.count() == 1
    with pytest.raises(Refused, match="已结束"):
        org.return_early(absence)


# -- adoption -------------------------------------------------------------------------------------


def test_a_division_adopts_an_edition_and_later_the_next(factory):
    org.adopt_regulation(factory.factory, "R4", 1, since=date(2026, 1, 10))
    org.adopt_regulation(factory.factory, "R4", 2, since=date(2026, 4, 1), by=factory.keeper)
    found = [
        queries.adopted(factory.factory, "R4", day)
        for day in (date(2026, 1, 9), date(2026, 1, 10), date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert found == [None, 1, 1, 2]
    assert queries.adopted(factory.sister, "R4") is None
    with pytest.raises(Refused, match="没有采用制度R3"):
        queries.require_adopted(factory.factory, "R3")


def test_adoptions_that_are_refused(factory):
    first = org.adopt_regulation(factory.factory, "R4", 1)
    with pytest.raises(Refused, match="须晚于此日"):
        org.adopt_regulation(factory.factory, "R4", 2, since=date(2026, 3, 10))
    with pytest.raises(Refused, match="不是独立采用制度"):
        org.adopt_regulation(factory.sales, "R4", 1)
    with pytest.raises(Refused, match="制度管理员"):
        org.adopt_regulation(factory.sister, "R4", 1, by=factory.seller)
    with pytest.raises(Refused, match="早于开始日"):
        org.end_adoption(first, last_day=date(2026, 3, 9), reason="x")
    org.end_adoption(first, last_day=date(2026, 3, 31), reason="x")
    assert queries.adopted(factory.factory, "R4", date(2026, 4, 1)) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(
            division=factory.factory, regulation="R4", edition=3, since=date(2026, 3, 31)
        )


# -- the roster and transactions -------------------------------------------------------------------


def test_what_is_rolled_back_was_never_seen(factory):
    assert queries.holds(factory.seller, "sales", factory.factory)
    with transaction.atomic():
        org.end_appointment(factory.seller_seat, last_day=date(2026, 3, 9), reason="x")
        assert not queries.holds(factory.seller, "sales", factory.factory)
        transaction.set_rollback(True)
    assert queries.holds(factory.seller, "sales", factory.factory)


@pytest.mark.django_db(transaction=True)
def test_others_see_it_when_it_is_committed():
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def seen_elsewhere():
        try:
            return [unit.code for unit in queries.divisions()]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        org.add_unit("one", name_zh="一", division=True)
        assert other.submit(seen_elsewhere).result() == ["one"]
        with transaction.atomic():
            org.add_unit("two", name_zh="二", division=True)
            assert [unit.code for unit in queries.divisions()] == ["one", "two"]
            assert other.submit(seen_elsewhere).result() == ["one"]
        assert other.submit(seen_elsewhere).result() == ["one", "two"]


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_two_keepers_give_one_person_two_main_posts_and_one_is_refused():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connection

    unit = org.add_unit("one", name_zh="一", division=True)
    person = org.hire("someone", name_zh="某人")
    posts = [org.add_post(unit, f"职务{n}") for n in range(2)]
    together = Barrier(2)

    def appoint(post):
        try:
            together.wait(10)
            org.appoint(person, post)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(appoint, posts))
    assert answers[0] == ""
    assert "须晚于此日" in answers[1]
    assert Appointment.objects.filter(person=person).count() == 1
