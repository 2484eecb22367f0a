"""Search keys: whatever part of a case a clerk remembers begins one of its keys, and nobody else's."""

import re
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store.pinyin import bare, name_readings, place_readings
from desktop.store.search_keys import Findable, Range, keys_of, ranges_of

RARE = "𡈽䶮𬱖"
HOUSEHOLD = Findable(
    names=("单小明", "吕乐茜", "王𡈽䶮"),
    id_numbers=("52010219870315003X", "520102196603150024", "520102201001010018"),
    case_no="黔医救〔2024〕第0003号",
    phones=("138-0000-1234", "+86 139 1111 5678", "0851-85551234"),
    villages=("解家寨村", "长坡村3组"),
)
STRANGER = Findable(
    names=("陈建国", "周秀英", "陈梓涵"),
    id_numbers=("522401195512120456", "522401195807070467", "522401201506060478"),
    case_no="黔医救〔2023〕第0127号",
    phones=("15985550000",),
    villages=("石板社区",),
)
# Of names as people bear them: common, polyphonic and rare characters, dots, spaces, letters and digits.
names = st.text(st.sampled_from("王单吕乐茜行重长尉迟小明国英" + RARE + "·• Ａa B3１x𠀀㐂"), min_size=1, max_size=50)


def found(case: Findable, words: str) -> bool:
    keys = keys_of(case)
    return all(any(one.low <= key < one.high for one in term for key in keys) for term in ranges_of(words))


def said(name: str) -> list[str]:
    return ["".join(reading.syllables) for reading in name_readings(name)]


# ---------------------------------------------------------------- how names sound


SURNAMES = """
单 shan 仇 qiu 查 zha 解 xie 区 ou 朴 piao 任 ren 曾 zeng 盖 ge 尹 yin 乐 yue 洗 xian 冼 xian 宓 mi 员 yun 覃 qin 缪 miao 翟 zhai
折 she 黑 he 秘 bi 繁 po 种 chong 句 gou 燕 yan 逄 pang 佘 she 召 shao 牟 mu 么 yao 哈 ha 华 hua 纪 ji 尉 wei 隗 wei 郇 xun
晟 cheng 眭 sui 葛 ge 过 guo 那 na 宁 ning 曲 qu 冯 feng 贾 jia 沈 shen 石 shi 车 che 柏 bai 卜 bu 薄 bo 都 du 费 fei 谌 chen
殷 yin 於 yu 祭 zhai 俞 yu 郗 xi 应 ying 祝 zhu 卓 zhuo 王 wang 方 fang
尉迟 yuchi 万俟 moqi 长孙 zhangsun 澹台 tantai 令狐 linghu 单于 chanyu 欧阳 ouyang 司马 sima 上官 shangguan 诸葛 zhuge
皇甫 huangfu 慕容 murong 司徒 situ 夏侯 xiahou 公孙 gongsun 轩辕 xuanyuan 钟离 zhongli 宇文 yuwen 鲜于 xianyu 闾丘 lvqiu
端木 duanmu 独孤 dugu 南宫 nangong 呼延 huyan 乐正 yuezheng 句龙 goulong
"""


@pytest.mark.parametrize(("surname", "sounds"), tuple(zip(SURNAMES.split()[::2], SURNAMES.split()[1::2], strict=True)))
def test_a_surname_is_read_as_a_surname_first(surname: str, sounds: str) -> None:
    assert said(f"{surname}小明")[0] == f"{sounds}xiaoming"
    assert name_readings(f"{surname}小明")[0].surname == len(surname)


@pytest.mark.parametrize(
    ("surname", "sounds"),
    [
        ("覃", "tan"), ("翟", "di"), ("缪", "mou"), ("牟", "mou"), ("宓", "fu"), ("隗", "kui"), ("郇", "huan"), ("乐", "le"),
        ("晟", "sheng"), ("柏", "bo"), ("费", "bi"), ("谌", "shen"), ("郗", "chi"), ("单", "dan"), ("仇", "chou"), ("盖", "gai"),
        ("吕", "lu"), ("吕", "lyu"), ("尉迟", "weichi"), ("单于", "shanyu"),
    ],
)  # fmt: skip
def test_a_surname_is_found_by_its_other_reading_too(surname: str, sounds: str) -> None:
    assert f"{sounds}xiaoming" in said(f"{surname}小明")


