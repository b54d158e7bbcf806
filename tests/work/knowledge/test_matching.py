"""A phrase is found however it is written; what only looks like it is not."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from shouwen.work.knowledge import matching

NOISE = " \t\n　，。！、…·-—*_~'\"“”()（）【】\u200b\u200d\ufeff"
noise = st.text(alphabet=NOISE, max_size=5)
words = st.text(max_size=60)
phrases = st.text(alphabet="不知道归我管随便abcABC123ａｂ", min_size=1, max_size=8)


@given(phrases, st.data(), words, words)
def test_spaces_signs_and_width_never_hide_a_phrase(phrase, data, before, after):
    spread = "".join(sign + data.draw(noise) for sign in phrase)
    key = matching.key_of(phrase)
    found = matching.find(f"{before}{spread}{after}", [key])
    assert [one.phrase for one in found] == [key]


@given(st.text(alphabet="abcxyz019", min_size=1, max_size=8), words)
def test_full_width_is_the_same(phrase, before):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in phrase.upper())
    assert unicodedata.normalize("NFKC", wide) == phrase.upper()
    assert matching.find(before + wide, [matching.key_of(phrase)])


@given(words, st.lists(phrases, max_size=4))
def test_the_pieces_make_up_the_words_again_and_mark_each_find(text, wanted):
    keys = [matching.key_of(one) for one in wanted]
    found = matching.find(text, keys)
    pieces = matching.pieces(text, found)
    assert "".join(piece for piece, _bad in pieces) == text
    marked = matching.key_of("".join(piece for piece, bad in pieces if bad))
    for one in found:
        assert one.phrase in matching.key_of(text[one.start : one.end])
        assert one.phrase[0] in marked


@given(words)
def test_what_is_not_there_is_not_found(text):
    there = "不归我管" in matching.key_of(text)
    assert bool(matching.find(text, [matching.key_of("不归我管")])) is there


def test_the_excerpt_marks_the_phrase():
    text = "您好，这件事情 不 归我管，请您问一下别的部门好吗谢谢"
    (found,) = matching.find(text, ["不归我管"])
    assert matching.excerpt(text, found) == "您好，这件事情【不 归我管】，请您问一下别的部门好吗…"


def test_an_empty_phrase_finds_nothing():
    assert matching.find("任何话", [matching.key_of("！…")]) == []
