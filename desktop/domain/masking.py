"""Personal particulars where they need not be read in full: on lists, notices and anything that others see.

Chinese law leaves the measure to the office (公开时去标识化); these are the shares that public notices keep in practice.
What was typed may be anything: nothing here fails, and what is not of the expected form shows least.
"""

import re

STAR = "*"
TAIL = 4  # characters at the end by which two entries are told apart
SHARE = 3  # of what is no regular number at most one in so many characters stays
APART = re.compile(r"[\s\-‐-―－()（）]+")  # what people put between groups of digits
LONG_ID = re.compile(r"\d{14,}[\dXx]")
MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
LANDLINE = re.compile(r"0\d{9,11}")  # with its area code
# A character with the marks and variant selectors that belong to it.
CHARACTER = re.compile(r"\S[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*")
COMPOUND = re.compile(
    "欧阳|上官|皇甫|令狐|诸葛|司徒|司马|司空|申屠|夏侯|贺兰|东方|东郭|南宫|西门|尉迟|公孙|公羊|公冶|慕容|端木|轩辕|宇文|长孙|"
    "独孤|闻人|澹台|濮阳|淳于|单于|太叔|仲孙|钟离|鲜于|闾丘|呼延|赫连|万俟|百里|拓跋|完颜|耶律|纳兰|宗政|梁丘|左丘|微生|第五"
)  # surnames of two characters


def masked_id(text: str) -> str:
    """The first four and last four of a number of 15 digits or more: the county and the tail, not the birth."""
    close = APART.sub("", text)
    if LONG_ID.fullmatch(close):
        return close[:TAIL] + STAR * (len(close) - 2 * TAIL) + close[-TAIL:]
    return _only_tail(close)


def id_tail(text: str) -> str:
    """What lists at the counter show: ``…1234``; the last four, fewer of a short text."""
    close = APART.sub("", text)
    return f"…{_tail(close)}" if close else ""


def masked_phone(text: str) -> str:
    """The first three and last four of a mobile number, the last four of a landline with its area code."""
    close = APART.sub("", text)
    mobile = MOBILE.fullmatch(close)
    if mobile:
        number = mobile[1]
        return number[:3] + STAR * TAIL + number[-TAIL:]
    if LANDLINE.fullmatch(close):
        return STAR * (len(close) - TAIL) + close[-TAIL:]
    return _only_tail(close)


def masked_account(text: str) -> str:
    """The last four of an account number."""
    return _only_tail(APART.sub("", text))


def masked_name(text: str) -> str:
    """A name as public notices show it: 张*, 张*示, 欧阳**.

    The surname stays, and of three characters with a surname of one also the last; of a longer name whose surname is
    not known the first character alone.
    """
    name: list[str] = CHARACTER.findall(text)
    match name:
        case [first, second, *given] if given and COMPOUND.fullmatch(first + second):
            return first + second + STAR * len(given)
        case [first, _, last]:
            return first + STAR + last
        case [first, *given] if given:
            return first + STAR * len(given)
        case _:
            return STAR * len(name)


def _tail(close: str) -> str:
    """The last four characters, fewer of a short text."""
    kept = min(TAIL, len(close) // SHARE)
    return close[len(close) - kept :]


def _only_tail(close: str) -> str:
    tail = _tail(close)
    return STAR * (len(close) - len(tail)) + tail
