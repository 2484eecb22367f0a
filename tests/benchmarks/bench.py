"""What a clerk waits for, each beside the same thing done bare in the same run: the ratio counts, not the time."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

from openpyxl import Workbook, load_workbook
from reportlab.pdfgen.canvas import Canvas

from desktop.batches.outgoing import Cover, Sent, write_batch
from desktop.domain.reading import read_case
from desktop.notices.pdf import Faces, render
from desktop.notices.typefaces import BODY, load_typefaces
from desktop.policy.assess import assess
from desktop.policy.letters.calculation import calculation_letter
from desktop.policy.letters.letter import Desk, Letter, letter_text
from desktop.work.assessing import assess_files, read_json
from desktop.work.library import Library, load_library

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
NOW = datetime(2024, 5, 28, 9, 30, tzinfo=UTC)
DAY = NOW.date()
SETTLED = ("2024-02-20", "2024-03-05", "2024-03-19", "2024-04-02", "2024-04-16")
SELF_PAY = {"in_scope": 1, "basic_paid": -1, "major_paid": -1, "prior_self_pay": 1, "over_price_limit": 1}
DEDUCTIBLE, PERCENT, CAP = 200_000, 50, 5_000_000  # of the sample's class, in fen: all that a bare loop needs to know
Draft = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contest:
    """The same work twice: by the program, and bare. ``times`` of it make a round that is long enough to measure."""

    what: str
    beside: str
    ours: Callable[[], object]
    peer: Callable[[], object]
    rounds: int
    times: int = 1


def main() -> int:
    """Prints a line for each contest as it ends."""
    library = load_library(ROOT / "policies")
    print(f"{'':<44}{'ours':>12}{'beside':>12}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for contest in contests(library, Path(folder)):
            ours, peer = medians(contest)
            print(f"{contest.what:<44}{shown(ours):>12}{shown(peer):>12}{ours / peer:>8.1f}   {contest.beside}")
    return 0


def contests(library: Library, folder: Path) -> Iterator[Contest]:
    """Every contest, prepared when its turn comes; both sides are checked to do the same."""
    sample = sample_case("01-illness-poverty.json")
    yield one_case(library, sample)
    yield many_cases(library, sample, folder)
    yield notice(library, sample)
    yield workbook(library, folder)
    yield window(folder)


def medians(contest: Contest) -> tuple[float, float]:
    """Median seconds of each side, round by round in turn, so that both meet the same machine."""
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(contest.rounds + 1):
        for side, times in zip((contest.ours, contest.peer), taken, strict=True):
            begun = perf_counter()
            for _ in range(contest.times):
                side()
            if number:  # the first round only warms up
                times.append((perf_counter() - begun) / contest.times)
    return statistics.median(taken[0]), statistics.median(taken[1])


def shown(seconds: float) -> str:
    """A time for people."""
    return f"{seconds * 1e6:.0f} us" if seconds < 0.001 else f"{seconds * 1e3:.1f} ms"


def sample_case(name: str) -> Draft:
    """A sample case file as data."""
    data = read_json(ROOT / "tests" / "samples" / name)
    assert isinstance(data, dict)
    return data


def with_five_expenses(sample: Draft) -> Draft:
    """The case with five stays, settled one after the other."""
    stay = sample["expenses"][0]
    stays = [
        {**stay, "id": f"e{number}", "discharged_on": day, "settled_on": day} for number, day in enumerate(SETTLED, 1)
    ]
    return {**sample, "expenses": stays}


# ---------------------------------------------------------------- one case, and a thousand


def one_case(library: Library, sample: Draft) -> Contest:
    """Assessing five expenses with every step recorded, beside a loop that only works out the amounts."""
    draft = with_five_expenses(sample)
    case, sheets = read_case(draft), sheets_of(draft)
    rules = library.rules(case.locality)
    (benefit,) = assess(case, rules, DAY).benefits
    assert [line.payable and line.payable.fen for line in benefit.lines] == paid_by_hand(sheets)
    words = ("assess one case of five expenses", "a loop over whole fen")
    return Contest(*words, lambda: assess(case, rules, DAY), lambda: paid_by_hand(sheets), rounds=15, times=100)


def many_cases(library: Library, sample: Draft, folder: Path) -> Contest:
    """A thousand case files read, checked and assessed in one call, beside parsing them and the same loop."""
    text = json.dumps(with_five_expenses(sample), ensure_ascii=False, default=str)
    paths = [folder / f"{number}.json" for number in range(1000)]
    for path in paths:
        path.write_text(text, encoding="utf-8")

    def ours() -> list[int]:
        found = assess_files(library, paths, None, DAY)
        return [one.assessment.payable.fen for one in found if one.assessment.payable]

    def bare() -> list[int]:
        return [sum(paid_by_hand(sheets_of(json.loads(path.read_bytes())))) for path in paths]

    assert ours() == bare()
    return Contest("read and assess 1000 case files", "json.loads and the same loop", ours, bare, rounds=3)


def sheets_of(data: Draft) -> list[tuple[int, ...]]:
    """What the loop needs of each expense of a case file, in fen and on trust."""
    return [
        tuple(sign * int(Decimal(one[key]).scaleb(2)) for key, sign in SELF_PAY.items()) for one in data["expenses"]
    ]


def paid_by_hand(sheets: list[tuple[int, ...]]) -> list[int]:
    """Self-pay, deductible, share and cap of a year's expenses, in fen."""
    deductible, left, paid = DEDUCTIBLE, CAP, []
    for sheet in sheets:
        self_pay = sum(sheet)
        used = min(deductible, self_pay)
        deductible -= used
        pays = min(((self_pay - used) * PERCENT + 50) // 100, left)
        left -= pays
        paid.append(pays)
    return paid


# ---------------------------------------------------------------- paper and workbook


def notice(library: Library, sample: Draft) -> Contest:
    """The calculation notice set on its pages, beside the same words drawn line after line."""
    case = read_case(sample)
    rules = library.rules(case.locality)
    desk = Desk("示例镇社会救助窗口", "示例镇示例路1号", "0850-0000000", "0850-0000001", "2024-0001", DAY, {})
    letter, faces = calculation_letter(case, assess(case, rules, DAY), rules, desk), Faces(FONTS)
    load_typefaces(faces.folder)
    words = ("print the calculation notice", "the same words on a bare canvas")
    return Contest(*words, lambda: render(letter, faces), lambda: drawn(letter), rounds=9)


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

    words = ("write a batch of 501 rows", "openpyxl, the same cells bare")
    return Contest(*words, lambda: write_batch(cover, cases, path), bare, rounds=3)


# ---------------------------------------------------------------- the window

EMPTY_WINDOW = """
import desktop.main, desktop.window.app
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
application.processEvents()
"""
OUR_WINDOW = """
from PySide6.QtWidgets import QApplication
QApplication.exec = lambda *_: QApplication.processEvents()
from desktop.main import main
raise SystemExit(main([]))
"""


def window(folder: Path) -> Contest:
    """From the command to the first painted window on an empty store, beside an empty one with the same imports."""
    words = ("start until the window is there", "an empty window, same imports")
    return Contest(*words, lambda: started(OUR_WINDOW, folder), lambda: started(EMPTY_WINDOW, folder), rounds=5)


def started(program: str, folder: Path) -> None:
    """A process of its own that ends after its first paint, at home in a folder that is thrown away."""
    homes = {
        name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")
    }
    # Compiled modules are kept between starts, as they are where the program is installed.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment = {**os.environ, **homes, **compiled, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    sys.exit(main())
