"""Publishing editions: all or nothing, each error at its line, nothing published ever changes."""

import json

import pytest
from django.db import DatabaseError, transaction

from shouwen.ground.policy import kinds, loading, parsers
from shouwen.ground.policy.models import Edition
from shouwen.ground.policy.reading import Mistakes, WrongAt

from .conftest import CLAUSES

pytestmark = pytest.mark.django_db


def states(folder, publish=True):
    loaded = loading.load_all(publish, root=folder.root)
    return [(one.edition.number, one.state) for one in loaded]


def refused(folder):
    with pytest.raises(Mistakes) as caught:
        loading.load_all(root=folder.root)
    return [str(one) for one in caught.value.found]


def test_loading_twice_changes_nothing(folder):
    assert states(folder) == [(1, "published")]
    before = Edition.objects.values().get()
    assert states(folder) == [(1, "unchanged")]
    assert Edition.objects.values().get() == before


def test_a_changed_figure_of_a_published_edition_is_refused_at_its_line(folder):
    states(folder)
    folder.clauses(CLAUSES.replace("days: 15", "days: 16"))
    assert refused(folder) == [
        "r90_trial/clauses.yaml:7: “R90-01 spec.days”与已发布的 R90 第 1 版不同；"
        "请立新版，写上更晚的生效日"
    ]
    assert json.loads(Edition.objects.get().body)["clauses"][0]["spec"]["days"] == 15


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("十五天", "十六天", 2, "R90-01 text.zh"),
        ("Tolerance", "Ratio", 15, "R90-02 values.0.label.en"),
        ("max: 100", "max: 50", 15, "R90-02 values.0.max"),
        ("enforced\n  module: returns", "recorded\n  module: returns", 11, "R90-02 mode"),
    ],
)
def test_every_change_of_what_it_rules_is_found(folder, old, new, line, what):
    states(folder)
    assert old in CLAUSES
    folder.clauses(CLAUSES.replace(old, new))
    assert refused(folder)[0].startswith(f"r90_trial/clauses.yaml:{line}: “{what}”")


def test_a_removed_and_an_added_clause_are_changes_too(folder):
    states(folder)
    folder.clauses(CLAUSES.split("- id: R90-02")[0])
    assert "“R90-02”" in refused(folder)[0]
    folder.clauses(CLAUSES + CLAUSES.split("- id: R90-02")[0].replace("R90-01", "R90-03"))
    assert refused(folder)[0].startswith("r90_trial/clauses.yaml:16: “R90-03")


def test_a_changed_title_is_refused_in_its_own_file(folder):
    states(folder)
    folder.head(since="2024-01-02")
    assert refused(folder)[0].startswith("r90_trial/regulation.yaml:4: “regulation:edition.since”")


def test_remarks_about_the_product_may_be_mended(folder):
    states(folder)
    digest = Edition.objects.get().digest
    folder.clauses(CLAUSES.replace("feature: {zh: 比率", "running: true\n  feature: {zh: 允收比率"))
    assert states(folder) == [(1, "mended")]
    assert Edition.objects.get().digest == digest
    assert Edition.objects.get().content["clauses"][1]["running"] is True
    assert loading.altered() == []


def test_a_new_edition_must_be_later(folder):
    states(folder)
    folder.head(number=2, since="2024-01-01")
    assert "须在已发布的第 1 版（2024-01-01 起）之后" in refused(folder)[0]
    folder.head(number=2, since="2025-01-01")
    assert states(folder) == [(2, "published")]


def test_earlier_editions_in_the_folder_are_published_first(folder):
    old = CLAUSES.replace("days: 15", "days: 20")
    folder.put("editions/1/clauses.yaml", old)
    folder.put(
        "editions/1/regulation.yaml", (folder.root / "r90_trial/regulation.yaml").read_text()
    )
    folder.head(number=2, since="2025-01-01")
    assert states(folder) == [(1, "published"), (2, "published")]


def test_a_draft_may_change_until_it_is_published(folder):
    assert states(folder, publish=False) == [(1, "drafted")]
    folder.clauses(CLAUSES.replace("days: 15", "days: 16"))
    assert states(folder, publish=False) == [(1, "drafted")]
    assert states(folder) == [(1, "published")]


def test_one_mistake_anywhere_keeps_everything_out(folder):
    second = folder.root / "r91_other"
    second.mkdir()
    head = (folder.root / "r90_trial/regulation.yaml").read_text().replace("R90", "R91")
    (second / "regulation.yaml").write_text(head)
    (second / "clauses.yaml").write_text("- id: R91-01\n  kind: deadlin\n")
    found = refused(folder)
    assert "r91_other/clauses.yaml:1: 缺少必填项“text”" in found
    assert not Edition.objects.exists()


