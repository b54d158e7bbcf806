"""The signs a text is found by, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.engines.search import rules
from shouwen.engines.search.rules import Phrase, ask

DAY = date(2026, 3, 10)


def tokens(title="", body="", names=()):
    return rules.tokens(title, body, names, "case", DAY)


def test_chinese_is_cut_into_pairs_and_its_last_character():
    assert tokens("投诉账单").inline == ("投诉", "诉账", "账单", "单")


def test_runs_do_not_reach_over_punctuation():
    assert tokens("错误,单号A4").inline == ("错误", "误", "单号", "号", "a4")


def test_full_width_and_capitals_are_one_shape():
    assert tokens("ＳＯ-２０２５").inline == tokens("so-2025").inline == ("so", "2025")


def test_a_number_is_found_by_its_ends():
    assert {"13812345678", "12345678", "5678"} <= set(tokens(body="电话 138-1234-5678").extra)
    assert "so20250031" in tokens("SO-2025-0031").extra
    assert "678" not in tokens(body="13812345678").extra


def test_a_date_is_no_number():
    assert not [t for t in tokens(body="2026-03-10 到货").extra if t[0].isdigit()]


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("张伟", "zhangwei"),
        ("张伟", "zw"),
        ("杭州万方电子", "hzwfdz"),
        ("杭州万方电子", "wfdz"),
        ("杭州万方电子", "wanfangdianzi"),
        ("单雄信", "shanxiongxin"),
        ("GPS事业部", "gpssyb"),
    ],
)
def test_names_are_found_by_pinyin(name, spelling):
    assert spelling in tokens(names=[name]).extra


def test_the_month_cannot_be_typed():
    assert "·m202603" in tokens().extra
    assert ask("·m202603") == ask("m202603")


@pytest.mark.parametrize(
    ("words", "phrases"),
    [
        ("账单金额", [Phrase(("账单", "单金", "金额"))]),
        ("赔", [Phrase(("赔",), prefix=True)]),
        ("A4纸", [Phrase(("a4", "纸"), prefix=True)]),
        ("用纸A4", [Phrase(("用纸", "纸", "a4"), prefix=True)]),
        ("13", [Phrase(("13",))]),
        ("138", [Phrase(("138",), prefix=True)]),
        ("zw", [Phrase(("zw",), prefix=True)]),
        ("+86 138", [Phrase(("86",)), Phrase(("138",), prefix=True)]),
    ],
)
def test_what_words_ask_for(words, phrases):
    assert [term.readings[0] for term in ask(words)] == phrases


def test_a_number_with_signs_is_asked_for_as_one_word_too():
    (term,) = ask("+86-138-1234-5678")
    assert Phrase(("13812345678",), prefix=True) in term.readings


@pytest.mark.parametrize("nothing", ["", "   ", "---", "。,!", "\x00", "\ud800"])
def test_signs_that_ask_for_nothing(nothing):
    assert ask(nothing) == []


@given(st.text())
def test_no_text_makes_a_token_that_needs_quoting(text):
    found = tokens(text, text, [text])
    for token in (*found.inline, *found.extra):
        assert token
        assert not set(token) & set("'\"\\ \t\n*():")
        assert len(token.encode()) < 2046


def test_a_long_document_is_bounded():
    found = tokens(body="温度" * 20_000).inline
    assert len(found) == rules.LONGEST
    assert found.count("温度") == rules.MOST_OF_ONE


def test_an_excerpt_shows_where_the_words_stand():
    text = "客户来电,反映上月交付的零件有色差。" * 3 + "要求退款 USD 300"
    pieces = rules.excerpt(text, "退款 usd", width=24)
    assert [piece for piece, asked in pieces if asked] == ["退款", "USD"]
    assert "".join(piece for piece, _asked in pieces) in text
    assert rules.excerpt("没有", "退款") == [("没有", False)]
    assert rules.excerpt("  空\n格 ", "!") == [("空 格", False)]
