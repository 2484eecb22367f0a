"""Generated households for stores larger than any township's: nobody of them lives, and every draft says so."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from desktop.domain.case import CASE_FORMAT
from desktop.domain.id_numbers import check_digit
from desktop.store.chain import plain_json
from desktop.store.found_by import as_text
from desktop.store.known_by import known_by
from desktop.store.search_keys import Findable, keys_of

# The commonest first, as they are everywhere; with some that are read in their own way.
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏单解查仇区"
WEIGHTS = tuple(accumulate(1 / (place + 3) for place in range(len(SURNAMES))))
LETTERS = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅红春燕建国志海山文学德成永福贵荣庆发祥凤珍珠云莲香月琴素梓"
)
GIVEN = (*LETTERS, *(first + second for first in LETTERS[:30] for second in LETTERS[30:]))
VILLAGES = tuple(
    f"{first}{second}{kind}" for first in "石清新大长龙白黄青下" for second in "板水寨坡" for kind in ("村", "社区")
)
HOSPITALS = ("示例县人民医院", "示例县中医院", "示例镇中心卫生院", "示例市第一人民医院", "示例省立医院")
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
GENERATED = "生成的数据，并无其人"
Row = tuple[Any, ...]
Draft = dict[str, Any]


class MadeCase(NamedTuple):
    """The rows of one case, for each table as its columns stand."""

    case: Row
    people: tuple[Row, ...]
    settlements: tuple[Row, ...]
    keys: tuple[Row, ...]


def made_cases(first: int, last: int, of: int) -> Iterator[MadeCase]:
    """The cases from number ``first`` to before ``last`` of so many, the same at every call."""
    chance = Random(first)
    for n in range(first, last):
        day = FIRST_DAY + timedelta(days=n * DAYS // of)
        yield _rows(n, f"{day.year}-{n:07d}", made_draft(chance, day))


def made_draft(chance: Random, day: date) -> Draft:
    """A kept draft of one or two members and one stay in hospital."""
    stay = {
        "#": "0.9",
        "id": "e1",
        "patient": "p1",
        "kind": "inpatient",
        "provider": chance.choice(HOSPITALS),
        "admitted_on": (day - timedelta(days=chance.randrange(9, 30))).isoformat(),
        "settled_on": (day - timedelta(days=8)).isoformat(),
        "total": f"{chance.randrange(1_000, 90_000)}.{chance.randrange(100):02d}",
    }
    home = {
        "village": chance.choice(VILLAGES),
        "phone": f"1{chance.randrange(3 * 10**9, 10**10)}",
        "address": GENERATED,
    }
    return {
        "format": CASE_FORMAT,
        "locality": "guizhou-sample",
        "matter": "assistance",
        "applied_on": day.isoformat(),
        "patient": "p1",
        "household": {**home, "members": list(_members(chance, day))},
        "expenses": [stay],
    }


def _members(chance: Random, day: date) -> Iterator[Draft]:
    surname = chance.choices(SURNAMES, cum_weights=WEIGHTS)[0]
    for place in range(1, chance.choice((1, 1, 2)) + 1):
        born = day - timedelta(days=chance.randrange(1, 30_000))
        first = f"5201{chance.randrange(100):02d}{born:%Y%m%d}{chance.randrange(1000):03d}"
        yield {
            "#": f"0.{place}",
            "id": f"p{place}",
            "name": surname + chance.choice(GIVEN),
            "id_number": first + check_digit(first),
            "relation": "self" if place == 1 else "other",
            "counted": True,
        }


def _rows(n: int, case_no: str, draft: Draft) -> MadeCase:
    known = known_by(draft, case_no)
    applicant, day, village = known.people[0], draft["applied_on"], draft["household"]["village"]
    at = f"{day}T09:00:00+08:00"
    keys = [_keys(known.own), *(_keys(one) for _, one in known.others)]
    found_by = as_text(keys, [name for name, _ in known.others])
    shown = ("assistance", applicant.name, str(applicant.id_number)[-4:], village, day, None, None, at, at, n)
    return MadeCase(
        (n, f"{n:026d}", case_no, *shown, None, None, None, found_by, plain_json(draft)),
        tuple((n, one.row, int(one.applicant), one.name, one.id_number, one.birth_date) for one in known.people),
        tuple((n, one.row, one.provider, one.from_day, one.to_day, one.total.fen) for one in known.settlements),
        tuple((key, n) for key in _standing(sorted({key for one in keys for key in one}))),
    )


def _keys(one: Findable) -> list[str]:
    """What keys_of says, its parts looked up one by one: names and villages come again and again."""
    rest = keys_of(Findable((), one.id_numbers, one.case_no, one.phones))
    return list(_standing(sorted(rest.union(*map(_of_name, one.names), *map(_of_village, one.villages)))))


def _standing(ordered: list[str]) -> Iterator[str]:
    """Those that do not begin another one, as keys_of leaves them out."""
    for key, following in zip(ordered, [*ordered[1:], ""], strict=True):
        if not following.startswith(key):
            yield key


@cache
def _of_name(name: str) -> frozenset[str]:
    return keys_of(Findable(names=(name,)))


@cache
def _of_village(village: str) -> frozenset[str]:
    return keys_of(Findable(villages=(village,)))
