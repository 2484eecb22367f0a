"""Finding cases: every term met, each case once, page after page, whatever there are of them."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store import cases, search
from desktop.store.cases import Shown
from desktop.store.file import Store
from desktop.store.known_by import known_by
from desktop.store.opening import Opening, open_store
from desktop.store.search import Found, Hit, found
from desktop.store.search_keys import keys_of, ranges_of
from tests.conftest import CHEN, MORNING, SECRET

Member = tuple[str, str | None]
Household = dict[str, object]


def household(*members: Member, village: str | None = None, phone: str | None = None) -> Household:
    """A draft of these members, by name and identity number; the first is the applicant."""
    rows = [
        {"#": f"0.{place}", "id": f"p{place}", "name": name, "id_number": number}
        for place, (name, number) in enumerate(members, 1)
    ]
    return {"patient": "p1", "household": {"members": rows, "village": village, "phone": phone}}


WANG = household(
    ("王示例", "520199197203152014"), ("李示范", "520199197408023021"), village="新寨村", phone="13800001234"
)
LI = household(("李小明", "52010219870315003X"), ("王小红", None), village="石板村", phone="13900005678")
ZHAO = household(("赵大海", None), ("", None), village="新寨村")


class Kept:
    """A store that cases are put into by their drafts, and looked for in."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._ids = count(1)

    def put(self, *drafts: Household) -> list[str]:
        """Puts cases in, in one change; their ids."""
        ids = [f"c{next(self._ids)}" for _ in drafts]
        with self.store.change(CHEN, MORNING) as pen:
            for case_id, draft in zip(ids, drafts, strict=True):
                cases.begin(pen, case_id, draft, Shown("assistance"))
        return ids

    def touch(self, case_id: str) -> None:
        with self.store.change(CHEN, MORNING) as pen:
            cases.touch(pen, case_id)

    def throw_away(self, case_id: str) -> None:
        with self.store.change(CHEN, MORNING) as pen:
            pen.write("UPDATE cases SET deleted_at = '1', deleted_why = '误建' WHERE id = ?", (case_id,))

    def find(self, words: str, limit: int = 50) -> list[str]:
        return [hit.case.id for hit in found(self.store, words, limit).hits]

    def pages(self, words: str, limit: int) -> Iterator[Found]:
        page = found(self.store, words, limit)
        yield page
        while page.more is not None:
            page = found(self.store, words, limit, page.more)
            yield page

    def all(self, words: str, limit: int) -> list[str]:
        return [hit.case.id for page in self.pages(words, limit) for hit in page.hits]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    store = open_store(tmp_path / "cases.db", Opening("测试", MORNING, SECRET))
    yield Kept(store)
    store.close()


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Has so few keys called many, and so few cases looked into for a page, that small stores are like large ones."""

    def squeeze(few: int, examined: int) -> None:
        monkeypatch.setattr(search, "FEW", few)
        monkeypatch.setattr(search, "FEW_OF_SEVERAL", few)
        monkeypatch.setattr(search, "EXAMINED", examined)
        monkeypatch.setattr(search, "AT_ONCE", max(1, examined // 2))

    return squeeze


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    "words",
    ["王示", "示例", "李示范", "wsl", "lishifan", "2014", "3021", "021", "1380000", "1234", "新寨", "xzc", "王 新寨", "wsl 2014"],
)  # fmt: skip
def test_a_case_is_found_by_whatever_is_remembered_of_it(kept: Kept, words: str) -> None:
    (wang, *_) = kept.put(WANG, LI)
    assert kept.find(words) == [wang]


def test_every_term_must_be_met_by_the_same_case(kept: Kept) -> None:
    wang, li, zhao = kept.put(WANG, LI, ZHAO)
    assert set(kept.find("王")) == {wang, li}
    assert kept.find("王 新寨") == [wang]
    assert kept.find("王 赵") == []
    assert set(kept.find("新寨")) == {wang, zhao}


def test_a_case_is_found_by_its_number(kept: Kept) -> None:
    (wang, _) = kept.put(WANG, LI)
    assert kept.find("2024-0003") == []
    with kept.store.change(CHEN, MORNING) as pen:
        found_case = cases.find(kept.store, wang)
        assert found_case is not None
        cases.number_case(pen, found_case, "2024-0003")
    assert kept.find("2024-3") == kept.find("0003") == [wang]


@pytest.mark.parametrize("words", ["", " ", "·", "，"])
def test_where_nothing_is_asked_nothing_is_found(kept: Kept, words: str) -> None:
    kept.put(WANG)
    assert found(kept.store, words, 50) == Found((), None)


@pytest.mark.parametrize("few", [1000, 0])
def test_cases_of_the_bin_are_left_out(kept: Kept, narrow: Callable[[int, int], None], few: int) -> None:
    narrow(few, 10)
    wang, other, _ = kept.put(WANG, WANG, WANG)
    kept.throw_away(other)
    assert set(kept.find("王示例")) == {"c1", "c3"}
    kept.throw_away("c3")
    assert kept.find("王示例") == kept.find("wsl 2014") == [wang]


def test_what_was_changed_is_found_as_it_is_now(kept: Kept) -> None:
    (wang,) = kept.put(WANG)
    was = cases.get(kept.store, wang)
    with kept.store.change(CHEN, MORNING) as pen:
        cases.keep(pen, was, household(("孙示例", "520199197203152014")), Shown("assistance"))
    assert kept.find("王示例") == kept.find("李示范") == kept.find("新寨") == []
    assert kept.find("孙示例") == kept.find("2014") == [wang]


def test_a_case_that_is_gone_for_good_leaves_no_key(kept: Kept) -> None:
    gone, stays = kept.put(WANG, LI)
    with kept.store.change(CHEN, MORNING) as pen:
        pen.write("DELETE FROM cases WHERE id = ?", (gone,))
    places = {n for (n,) in kept.store.read("SELECT n FROM search_keys").fetchall()}
    assert places == {n for (n,) in kept.store.read("SELECT n FROM cases WHERE id = ?", (stays,)).fetchall()}


# ---------------------------------------------------------------- why it is found


def hit(kept: Kept, words: str) -> Hit:
    (one,) = found(kept.store, words, 50).hits
    return one


@pytest.mark.parametrize("few", [1000, 0])
def test_a_hit_says_which_member_it_was_where_it_was_not_the_applicant(
    kept: Kept, narrow: Callable[[int, int], None], few: int
) -> None:
    narrow(few, 10)
    kept.put(WANG)
    assert hit(kept, "王示例").member is None
    assert hit(kept, "2014").member is None
    assert hit(kept, "李示范").member == "李示范"
    assert hit(kept, "lsf").member == "李示范"
    assert hit(kept, "3021").member == "李示范"
    assert hit(kept, "示").member is None  # both are: the applicant counts
    assert hit(kept, "王示例 3021").member == "李示范"
    assert hit(kept, "新寨").member is None


def test_a_member_whose_name_is_not_known_yet_has_none(kept: Kept) -> None:
    kept.put(household(("王示例", None), ("李示范", None), ("", "520199197408023021")))
    assert hit(kept, "3021").member == ""
    assert hit(kept, "李示范").member == "李示范"


def test_a_hit_by_the_telephone_alone_says_so(kept: Kept) -> None:
    kept.put(WANG)
    assert hit(kept, "13800001234").by_phone
    assert hit(kept, "1234 王").by_phone
    assert not hit(kept, "王").by_phone
    assert not hit(kept, "2014").by_phone
    kept.put(household(("赵大海", None), ("钱示范", "520199197408021234"), phone="13900001234"))
    assert [(one.member, one.by_phone) for one in found(kept.store, "1234 赵", 50).hits] == [("钱示范", False)]


def test_a_name_that_looks_like_what_is_kept_beside_it_is_only_a_name(kept: Kept) -> None:
    odd, _ = kept.put(household(("王示例", None), ('李"n:赵]["', None)), ZHAO)
    assert kept.find("王示例 赵") == [odd]  # it is a part of that name
    assert hit(kept, "李n赵").member == "李”n:赵）（”"
    assert kept.find("王示例 大海") == []


# ---------------------------------------------------------------- in which order, and page by page


def test_what_fits_a_page_comes_with_what_was_touched_last_first(kept: Kept) -> None:
    kept.put(WANG, LI)
    kept.put(WANG)
    assert kept.find("王") == ["c3", "c2", "c1"]
    kept.touch("c1")
    assert kept.find("王") == ["c1", "c3", "c2"]


def test_more_than_a_page_come_with_what_was_begun_last_first(kept: Kept) -> None:
    kept.put(*[WANG] * 7)
    kept.touch("c1")
    assert kept.all("王示例", 3) == ["c7", "c6", "c5", "c4", "c3", "c2", "c1"]
    assert [len(page.hits) for page in kept.pages("王示例", 3)] == [3, 3, 1]


def test_a_page_that_holds_all_says_that_there_are_no_more(kept: Kept) -> None:
    kept.put(*[WANG] * 3)
    assert found(kept.store, "王示例", 3).more is None
    assert found(kept.store, "王示例", 2).more is not None


def test_very_many_come_by_key_and_of_one_key_what_was_begun_last_first(
    kept: Kept, narrow: Callable[[int, int], None]
) -> None:
    narrow(2, 1000)
    villages = ("石板村", "石板", "石板社区", "石板村", "石板")
    kept.put(*[household(("王示例", None), village=village) for village in villages])
    assert kept.all("石板", 2) == ["c5", "c2", "c4", "c1", "c3"]


def test_what_is_met_more_than_once_comes_once(kept: Kept, narrow: Callable[[int, int], None]) -> None:
    family = household(("李明", "520199197203152014"), ("李明辉", "520199197203152014"), village="李明村")
    kept.put(*[family] * 5)
    assert sorted(kept.all("李明", 2)) == ["c1", "c2", "c3", "c4", "c5"]
    narrow(1, 1000)
    assert sorted(kept.all("李明", 2)) == sorted(kept.all("lm", 2)) == sorted(kept.all("2014", 2))
    assert len(kept.all("李明", 2)) == 5


def test_a_page_may_be_empty_before_the_last(kept: Kept, narrow: Callable[[int, int], None]) -> None:
    narrow(2, 3)
    kept.put(WANG, *[LI] * 5, *[ZHAO] * 5)
    pages = list(kept.pages("新寨 王", 2))
    assert [hit.case.id for page in pages for hit in page.hits] == ["c1"]
    assert not pages[0].hits


def test_a_page_goes_on_where_the_last_one_ended_while_cases_come_in(kept: Kept) -> None:
    kept.put(*[WANG] * 6)
    first = found(kept.store, "王示例", 4)
    kept.put(WANG)
    second = found(kept.store, "王示例", 4, first.more)
    assert [hit.case.id for page in (first, second) for hit in page.hits] == ["c6", "c5", "c4", "c3", "c2", "c1"]


drafts = st.lists(
    st.builds(
        household,
        st.tuples(
            st.sampled_from(["王明", "李明", "李明明", "王李", "明"]), st.sampled_from([None, "520199197203152014"])
        ),
        st.tuples(st.sampled_from(["王明", "李明辉", "", "乐明"]), st.sampled_from([None, "52010219870315003X"])),
        village=st.sampled_from([None, "明村", "王村", "明"]),
        phone=st.sampled_from([None, "13800002014"]),
    ),
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drafts=drafts,
    words=st.sampled_from(
        ["明", "王", "王明", "李明", "m", "lm", "2014", "14", "王 明", "明 2014", "l w 1", "明村 李", "3"]
    ),
    limit=st.integers(1, 5),
    few=st.sampled_from([1000, 3, 0]),
    examined=st.sampled_from([1000, 4, 1]),
)
def test_all_that_meet_every_term_are_found_each_once_whatever_the_pages(
    kept: Kept,
    narrow: Callable[[int, int], None],
    drafts: list[Household],
    words: str,
    limit: int,
    few: int,
    examined: int,
) -> None:
    narrow(few, examined)
    with kept.store.change(CHEN, MORNING) as pen:
        pen.write("DELETE FROM cases")
    ids = kept.put(*drafts)
    wanted = [case_id for case_id, draft in zip(ids, drafts, strict=True) if is_meant(draft, words)]
    assert sorted(kept.all(words, limit)) == sorted(wanted)


def is_meant(draft: Household, words: str) -> bool:
    keys = keys_of(known_by(draft, None).findable)
    return all(any(one.low <= key < one.high for one in term for key in keys) for term in ranges_of(words))
