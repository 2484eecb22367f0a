"""Chinese names as they sound: pinyin without tones, a surname read as surnames are."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, product

# How a character sounds as a surname, where that differs from its everyday reading or two families differ. Held against
# 现代汉语词典 (6th edition: the characters that are two surnames), 通用规范汉字字典 (2013), CCTV's note on 姓氏异读 and
# two published tables of surname readings. The everyday reading always follows these: many a clerk types that one.
OWN_READINGS = """
单shan 仇qiu 查zha 解xie 区ou 朴piao 曾zeng 盖ge/gai 乐yue/le 洗xian 员yun 贠yun 貟yun 覃qin/tan 缪miao 翟zhai/di 折she/zhe
黑he 秘bi 繁po 种chong/zhong 重chong/zhong 句gou 召shao/zhao 牟mu/mou 么yao 隗wei/kui 郇xun/huan 晟cheng/sheng 宓mi/fu
柏bai/bo 薄bo 都du 费fei/bi 谌chen/shen 祭zhai 郗xi/chi 郄qie/xi 镡tan/chan 省sheng/xing 莘shen/xin 蔚wei/yu 贲ben/fei
钭tou/dou 卜bu 乜nie 阚kan 能nai 佴nai 粘nian 藏zang 六lu 不fou
"""
# Surnames of two characters; with a reading of their own where character by character would say something else.
OF_TWO = """
欧阳 司马 上官 诸葛 皇甫 慕容 司徒 司空 司寇 夏侯 公孙 公羊 公冶 公西 公良 轩辕 钟离 宇文 鲜于 闾丘 端木 独孤 南宫 南门
呼延 东方 东郭 东门 西门 申屠 淳于 濮阳 赫连 闻人 宗政 太叔 仲孙 颛孙 亓官 巫马 漆雕 壤驷 拓跋 宰父 谷梁 段干 百里 羊舌
梁丘 左丘 第五 完颜 耶律 纳兰 贺兰 微生 令狐 尉迟yu-chi 万俟mo-qi 长孙zhang-sun 澹台tan-tai 乐正yue-zheng 句龙gou-long
单于chan-yu/shan-yu 子车zi-ju 夹谷jia-gu 毌丘guan-qiu 仉督zhang-du
"""
DOTS = frozenset("·•‧・∙⋅")
LONGEST_NAME = 50
MOST = 8

# What one place of a name may sound like, the likeliest first; two syllables where the place is a surname of two.
Sounds = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a name: its syllables in small letters, ü as v; the first `surname` of them are the surname."""

    syllables: tuple[str, ...]
    surname: int = 0


def bare(text: str) -> str:
    """A text as it is searched: NFKC, case folded, without spaces, punctuation, symbols, marks and controls.

    What Unicode has no name for yet, or leaves to its users, stays: rare characters of names are kept like that.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isalnum():
        return folded
    return "".join(letter for letter in folded if letter.isalnum() or unicodedata.category(letter) in {"Cn", "Co"})


def is_latin(letter: str) -> bool:
    """Whether a folded character is a digit or a Latin letter, with or without an accent."""
    return letter < "\u0250"


def name_readings(name: str) -> tuple[Reading, ...]:
    """How a person's name may be said: at most 8 ways, the likeliest first; none where no character has a reading.

    A surname has its own readings, then its everyday one; a given name all that words bear out. A name with a dot
    between its parts has no surname. Letters and digits stand for themselves; at most 50 characters are read.
    """
    letters = bare(name)[:LONGEST_NAME]
    if not DOTS.isdisjoint(unicodedata.normalize("NFKC", name)):
        return _readings(letters, (), 0)
    length = 2 if letters[:2] in _surnames() else 1
    return _readings(letters[length:], _as_surname(letters[:length]), length)


def place_readings(place: str) -> tuple[Reading, ...]:
    """How a place may be said; villages are often called after a surname, and often after anything else."""
    letters = bare(place)[:LONGEST_NAME]
    first = dict.fromkeys(said for letter in letters[:1] for said in _as_surname(letter) + _as_word(letter))
    return _readings(letters[1:], tuple(first), 0)


def _readings(letters: str, first: Sounds, surname: int) -> tuple[Reading, ...]:
    places = [place for place in (first, *map(_as_word, letters)) if place]
    if not places:
        return ()
    named = surname if first else 0
    return tuple(
        Reading(tuple(syllable for said in way for syllable in said), named)
        for way in islice(_likeliest_first(places), MOST)
    )


def _likeliest_first(places: Sequence[Sounds]) -> Iterator[Sequence[tuple[str, ...]]]:
    """Every way to say the places: the likeliest everywhere, then something else in one place, then in two, and so on."""
    usual = [place[0] for place in places]
    several = [at for at, place in enumerate(places) if len(place) > 1]
    for others in range(len(several) + 1):
        for changed in combinations(several, others):
            for said in product(*(places[at][1:] for at in changed)):
                way = usual.copy()
                for at, other in zip(changed, said, strict=True):
                    way[at] = other
                yield way


@lru_cache(maxsize=4096)
def _as_surname(surname: str) -> Sounds:
    everyday = tuple(_said(letter)[0] for letter in surname if _said(letter))
    own = _surnames().get(surname, ())
    return _spelled((*own, everyday) if everyday else own)


@lru_cache(maxsize=16384)
def _as_word(letter: str) -> Sounds:
    return _spelled(tuple((syllable,) for syllable in _said(letter)))


def _spelled(place: Sounds) -> Sounds:
    """With ü in the three ways that people type it: lv, lu, and lyu as passports have it."""
    umlauted = [said for said in place if any("v" in one[1:] for one in said)]
    other = [tuple(syllable.replace("v", typed) for syllable in said) for typed in ("u", "yu") for said in umlauted]
    return tuple(dict.fromkeys((*place, *other)))


@lru_cache(maxsize=16384)
def _said(letter: str) -> tuple[str, ...]:
    """The readings of a character, the everyday one first; () where it has none.

    Of the others those that occur in some word: dictionaries also list what was last said two thousand years ago.
    Where no word tells, all of them.
    """
    if is_latin(letter):
        return (letter.replace("ü", "v"),)
    from pypinyin import Style, pinyin
    from pypinyin.contrib.tone_convert import to_normal

    toned = next(iter(pinyin(letter, style=Style.TONE, heteronym=True, errors="ignore")), [])
    plain = {said: to_normal(said) for said in toned}
    readings = tuple(dict.fromkeys(plain.values()))
    if not readings[1:]:
        return readings
    heard = {plain[said] for said in toned if letter + said in _heard()}
    return tuple(said for said in readings if not heard or said in heard or said == readings[0])


@lru_cache(maxsize=1)
def _heard() -> frozenset[str]:
    """Every character with a reading that it has in some word of the dictionary."""
    from pypinyin.constants import PHRASES_DICT

    words = PHRASES_DICT.items()
    return frozenset(letter + said[0] for word, sounds in words for letter, said in zip(word, sounds, strict=False))


@lru_cache(maxsize=1)
def _surnames() -> dict[str, Sounds]:
    surnames = {}
    for entry in (OWN_READINGS + OF_TWO).split():
        surname = entry.rstrip("abcdefghijklmnopqrstuvwxyz-/")
        said = entry[len(surname) :].split("/") if surname != entry else []
        surnames[surname] = tuple(tuple(one.split("-")) for one in said)
    return surnames
