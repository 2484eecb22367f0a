"""What leaves on paper and by file, each beside the same words or cells without any looks."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from reportlab.pdfgen.canvas import Canvas

from desktop.batches.outgoing import Cover, Sent, write_batch
from desktop.domain.reading import read_case
from desktop.notices.pdf import Faces, render
from desktop.notices.typefaces import BODY, load_typefaces
from desktop.policy.assess import assess
from desktop.policy.letters.calculation import calculation_letter
from desktop.policy.letters.letter import Desk, Letter, letter_text
from desktop.work.library import Library
from tests.benchmarks.contest import Contest
from tests.benchmarks.samples import DAY, NOW, ROOT, sample_case

FONTS = ROOT / "resources" / "fonts"


def contests(library: Library, folder: Path) -> Iterator[Contest]:
    """A notice, and a batch for the county."""
    yield notice(library)
    yield workbook(library, folder)


def notice(library: Library) -> Contest:
    """The calculation notice set on its pages, beside the same words drawn line after line."""
    case = read_case(sample_case("01-illness-poverty.json"))
    rules = library.rules(case.locality)
    desk = Desk("示例镇社会救助窗口", "示例镇示例路1号", "0850-0000000", "0850-0000001", "2024-0001", DAY, {})
    letter, faces = calculation_letter(case, assess(case, rules, DAY), rules, desk), Faces(FONTS)
    load_typefaces(faces.folder)
    beside = {"the same words on a bare canvas": lambda: drawn(letter)}
    return Contest("print the calculation notice", lambda: render(letter, faces), beside, rounds=9)


def drawn(letter: Letter) -> bytes:
    """Every word of the letter, forty characters a line, forty-eight lines a page."""
    sheets = BytesIO()
    canvas = Canvas(sheets, invariant=1)
    lines = [line[start : start + 40] for line in letter_text(letter).split("\n") for start in range(0, len(line), 40)]
    for number, line in enumerate(lines):
        if number and number % 48 == 0:
            canvas.showPage()
        if number % 48 == 0:
            canvas.setFont(BODY, 11)
        canvas.drawString(60, 790 - 15 * (number % 48), line)
    canvas.save()
    return sheets.getvalue()


def workbook(library: Library, folder: Path) -> Contest:
    """A batch of 501 rows, beside openpyxl alone writing the same cells without looks, locks or kinds."""
    case = read_case(sample_case("06-annual-cap.json"))
    rules = library.rules(case.locality)
    assessment = assess(case, rules, DAY)
    cases = [Sent(f"case{number}", replace(case, case_no=f"2024-{number:04d}"), assessment) for number in range(167)]
    path, bare_path = folder / "batch.xlsx", folder / "bare.xlsx"
    cover = Cover("示例-2024-001", 1, "示例镇社会救助窗口", NOW, "示例县", rules.policy.document, verified=False)
    assert write_batch(cover, cases, path) == 501
    cells = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in load_workbook(path).worksheets]

    def bare() -> None:
        book = Workbook()
        for title, rows in cells:
            page = book.create_sheet(title)
            for row in rows:
                page.append(row)
        book.save(bare_path)

    beside = {"openpyxl, the same cells bare": bare}
    return Contest("write a batch of 501 rows", lambda: write_batch(cover, cases, path), beside, rounds=3)
