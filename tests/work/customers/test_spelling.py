"""Pinyin and initials of company names."""

from shouwen.work.customers.spelling import folded, is_spelling, spell


def test_a_name_and_its_short_name():
    found = spell("南京悦升钣金", "悦升", "悦升", "")
    assert found.pinyin == "nanjingyueshengbanjin yuesheng"
    assert found.initials == "njysbj ys"


def test_a_phrase_is_read_as_a_phrase():
    assert spell("重庆长安").pinyin == "chongqingchangan"


def test_foreign_names_lose_case_and_accents():
    assert spell("Müller GmbH").pinyin == "mullergmbh"
    assert spell("３Ｍ 中国").initials == "3mzg"


def test_what_can_be_a_spelling():
    assert is_spelling("nj ys")
    assert not is_spelling("悦升")
    assert folded("Nan Jing'") == "nanjing"