def test_unknown_fields_and_kinds_are_named(folder):
    folder.clauses(CLAUSES.replace("kind: deadline", "kind: deadlin").replace("mode:", "moed:"))
    found = refused(folder)
    assert any(line.startswith("r90_trial/clauses.yaml:4: 没有“moed”") for line in found)
    folder.clauses(CLAUSES.replace("kind: deadline", "kind: deadlin"))
    assert refused(folder)[0].startswith("r90_trial/clauses.yaml:3: 没有“deadlin”这一种类")


def test_what_stands_between_clauses(folder):
    folder.clauses(
        CLAUSES.replace("group: limits", "group: limit\n  same_as: [R90-02, R90-09]")
        + CLAUSES.replace("R90-02", "R91-02")
    )
    found = "\n".join(refused(folder))
    assert "clauses.yaml:17: 条号 R90-01 重复" in found
    folder.clauses(CLAUSES.replace("group: limits", "group: limit\n  same_as: [R90-02, R90-09]"))
    assert refused(folder) == [
        "r90_trial/clauses.yaml:6: regulation.yaml 中没有“limit”这一组",
        "r90_trial/clauses.yaml:7: R90-02 没有反过来写明 same_as: R90-01",
        "r90_trial/clauses.yaml:7: 没有条款 R90-09",
    ]
    folder.clauses(CLAUSES.replace("R90-02", "R91-02"))
    assert refused(folder)[0] == "r90_trial/clauses.yaml:8: R91-02 不属于 R90"


def test_two_clauses_on_one_question_need_different_scopes(folder):
    tie = CLAUSES.replace("kind: tolerance", "kind: deadline\n  concerns: closing").replace(
        "group: limits", "group: limits\n  concerns: closing"
    )
    folder.clauses(tie)
    assert "R90-02 与 R90-01 规定同一事项且范围相同" in refused(folder)[0]
    folder.clauses(
        tie.replace("kind: deadline\n  concerns", "kind: deadline\n  scope: {a: b}\n  concerns")
    )
    assert states(folder) == [(1, "published")]


def test_a_forms_mistake_is_shown_at_its_line(folder, monkeypatch):
    def parse(raw):
        raise WrongAt(("slip", "copies"), "副本 %(count)s 份", count=raw["slip"]["copies"])

    monkeypatch.setitem(parsers._parsers, "forms", parse)
    folder.put("forms.yaml", "slip:\n  title: x\n  copies: 9\n")
    assert refused(folder) == ["r90_trial/forms.yaml:3: 副本 9 份"]


def test_a_kind_is_checked_by_its_owner(folder):
    from pydantic import BaseModel

    class Days(BaseModel):
        starts: str
        stops: list[str]
        days: int

    kinds.register("deadline", Days, owner="engines.dues")
    folder.clauses(CLAUSES.replace("days: 15", "days: {domestic: 15}"))
    assert refused(folder) == ["r90_trial/clauses.yaml:7: “days”应为整数"]
    with pytest.raises(ValueError, match="is owned"):
        kinds.register("deadline", BaseModel, owner="work.cases")


def test_tampering_with_a_published_body_is_found(folder):
    states(folder)
    edition = Edition.objects.get()
    Edition.objects.update(body=edition.body.replace('"days": 15', '"days": 30'))
    assert loading.altered() == [edition]


@pytest.mark.parametrize(
    "change",
    [{"since": "2023-01-01"}, {"number": 7}, {"digest": "x"}, {"published_at": None}],
    ids=lambda change: next(iter(change)),
)
def test_the_database_keeps_a_published_edition(folder, change):
    states(folder)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Edition.objects.update(**change)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Edition.objects.all().delete()


def test_a_draft_may_be_thrown_away(folder):
    states(folder, publish=False)
    Edition.objects.all().delete()
    assert states(folder) == [(1, "published")]


def test_a_further_kind_is_checked_like_the_first_at_its_own_line(folder):
    also = "  also:\n    - kind: norm\n      spec: {stands_for: luck, item: care}\n"
    folder.clauses(CLAUSES.replace("days: 15}\n", "days: 15}\n" + also))
    assert refused(folder)[0].startswith("r90_trial/clauses.yaml:10: “stands_for”只能取")
    folder.clauses(CLAUSES.replace("days: 15}\n", "days: 15}\n" + also.replace("norm", "nrm")))
    assert refused(folder)[0].startswith("r90_trial/clauses.yaml:9: 没有“nrm”这一种类")