def test_a_surname_s_reading_is_for_surnames_alone() -> None:
    assert said("王单") == ["wangdan", "wangchan", "wangshan"]
    assert said("王仇") == ["wangchou", "wangqiu"]
    assert said("王黑") == ["wanghei"]


@pytest.mark.parametrize(
    ("given_name", "sounds"),
    [("乐", {"le", "yue"}), ("行", {"xing", "hang", "heng"}), ("朝", {"chao", "zhao"}), ("重", {"zhong", "chong"}),
     ("长", {"zhang", "chang"}), ("曾", {"ceng", "zeng"}), ("参", {"can", "cen", "shen"}), ("盛", {"sheng", "cheng"}),
     ("茜", {"qian", "xi"}), ("婕", {"jie", "qie"}), ("绿", {"lv", "lu", "lyu"})],
)  # fmt: skip
def test_a_given_name_has_every_reading_that_words_bear_out(given_name: str, sounds: set[str]) -> None:
    assert set(said(f"王{given_name}")) == {f"wang{one}" for one in sounds}


def test_readings_that_no_word_bears_out_are_left_to_the_dictionary() -> None:
    assert said("王方家") == ["wangfangjia"]


def test_at_most_eight_readings_of_a_name_are_kept_and_the_likeliest_come_first() -> None:
    readings = said("乐行朝重长参")
    assert len(readings) == len(set(readings)) == 8
    assert readings[:2] == ["yuexingchaozhongzhangcan", "lexingchaozhongzhangcan"]


def test_a_character_without_a_reading_is_passed_over() -> None:
    assert said("王𡈽明") == ["wangming"]
    assert said("𡈽明") == ["ming"]
    assert name_readings("𡈽") == name_readings("") == name_readings("·") == ()


def test_letters_and_digits_stand_for_themselves() -> None:
    assert said("王ＶＡ3") == ["wangva3"]


def test_a_name_in_parts_has_no_surname() -> None:
    assert said("单增·尼玛")[0].startswith("dan")
    assert all(reading.surname == 0 for reading in name_readings("买买提·阿卜杜拉"))


def test_a_village_may_be_called_after_a_surname_or_not() -> None:
    first = {reading.syllables[0] for place in ("解家寨", "长坡") for reading in place_readings(place)}
    assert first == {"xie", "jie", "chang", "zhang"}


# ---------------------------------------------------------------- what is found


@settings(deadline=None)
@given(names, st.data())
def test_every_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    assert found(Findable(names=(name,)), part), part
    assert found(Findable(villages=(name,)), part), part


@settings(deadline=None)
@given(names.map(lambda name: re.sub(r"\d", "", name)))
def test_every_reading_of_a_name_finds_it_from_each_syllable_on(name: str) -> None:
    case = Findable(names=(name,))
    for reading in name_readings(name):
        for start in range(len(reading.syllables)):
            part = reading.syllables[start:]
            assert found(case, "".join(part))
            assert found(case, "".join(syllable[0] for syllable in part))


@settings(deadline=None)
@given(names)
def test_keys_are_short_bare_and_marked_by_kind(name: str) -> None:
    for key in keys_of(Findable((name,), (name,), name, (name,), (name,))):
        assert len(key) <= 24
        assert key[0] in "npictrvw"
        assert key[1] == ":"
        assert bare(key[2:].casefold()) == key[2:].casefold() != ""


@pytest.mark.parametrize(
    "words",
    [
        "单小明", "小明", "明", "王𡈽䶮", "𡈽", "䶮",
        "sxm", "xm", "dxm", "shanxiaoming", "shanxm", "shan xiao ming", "xiaom", "wangyan", "wy", "SXM", "ｓｘｍ",
        "lvleqian", "lulexi", "lyu", "lü", "lyq", "llx", "leqian", "lexi",
        "003X", "003x", "15003X", "…003X", "...003X", "５２０１＊＊＊００３ｘ", "5201**********003X", "5201xxxxxxxxxx003X",
        "52010219870315003x", "0024", "150024", "520102196603150024",
        "黔医救〔2024〕第0003号", "黔医救(2024)第3号", "2024第3号", "第3号", "第0003", "2024 3", "0003", "3",
        "13800001234", "1234", "001234", "13911115678", "139****5678", "0851-8555", "85551234",
        "解家寨", "家寨村", "xjz", "jjz", "cpc", "zpc", "坡村", "长坡村3组", "3组",
        "单xm", "小ming", "单003X", "单小明、吕乐茜", "单小明（003X）", " 单　小明 ", "吕 茜",
    ],
)  # fmt: skip
def test_what_a_clerk_remembers_of_a_case_finds_it_and_no_stranger_s(words: str) -> None:
    assert ranges_of(words)
    assert found(HOUSEHOLD, words)
    assert not found(STRANGER, words)


