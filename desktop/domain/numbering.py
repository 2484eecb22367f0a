"""How an office writes its case numbers: the year and the number of the year's series, in the office's own pattern."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, normalize

from desktop.domain.problems import Problem

USUAL = "{年}-{序号:4}"
EXAMPLES = "例如 {年}-{序号:4} 或 示例乡救〔{年}〕{序号}号"
KNOWN = "{年}（四位）、{年:2}（两位）、{序号}（不补零）、{序号:4}（补零到四位）"
LONGEST = 40  # characters of a pattern; numbers stand in columns, heads and file names
MOST_DIGITS = 8  # of a number within its year
NUMBERS = range(1, 10**MOST_DIGITS)
YEARS = {2: range(2000, 2100), 4: range(1000, 10000)}  # by the digits that a pattern writes
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLAIN_DIGITS = {"年": 4, "序号": 1}  # where a placeholder states none
ASKED = re.compile(r"([^:]*)(?::([0-9]+))?")
INPUT_METHOD = str.maketrans("｛｝", "{}")  # what a Chinese input method types for the braces
UNSEEN = {"Cc", "Cf", "Cs", "Mc", "Me", "Mn"}  # nobody can read them out or type them again
UNFIT = '/\\:*?"<>|'  # a notice's file name holds the number


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of case numbers; two of a year and a number never give the same text.

    ``text`` is the pattern as the office keeps it, ``year_digits`` 2 or 4, ``number_digits`` how many digits a number
    has at least.
    """

    text: str
    year_digits: int
    number_digits: int

    def written(self, year: int, number: int) -> str:
        """The case number.

        Raises:
            ValueError: where the number is not one of NUMBERS, or the year's digits would not say which year it is.
        """
        if number not in NUMBERS or year not in YEARS[self.year_digits]:
            raise ValueError(year, number)
        digits = {"年": f"{year}"[-self.year_digits :], "序号": f"{number:0{self.number_digits}}"}
        return PLACEHOLDER.sub(lambda found: digits[_name_of(found)], self.text)

    def read_back(self, text: str) -> tuple[int, int] | None:
        """The year and the number that are written so; None where the text is no number of this pattern."""
        found = re.fullmatch("".join(self._expression()), text)
        if found is None:
            return None
        years, number = YEARS[self.year_digits], int(found["number"])
        year = years.start - years.start % 10**self.year_digits + int(found["year"])
        if number not in NUMBERS or year not in years or self.written(year, number) != text:
            return None
        return year, number

    def _expression(self) -> Iterator[str]:
        """What the texts of this pattern match; only the number's length varies, so there is one way to match."""
        digits = {"年": f"(?P<year>[0-9]{{{self.year_digits}}})", "序号": f"(?P<number>[0-9]{{1,{MOST_DIGITS}}})"}
        end = 0
        for found in PLACEHOLDER.finditer(self.text):
            yield re.escape(self.text[end : found.start()])
            yield digits[_name_of(found)]
            end = found.end()
        yield re.escape(self.text[end:])


def read_pattern(text: str) -> Pattern:
    """The pattern that somebody typed; braces of a Chinese input method and spaces around it are put right.

    Raises:
        Problem: what cannot stand so, and what to write instead.
    """
    typed = text.strip().translate(INPUT_METHOD)
    if len(typed) > LONGEST:
        raise Problem(f"编号规则有 {len(typed)} 个字符，太长。", f"请缩短到 {LONGEST} 个字符以内。")
    _refuse_unfit(PLACEHOLDER.sub("", typed))
    if typed.endswith("."):
        raise Problem("编号规则以点号结尾，不能用作文件名。", "请去掉末尾的点号。")
    asked = [_asked(found[1]) for found in PLACEHOLDER.finditer(typed)]
    _refuse_missing_or_twice([name for name, _ in asked])
    digits = dict(asked)
    year, number = digits["年"], digits["序号"]
    if year not in YEARS:
        raise Problem(f"年份不能写成 {year} 位。", "请写 {年}（四位）或 {年:2}（两位）。")
    if not 1 <= number <= MOST_DIGITS:
        raise Problem(f"序号不能写成 {number} 位。", f"序号的位数请填 1 至 {MOST_DIGITS}，例如 {{序号:4}}。")
    return Pattern(PLACEHOLDER.sub(lambda found: _shown(*_asked(found[1])), typed), year, number)


def _name_of(found: re.Match[str]) -> str:
    return found[1].partition(":")[0]


def _shown(name: str, digits: int) -> str:
    return f"{{{name}}}" if digits == PLAIN_DIGITS[name] else f"{{{name}:{digits}}}"


def _asked(inside: str) -> tuple[str, int]:
    """What is between braces: the year or the number, and of how many digits."""
    found = ASKED.fullmatch("".join(normalize("NFKC", inside).split()))
    if found is not None and found[1] in PLAIN_DIGITS:
        return found[1], PLAIN_DIGITS[found[1]] if found[2] is None else int(found[2])
    if found is not None and found[1] in ("月", "日"):
        raise Problem(f"编号规则中不能有 {{{found[1]}}}：序号按年连续。", f"请去掉 {{{found[1]}}}，只用年和序号。")
    raise Problem(f"编号规则中的 {{{inside}}} 无法识别。", f"可以用的有：{KNOWN}。")


def _refuse_missing_or_twice(names: list[str]) -> None:
    for name, example in (("年", "{年}"), ("序号", "{序号:4}")):
        if name not in names:
            raise Problem(f"编号规则中没有{name}，不同的案卷会得到相同的编号。", f"请加上 {example}，{EXAMPLES}。")
        if names.count(name) > 1:
            raise Problem(f"编号规则中的{name}写了 {names.count(name)} 次。", f"{name}只能写一次，{EXAMPLES}。")


def _refuse_unfit(fixed: str) -> None:
    """Holds the fixed characters against what a file name, a list and a telephone can bear."""
    if any(brace in fixed for brace in "{}"):
        raise Problem("编号规则中的大括号不成对。", f"大括号要成对，里面写年或序号，{EXAMPLES}。")
    for character in fixed:
        if character.isspace():
            raise Problem("编号规则中有空格。", "请去掉空格，需要分隔时用短横线「-」。")
        if category(character) in UNSEEN:
            raise Problem(f"编号规则中有看不见的字符（U+{ord(character):04X}）。", "请删去重新录入。")
        if character in UNFIT:
            raise Problem(f"编号规则中有字符「{character}」，不能用作文件名。", "请去掉，需要分隔时用短横线「-」。")
