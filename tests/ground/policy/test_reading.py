"""Strict YAML: what is wrong is refused with its line, what YAML guesses is refused too."""

import pytest

from shouwen.ground.policy.reading import Mistakes, read


def mistakes(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        read(path, "r90/x.yaml")
    return [str(one) for one in caught.value.found]


def content(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path, "r90/x.yaml")


def test_every_duplicate_key_is_named_with_its_line(tmp_path):
    assert mistakes(tmp_path, "a: 1\nb: 2\na: 3\nb: 4\n") == [
        "r90/x.yaml:3: “a”写了两次",
        "r90/x.yaml:4: “b”写了两次",
    ]


@pytest.mark.parametrize("key", ["on", "Off", "yes", "NO", "true", "y"])
def test_a_key_that_looks_boolean_is_refused(tmp_path, key):
    if key == "y":  # libyaml reads it as text, other readers of YAML do not
        assert content(tmp_path, "y: 1").data == {"y": 1}
        return
    assert mistakes(tmp_path, f"ok: 1\n{key}: 2") == [
        f"r90/x.yaml:2: 键“{key}”会被 YAML 当作真假值，请换一个词"
    ]


@pytest.mark.parametrize("value", ["yes", "off", "8:30", "010", "0x1F", "1_000", ".inf", "1e3"])
def test_a_value_that_yaml_would_guess_must_be_quoted(tmp_path, value):
    if value == "1e3":  # text to YAML 1.1: nothing is guessed
        assert content(tmp_path, "a: 1e3").data == {"a": "1e3"}
        return
    assert f"“{value}”会被 YAML 另作解释" in mistakes(tmp_path, f"a:\n  b: {value}")[0]
    assert content(tmp_path, f'a: "{value}"').data == {"a": value}


def test_plain_values_stay_what_they_are(tmp_path):
    text = "a: true\nb: -15\nc: 2.50\nd: 2024-01-31\ne: ~\nf: 250507\ng: [x, {h: null}]\n"
    assert content(tmp_path, text).data == {
        "a": True, "b": -15, "c": 2.5, "d": "2024-01-31", "e": None, "f": 250507,
        "g": ["x", {"h": None}],
    }  # fmt: skip


def test_numbers_are_no_keys(tmp_path):
    assert "请加引号" in mistakes(tmp_path, "a: 1\n7: 2")[0]


def test_broken_yaml_names_the_line(tmp_path):
    assert mistakes(tmp_path, "a: [1, 2\nb: 3\n")[0].startswith("r90/x.yaml:2: 不是合格的 YAML")


def test_a_file_inside_itself_is_refused(tmp_path):
    assert "引用了自身" in mistakes(tmp_path, "a: &x\n  b: *x\n")[0]


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Mistakes, match=r"r90/x\.yaml:1: 读不出来"):
        read(path, "r90/x.yaml")


def test_lines_of_places(tmp_path):
    document = content(tmp_path, "- id: a\n  spec:\n    days: 3\n- id: b\n")
    assert document.line((0, "spec", "days")) == 3
    assert document.line((0, "spec", "weeks", "more")) == 2
    assert document.line((1,)) == 4
