"""The pages say what the letter says, in faces that travel with them, and nothing runs over."""

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from desktop.domain.id_numbers import check_digit
from desktop.domain.problems import Problem
from desktop.domain.reading import read_case
from desktop.notices.lines import CLOSING
from desktop.notices.pdf import Faces, render
from desktop.notices.styles import BOTTOM, FIRST_HEIGHT, HEIGHT, LEFT, WIDTH
from desktop.policy.assess import assess
from desktop.policy.law.localities import read_locality
from desktop.policy.law.reading import read_policy
from desktop.policy.law.rules import Rules
from desktop.policy.letters.calculation import calculation_letter
from desktop.policy.letters.letter import (
    DATE_HERE,
    Code,
    Desk,
    Facts,
    Heading,
    Letter,
    Paragraph,
    Part,
    Remark,
    Signatures,
    Table,
)
from desktop.policy.letters.receipt import receipt_letter

ROOT = Path(__file__).resolve().parents[2]
FACES = Faces(ROOT / "resources" / "fonts")
DAY = date(2024, 5, 28)
LONG_NAME = "阿卜杜热合曼·买买提吐尔逊·阿布都克里木·艾合买提江·伊斯拉木江·吐尔洪江·阿不都外力·𬱖䶮龘热合曼"
BOX = tuple[float, float, float, float]


def letter_of(*parts: Part) -> Letter:
    return Letter("receipt", "示例县示例镇窗口", "受理回执", "受2024-0001", parts, DAY)


def sample(name: str) -> Any:
    return json.loads((ROOT / "tests" / "samples" / f"{name}.json").read_text(encoding="utf-8"))


def read_toml(place: str) -> object:
    return tomllib.loads((ROOT / "policies" / place).read_text(encoding="utf-8"), parse_float=Decimal)


def letters_of(data: object) -> tuple[Letter, Letter]:
    """The receipt and the calculation of a case file."""
    policy = read_policy(read_toml("guizhou/2022-19.toml"))
    rules = Rules(policy, read_locality(read_toml("localities/guizhou-sample.toml")))
    desk = Desk("示例县示例镇社会救助「一门受理」窗口", "示例路 1 号", "", "", "受2024-0001", DAY, {})
    case = read_case(data)
    return receipt_letter(case, rules, desk), calculation_letter(case, assess(case, rules, DAY), rules, desk)


def too_much() -> Any:
    """Twelve members, forty expenses, amounts of nine digits, names that run long."""
    data = sample("01-illness-poverty")
    members, expense = data["household"]["members"], data["expenses"][0]
    members[0]["name"] = LONG_NAME
    for place in range(2, 12):
        first = f"5201991980{1 + place % 9:02d}{10 + place}00{place % 10}"
        number = first + check_digit(first)
        members.append({**deepcopy(members[1]), "id": f"p{place + 1}", "name": f"成员<b>&{place}", "id_number": number})
    amounts = {
        "total": "999999999.99", "in_scope": "899999999.99", "prior_self_pay": "1000000.01", "full_self_pay": None,
        "over_price_limit": "2000000.00", "basic_paid": "100000000.00", "major_paid": "12345678.90",
    }  # fmt: skip
    data["expenses"] = [
        {
            **expense,
            **amounts,
            "id": f"e{place}",
            "patient": f"p{1 + place % 4}",
            "provider": f"示例医院龘𪚥分院{place}",
        }
        for place in range(40)
    ]
    return data


def pieces_of(letter: Letter) -> Iterator[str]:
    """Every text of a letter in the order of its page."""
    yield from (letter.office, letter.title, letter.number_line)
    for part in letter.parts:
        match part:
            case Heading() | Paragraph() | Remark() | Code():
                yield part.text
            case Facts():
                yield from (text for row in part.rows for text in row)
            case Table():
                yield from (text for row in (part.titles, *part.rows) for text in row)
            case Signatures():
                yield from (f"{label}：" for label in part.labels)
                yield from (DATE_HERE for _ in part.labels)
    yield from (letter.office, letter.day)


