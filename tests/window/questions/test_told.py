from collections.abc import Callable
from itertools import count

from desktop.domain.edits import Edit, Tree, edits_between, tracked
from desktop.window.questions.told import changes_of, numbered, place_of_change, said, some_of

PAPERS = {"application_form": "申请表"}
Sample = Callable[[str], dict[str, object]]


def ids() -> Callable[[], str]:
    counted = count(1)
    return lambda: f"w.1.{next(counted)}"


def told(before: Tree, after: Tree) -> list[str]:
    edits, now = edits_between(tracked(before, ids()), after, ids())
    return [change.words for change in changes_of(edits, tracked(before, ids()), now, PAPERS)]


def household(**table: object) -> Tree:
    return {"household": {"members": [{"id": "p1", "name": "王示例"}, {"id": "p2"}], **table}}


def test_fields_are_called_what_the_intake_calls_them() -> None:
    assert told(household(), household(village="新寨村", residence="rural")) == [
        "村（社区） 未填 → 新寨村",
        "户口所在 未知 → 农村",
    ]
    assert told({"papers": {}}, {"papers": {"application_form": "missing"}}) == ["材料 · 申请表 未核 → 待补"]


def test_rows_are_called_by_name_or_place_and_members_by_theirs() -> None:
    one = household(incomes=[{"member": "p1", "kind": "wage", "amount": "30000"}, {"member": "p2", "amount": "5"}])
    other = household(incomes=[{"member": "p1", "kind": "wage", "amount": "30000"}, {"member": "p1", "amount": "5"}])
    assert told(one, other) == ["收入 2 · 成员 成员 2 → 王示例"]
    members = [{"id": "p1", "name": "王示例", "identities": [{"kind": "dibao", "since": "2024-01-01"}]}]
    changed = [{"id": "p1", "name": "王示例", "identities": [{"kind": "dibao", "since": "2024-02-01"}]}]
    assert told({"household": {"members": members}}, {"household": {"members": changed}}) == [
        "王示例 · 身份 1 · 认定日期 2024-01-01 → 2024-02-01"
    ]


def test_a_row_that_comes_is_told_by_its_first_answers_and_its_list_goes_without_saying() -> None:
    assert told(household(), household(incomes=[{"member": "p1", "kind": "wage", "amount": "30000"}])) == [
        "增加收入 1（王示例，工资性收入，30\u202f000.00）"
    ]
    assert told(household(assets=[{}]), household(assets=[])) == ["删去财产 1"]
    assert told(household(), household(incomes=[])) == ["收入 未填 → 没有任何收入"]


def test_numbers_of_persons_are_masked_and_long_texts_cut() -> None:
    members = [{"id": "p1", "name": "王示例", "id_number": "520199197203152014"}, {"id": "p2"}]
    assert told(household(), {"household": {"members": members, "phone": "13900001234"}}) == [
        "王示例 · 身份证号 未填 → 5201**********2014",
        "联系电话 未填 → 139****1234",
    ]
    (long,) = told(household(), household(address="示例" * 40))
    assert long.endswith("…")


def test_many_changes_are_counted() -> None:
    edits = tuple(Edit(f"household.{key}", None, "a") for key in ("village", "address", "residence", "phone"))
    changes = changes_of(edits, {}, {}, PAPERS)
    assert some_of(changes, 1).endswith("等 4 处")
    assert some_of(changes[:1], 1) == "村（社区） 未填 → a"


def test_a_path_by_ids_is_one_by_places_while_its_rows_are_there(sample: Sample) -> None:
    tree = tracked(sample("06"), ids())
    rows = tree["expenses"]
    assert isinstance(rows, list)
    row_id = rows[2]["#"]
    assert numbered(f"expenses[{row_id}].in_scope", tree) == "expenses[2].in_scope"
    gone = {**tree, "expenses": [row for row in rows if row["#"] != row_id]}
    assert numbered(f"expenses[{row_id}].in_scope", gone) is None
    assert place_of_change([Edit(f"expenses[{row_id}]", {"row": rows[2], "after": None}, None)], gone) == "expenses"
    assert place_of_change([Edit("format", None, "x")], tree) == ""


def test_an_answer_that_is_no_code_is_told_as_it_stands() -> None:
    assert said("household.residence", "somewhere", {}) == "somewhere"
    assert said("household.property_ok", False, {}) == "否"
    assert said("household.members.disability_grade", 0, {}) == "无"
    assert said("unheard.of", {"a": 1}, {}) == "{'a': 1}"
