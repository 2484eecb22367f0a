"""What a case is found by: keys made from its people, numbers and villages, and the ranges of keys a query asks for."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from desktop.store.pinyin import LONGEST_NAME, Reading, bare, is_latin, name_readings, place_readings

LONGEST_KEY = 24

# The letter that a key begins with tells what it was made from.
NAME = "n"
SOUND = "p"
ID_TAIL = "i"
CASE_NO = "c"
PHONE = "t"
PHONE_TAIL = "r"
VILLAGE = "v"
VILLAGE_SOUND = "w"

LATIN = "a-z\u00df-\u024f"
MASK = r"(?:[*●○•×]+|\.{2,})"
# The digits before a mask say nothing of the tail behind it.
MASKED_HEAD = re.compile(rf"[0-9]+(?:{MASK}|x{{2,}})(?=[0-9])")
# Between two things that are asked for: spaces, masks, and what people put between names.
BETWEEN = re.compile(rf"(?:[\s,、;|]|{MASK})+")
ONE_SCRIPT = re.compile(rf"[0-9]+(?:x(?![{LATIN}]))?|[{LATIN}]+|[^0-9{LATIN}]+")
GROUP = re.compile(r"[0-9]+|[A-Z]+|.", re.DOTALL)
CHINA = re.compile(r"^86(?=[0-9]{11}$)")
LAST = chr(sys.maxunicode)
SURROGATES, AFTER_SURROGATES = 0xD800, 0xE000


@dataclass(frozen=True, slots=True)
class Findable:
    """What of a case can be searched for, as typed; what is not known is left out."""

    names: tuple[str, ...] = ()
    id_numbers: tuple[str, ...] = ()
    case_no: str | None = None
    phones: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """The keys from `low` on and before `high`, by code points; `kind` is the letter that they begin with."""

    kind: str
    low: str
    high: str


def keys_of(case: Findable) -> frozenset[str]:
    """The keys of a case, "k:text" of at most 24 characters; every part that may be asked for begins one of them.

    n name, p its pinyin, i ID number from its end, c case number, t telephone, r telephone from its end, v village,
    w initials of the village.
    """
    ordered = sorted({_key(kind, text) for kind, text in _texts(case) if text})
    # A key that begins another one would find nothing more; it stands right before it.
    return frozenset(key for key, following in pairwise([*ordered, ""]) if not following.startswith(key))


def ranges_of(words: str) -> tuple[tuple[Range, ...], ...]:
    """What a query asks for: every term must be met, each by a key in any one of its ranges; () where nothing is asked.

    Spaces part the terms, and so does a change of script: 王xm asks for a 王 and for an xm. Of a masked number
    (5201…003X) the tail is looked for. A query longer than a key is cut like one.
    """
    folded = unicodedata.normalize("NFKC", words).casefold()
    parts = BETWEEN.split(MASKED_HEAD.sub(" ", folded))
    terms = (_alternatives(term) for part in parts for term in ONE_SCRIPT.findall(bare(part)))
    return tuple(dict.fromkeys(terms))


def _alternatives(term: str) -> tuple[Range, ...]:
    if term[0] in "0123456789":
        number = term.upper()
        asked = [(ID_TAIL, number[::-1]), (CASE_NO, number), (NAME, term), (VILLAGE, term)]
        if term.isdecimal():
            asked += [(PHONE, term), (PHONE_TAIL, term[::-1])]
    elif is_latin(term[0]):
        typed = term.replace("ü", "v")
        asked = [(SOUND, typed), (VILLAGE_SOUND, typed), (CASE_NO, term.upper())]
    else:
        asked = [(NAME, term), (VILLAGE, term), (CASE_NO, term)]
    return tuple(Range(kind, low, _past(low)) for kind, text in asked for low in [_key(kind, text)])


def _past(low: str) -> str:
    """The first text after all that begin with this one; no text holds a surrogate, so they are stepped over."""
    body = low.rstrip(LAST)
    following = ord(body[-1]) + 1
    return body[:-1] + chr(AFTER_SURROGATES if following == SURROGATES else following)


def _key(kind: str, text: str) -> str:
    return f"{kind}:{text}"[:LONGEST_KEY]


def _texts(case: Findable) -> Iterator[tuple[str, str]]:
    for name in case.names:
        yield from ((NAME, text) for text in _suffixes(bare(name)[:LONGEST_NAME]))
        yield from ((SOUND, text) for reading in name_readings(name) for text in _sounds(reading))
    yield from ((ID_TAIL, bare(number).upper()[::-1]) for number in case.id_numbers)
    yield from ((CASE_NO, text) for text in _numbers(case.case_no or ""))
    for phone in case.phones:
        digits = CHINA.sub("", "".join(letter for letter in bare(phone) if letter in "0123456789"))
        yield from ((PHONE, digits), (PHONE_TAIL, digits[::-1]))
    for village in case.villages:
        yield from ((VILLAGE, text) for text in _suffixes(bare(village)[:LONGEST_NAME]))
        for reading in place_readings(village):
            yield from ((VILLAGE_SOUND, text) for text in _suffixes(_initials(reading.syllables)))


def _suffixes(text: str) -> Iterator[str]:
    return (text[start:] for start in range(len(text)))


def _initials(syllables: tuple[str, ...]) -> str:
    return "".join(syllable[0] for syllable in syllables)


def _sounds(reading: Reading) -> Iterator[str]:
    """The reading from each syllable on, in full and by initials; and the surname in full before initials: wangxm."""
    said, initials = reading.syllables, _initials(reading.syllables)
    for start in range(len(said)):
        yield "".join(said[start:])
        yield initials[start:]
    if reading.surname:
        yield "".join(said[: reading.surname]) + initials[reading.surname :]


def _numbers(case_no: str) -> Iterator[str]:
    """A case number from each of its groups on, its numbers with their leading zeros and without: 2024-0003, 3."""
    groups = [bare(group).upper() for group in GROUP.findall(unicodedata.normalize("NFKC", case_no).upper())]
    for spelling in (groups, [group.lstrip("0") or group[:1] for group in groups]):
        yield from ("".join(spelling[start:]) for start in range(len(spelling)))
