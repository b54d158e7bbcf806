"""A year's list of holidays as it is published, pasted whole."""

from datetime import date

import pytest

from shouwen.ground.org import holidays
from shouwen.ground.org.holiday_notice import read
from shouwen.ground.org.worktime import SpecialDay

NOTICE_2026 = """
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""


def test_the_notice_of_2026_says_what_the_built_in_list_says():
    reading = read(NOTICE_2026, 2026)
    assert reading.problems == []
    assert reading.days == holidays.built_in(2026)


@pytest.mark.parametrize(
    ("sentence", "off", "on"),
    [
        ("一、元旦：1月1日放假，与周末连休。", ["01-01"], []),
        ("1月30日至2月1日放假，共3天", ["01-30", "01-31", "02-01"], []),
        ("国庆节：10月1日放假，10月11日(星期日)上班", ["10-01"], ["10-11"]),
        ("2月4日（星期日）、2月18日（星期日）上班。", [], ["02-04", "02-18"]),
        ("鼓励各单位结合带薪年休假，安排职工在除夕（2月9日）休息。5月1日放假。", ["05-01"], []),
        ("5月1日，5月2日放假", ["05-01", "05-02"], []),
    ],
)
def test_sentences(sentence, off, on):
    days = read(sentence, 2027).days
    assert [f"{d:%m-%d}" for d, s in sorted(days.items()) if not s.working] == off
    assert [f"{d:%m-%d}" for d, s in sorted(days.items()) if s.working] == on


def test_a_holiday_that_begins_the_year_before():
    days = read("一、元旦：2026年12月31日至2027年1月2日放假调休，共3天。", 2027).days
    assert sorted(days) == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]


def test_a_table_with_head_and_any_separator():
    text = "日期,类别,名称\n2027-01-01,放假,元旦\n2027/1/2\toff\t元旦\n2027.1.9 上班\n"
    assert read(text, 2027).days == {
        date(2027, 1, 1): SpecialDay(False, "元旦"),
        date(2027, 1, 2): SpecialDay(False, "元旦"),
        date(2027, 1, 9): SpecialDay(True, ""),
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("你好", "没有读到"),
        ("元旦：2月30日放假", "不存在的日期"),
        ("元旦：1月1日至3日放假，共5天", "天数与日期不符"),
        ("1月5日至1日放假", "不存在的日期"),
        ("2027-01-01,放假,元旦\n2027-13-01,放假,x", "第 2 行读不懂"),
        ("2027-01-01,也许,元旦", "第 1 行读不懂"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text, why):
    assert why in " ".join(str(reason) for reason in read(text, 2027).problems)
