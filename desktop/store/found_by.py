"""What finds a case, as one text in its own row: its keys by whose they are, so that a hit is checked there and says who.

The text is a JSON list: the keys of the case itself and its applicant, then those of each other member, then the names of
these members. Keys hold no mark of JSON and names no bracket or quote, so both are looked for without reading the text.
"""

from collections.abc import Iterable, Sequence
from json import JSONDecoder, JSONEncoder

from desktop.store.known_by import KnownBy
from desktop.store.search_keys import PHONE, PHONE_TAIL, Range, keys_of

NO_MARKS = str.maketrans({'"': "”", "[": "（", "]": "）"})
DECODER = JSONDecoder()
ENCODER = JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def written(known: KnownBy) -> str:
    """The text of a case."""
    whose = (known.own, *(findable for _, findable in known.others))
    return as_text([sorted(keys_of(one)) for one in whose], [name for name, _ in known.others])


def as_text(keys: Iterable[Sequence[str]], names: Iterable[str]) -> str:
    """The text of these keys, first those of the case itself and its applicant; and of the names of its other members."""
    # With a blank before it no name looks like a key.
    return ENCODER.encode([*keys, [f" {name.translate(NO_MARKS)}" for name in names]])


class Term:
    """One term of a search, asked about texts."""

    __slots__ = ("_marks", "_phones", "ranges")

    def __init__(self, ranges: tuple[Range, ...]) -> None:
        self.ranges = ranges
        self._marks = tuple(f'"{one.low}' for one in ranges)
        self._phones = frozenset(f'"{one.low}' for one in ranges if one.kind in (PHONE, PHONE_TAIL))

    def is_met(self, text: str) -> bool:
        """Whether any key is in a range of the term."""
        return any(mark in text for mark in self._marks)

    def is_first(self, text: str, place: int, key: str) -> bool:
        """Whether this key, in the range at this place, is the first of those in the index that meet the term."""
        if any(mark in text for mark in self._marks[:place]):
            return False
        mark = self._marks[place]
        at = text.find(mark)
        while at >= 0:
            end = text.index('"', at + 1)
            other = text[at + 1 : end]
            # One that the key begins with is not in the index itself.
            if other < key and not key.startswith(other):
                return False
            at = text.find(mark, end)
        return True

    def met_by(self, text: str) -> tuple[str | None, bool]:
        """The member that meets the term where the case itself and its applicant do not, "" where it has no name.

        And whether nothing else does but the telephone, which is shown nowhere either.
        """
        own = text.index("]")
        theirs, by_phone = -1, False
        for mark in self._marks:
            at = text.find(mark)
            if at > own:
                theirs = at
            elif at >= 0:
                if mark not in self._phones:
                    return None, False
                by_phone = True
        if theirs < 0:
            return None, by_phone
        names, _ = DECODER.raw_decode(text, text.rindex("["))
        return str(names[text.count("]", 0, theirs) - 1])[1:], False