def solid(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def pages_text(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [solid(page.get_textpage().get_text_range()) for page in document]


def openers_of(pdf: bytes) -> Iterator[str]:
    """Each character that opens a line, on the page or in a cell: nothing stands right before it."""
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            before: BOX = (0, 0, 0, 0)
            for place in range(text.count_chars()):
                character, box = text.get_text_range(place, 1), text.get_charbox(place, loose=True)
                if character.isspace():
                    continue
                same_line = abs(box[1] - before[1]) < 3 and 0 <= box[0] - before[2] + 1 < 6
                if not same_line:
                    yield character
                before = box


def boxes_of(pdf: bytes) -> list[list[BOX]]:
    """The box of each visible character (left, bottom, right, top), page by page."""
    with pdfium.PdfDocument(pdf) as document:
        return [
            [
                text.get_charbox(place)
                for place in range(text.count_chars())
                if not text.get_text_range(place, 1).isspace()
            ]
            for text in (page.get_textpage() for page in document)
        ]


def test_a_page_says_what_the_letter_says_and_nothing_else() -> None:
    receipt, _ = letters_of(sample("01-illness-poverty"))
    (page,) = pages_text(render(receipt, FACES))
    foot = f"{receipt.number_line}打印日期：{receipt.day}第1页共1页"
    assert page == solid(foot + "".join(pieces_of(receipt)))


@pytest.mark.parametrize("name", ["02-redirect", "06-annual-cap"])
def test_nothing_of_a_longer_letter_is_lost(name: str) -> None:
    _, calculation = letters_of(sample(name))
    text = "".join(pages_text(render(calculation, FACES)))
    place = 0
    for piece in map(solid, pieces_of(calculation)):
        found = text.find(piece, place)
        assert found >= 0, piece
        place = found + len(piece)


def test_rare_characters_are_drawn_and_can_be_searched() -> None:
    pdf = render(letter_of(Paragraph("王𬱖、龚䶮、𬘭、𠅤、㐂、𰻝、𪚥"), Facts((("姓名", "𬱖䶮"),))), FACES)
    (page,) = pages_text(pdf)
    assert "王𬱖、龚䶮、𬘭、𠅤、㐂、𰻝、𪚥姓名𬱖䶮" in page
    assert b"HanaMinB" in pdf


def test_the_face_for_rare_characters_stays_out_of_a_letter_without_them() -> None:
    assert b"HanaMinB" not in render(letter_of(Paragraph("王示例：")), FACES)


@pytest.mark.parametrize(("text", "code"), [("王😀", "U+1F600"), ("王\U00031350", "U+31350"), ("王\x07", "U+0007")])
def test_a_character_that_no_face_has_is_named_and_nothing_is_made(text: str, code: str) -> None:
    with pytest.raises(Problem) as problem:
        render(letter_of(Table(("姓名",), ((text,),), (1,))), FACES)
    assert code in problem.value.what


def test_a_name_is_no_markup() -> None:
    (page,) = pages_text(render(letter_of(Paragraph("<b>王&示例</b>&amp;"), Remark("a<b")), FACES))
    assert "<b>王&示例</b>&amp;a<b" in page


def test_the_same_letter_gives_the_same_bytes() -> None:
    _, calculation = letters_of(sample("01-illness-poverty"))
    assert render(calculation, FACES) == render(calculation, FACES)


def test_every_face_is_in_the_file_and_no_other_is_listed() -> None:
    _, calculation = letters_of(too_much())
    pdf = render(calculation, FACES)
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/Subtype /TrueType") == pdf.count(b"/FontFile2") > 0


def test_the_particulars_of_the_file_say_what_it_is_and_not_whose() -> None:
    receipt, _ = letters_of(sample("01-illness-poverty"))
    with pdfium.PdfDocument(render(receipt, FACES)) as document:
        said = document.get_metadata_dict(skip_empty=True)
    assert said.pop("Title") == "受理回执"
    assert {key for key, value in said.items() if "(unspecified)" not in value} == {"CreationDate", "ModDate"}
    assert said["CreationDate"].startswith("D:2000")


def test_no_line_begins_with_a_closing_mark() -> None:
    _, calculation = letters_of(sample("02-redirect"))
    prose = Paragraph("申请人家庭，符合「低保边缘」；待遇更高！可转办（六（二））。" * 40)
    openers = list(openers_of(render(replace(calculation, parts=(prose, *calculation.parts)), FACES)))
    assert len(openers) > 200
    assert {opener for opener in openers if opener in CLOSING} == {"—"}  # alone in its cell


def test_too_much_stays_within_the_margins_and_nothing_overlaps() -> None:
    for letter in letters_of(too_much()):
        for page, boxes in enumerate(boxes_of(render(letter, FACES))):
            height = HEIGHT if page else FIRST_HEIGHT
            assert min(left for left, *_ in boxes) >= LEFT - 1
            assert max(right for _, _, right, _ in boxes) <= LEFT + WIDTH + 1
            body = [box for box in boxes if box[1] >= BOTTOM and box[3] <= BOTTOM + height]
            assert len(body) > 20
            assert [pair for pair in neighbours(boxes) if overlap(*pair)] == []


def neighbours(boxes: list[BOX]) -> Iterator[tuple[BOX, BOX]]:
    """Characters next to each other, in slices of a few points' height so that each line is covered."""
    slices: dict[int, list[BOX]] = {}
    for box in boxes:
        slices.setdefault(int((box[1] + box[3]) / 2) // 4, []).append(box)
    for line in slices.values():
        yield from pairwise(sorted(set(line)))  # two halves of a rare character have one box


def overlap(one: BOX, other: BOX) -> bool:
    """Whether two boxes share more than a hair."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and along > 1


def test_a_long_table_repeats_its_titles_and_the_signatures_stay_with_the_day() -> None:
    rows = tuple((f"费用{place}", f"{place},000.00") for place in range(90))
    pdf = render(letter_of(Table(("名称甲", "金额乙"), rows, (2, 1), (1,)), Signatures(("受理人", "申请人"))), FACES)
    pages = pages_text(pdf)
    assert len(pages) > 1
    assert all("名称甲金额乙" in page for page in pages if "费用" in page)
    assert "受理人：申请人：年月日年月日示例县示例镇窗口2024年5月28日" in pages[-1]
    assert [f"第{place}页共{len(pages)}页" in page for place, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_cell_higher_than_a_page_goes_on_to_the_next() -> None:
    text = "示例（县）人民医院，" * 400
    pages = pages_text(render(letter_of(Table(("机构",), ((text,), ("末行",)), (1,))), FACES))
    assert sum(page.count("示例（县）人民医院，") for page in pages) > 390
    assert "末行" in pages[-1]


def test_a_short_passage_stays_whole_with_its_heading() -> None:
    table = Table(("名称甲",), tuple((f"甲{place}",) for place in range(6)), (1,))
    for lines in range(8, 30):
        parts: list[Part] = [Paragraph("示例。", indent=False)] * lines
        parts += [Heading("一、申请材料"), table, Paragraph("材料齐全。")]
        parts += [Heading("二、联系"), Facts((("咨询电话", "0850"),)), Signatures(("受理人",))]
        pages = pages_text(render(letter_of(*parts), FACES))
        assert any("一、申请材料名称甲甲0甲1甲2甲3甲4甲5材料齐全。" in page for page in pages)
        assert any("二、联系咨询电话0850受理人：年月日示例县示例镇窗口2024年5月28日" in page for page in pages)