@pytest.mark.parametrize(
    "words", ["单小红", "张", "小王", "zxm", "qianle", "004X", "2025", "0085", "wang茜明", "单004X"]
)
def test_what_is_not_of_a_case_does_not_find_it(words: str) -> None:
    assert not found(HOUSEHOLD, words)


@pytest.mark.parametrize(
    "words", ["2024-3", "2024-0003", "20240003", "２０２４－３", "ym", "ym-2024-3", "YM 3", "2024"]
)
def test_a_case_number_is_found_from_each_of_its_groups_with_zeros_and_without(words: str) -> None:
    assert found(Findable(case_no="YM-2024-0003"), words)
    assert not found(Findable(case_no="YB-2023-0131"), words)


def test_full_width_composed_and_variant_forms_are_one() -> None:
    assert found(Findable(names=("Ａ王",)), "a王")
    assert found(Findable(names=("神谷",)), "神谷")
    assert found(Findable(names=("葛\U000e0100飞",)), "葛飞")
    assert found(Findable(names=("买买提・阿不都",)), "提·阿")
    assert found(Findable(names=("王\ue863明",)), "\ue863明")


@pytest.mark.parametrize("words", ["", "  ", "　", "·", "，、", "…", "〔〕"])
def test_a_query_that_asks_for_nothing_has_no_ranges(words: str) -> None:
    assert ranges_of(words) == ()


def test_a_case_of_which_nothing_is_known_has_no_keys() -> None:
    assert keys_of(Findable()) == keys_of(Findable(("",), ("",), "", ("",), ("",))) == frozenset()


def test_a_household_of_three_keeps_few_keys() -> None:
    usual = Findable(("王建国", "李秀英", "王梓涵"), HOUSEHOLD.id_numbers, "2024-0003", ("13800001234",), ("清水村",))
    assert len(keys_of(usual)) <= 45


def test_no_key_begins_another_of_its_case() -> None:
    keys = keys_of(HOUSEHOLD)
    assert not [(one, other) for one in keys for other in keys if one != other and other.startswith(one)]


# ---------------------------------------------------------------- ranges


@settings(deadline=None)
@given(names, st.sampled_from(["", "\ud7ff", "\U0010ffff", "王\U0010ffff\U0010ffff", "\uffff", "\U0002b81d"]))
def test_a_range_holds_what_begins_with_its_low_end_and_nothing_else(name: str, end: str) -> None:
    for term in ranges_of(f"{name}{end}"):
        for one in term:
            assert one.low.startswith(f"{one.kind}:")
            assert one.low < one.low + "\U0010ffff" * 9 < one.high
            assert not one.high.startswith(one.low)
            one.high.encode()


def test_the_last_code_points_are_stepped_over() -> None:
    def of_name(words: str) -> Range:
        return next(one for term in ranges_of(words) for one in term if one.kind == "n")

    assert of_name("王").high == "n:玌"
    assert of_name("\ud7ff").high == "n:\ue000"
    assert of_name("王\U0010ffff").high == "n:玌"
    assert of_name("\U0010ffff").high == "n;"


def test_the_store_orders_keys_as_the_ranges_do() -> None:
    keys = sorted(keys_of(HOUSEHOLD) | keys_of(Findable(names=("\uffee\ue863", "\U0002b81d㐂", "𠀀王"))))
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE search_keys (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
        db.executemany("INSERT INTO search_keys VALUES (?)", [(key,) for key in keys])
        assert [key for (key,) in db.execute("SELECT key FROM search_keys ORDER BY key")] == keys
        for one in (one for words in ("𡈽", "x", "003x", "㐂") for term in ranges_of(words) for one in term):
            held = db.execute(
                "SELECT key FROM search_keys WHERE key >= ? AND key < ? ORDER BY key", (one.low, one.high)
            )
            assert [key for (key,) in held] == [key for key in keys if key.startswith(one.low)]
    db.close()
