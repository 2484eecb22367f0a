"""The result page: conclusion and notices, previewed, issued, printed and saved as they were issued."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.problems import Problem
from desktop.window.paper.printing import page_images, page_sizes, print_pages
from desktop.window.paper.result_page import ResultPage
from desktop.window.tasks import Tasks
from desktop.work.assessing import assess_draft
from desktop.work.intake import new_case, open_case, save_case
from desktop.work.notices import issue_notice
from desktop.work.office import Office

INK = 160  # of 255, where 0 is black
Sample = Callable[[str], dict[str, object]]


@dataclass
class Opened:
    """A result page on a kept case."""

    page: ResultPage
    tasks: Tasks
    office: Office
    case_id: str

    def show(self, draft: dict[str, object]) -> None:
        save_case(self.office, self.case_id, draft, {"id_card": "received"})
        self.page.show_outcome(assess_draft(self.office, draft))

    def press(self, kind: str, key: str) -> None:
        QTest.keyClick(self.page.cards[kind].buttons[key], Qt.Key.Key_Return)
        assert self.tasks.wait_until_idle()


def edges(image: QImage) -> tuple[int, int, int, int]:
    """The first and last row and column of a page that hold ink."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    dots, stride = bytes(grey.constBits()), grey.bytesPerLine()
    rows = [place for place in range(grey.height()) if min(dots[place * stride : place * stride + grey.width()]) < INK]
    columns = [place for place in range(grey.width()) if min(dots[place::stride]) < INK]
    return rows[0], rows[-1], columns[0], columns[-1]


@pytest.fixture
def opened(qtbot: QtBot, office: Office, sample: Sample) -> Iterator[Opened]:
    tasks = Tasks()
    page = ResultPage(office, tasks)
    qtbot.addWidget(page)
    page.resize(1006, 600)
    page.show()
    found = Opened(page, tasks, office, new_case(office, "illness_poverty").id)
    page.open_case(found.case_id)
    found.show(sample("01"))
    yield found
    tasks.close()


def test_the_conclusion_is_shown_in_the_words_of_the_notice(opened: Opened) -> None:
    words = opened.page.letter.toPlainText()
    assert "可认定" in words
    assert "10\u202f750.00 元" in words
    assert "壹万零柒佰伍拾元整" in words


def test_a_draft_with_faults_shows_what_to_correct_instead(opened: Opened, sample: Sample, qtbot: QtBot) -> None:
    opened.show(sample("01") | {"surveyed_on": "2024-13-01"})
    assert not opened.page.letter.isVisible()
    link = opened.page.in_the_way.links[0]
    with qtbot.waitSignal(opened.page.path_asked) as asked:
        QTest.keyClick(link, Qt.Key.Key_Return)
    assert asked.args == ["surveyed_on"]


def test_the_preview_shows_every_page_of_the_notice(opened: Opened, qtbot: QtBot) -> None:
    opened.press("calculation", "preview")
    preview = opened.page.preview
    assert preview.isVisible()
    assert preview.where.text().startswith("第 1 页 / 共 ")
    bar = preview.sheets.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    last = preview.where.text().removeprefix("第 ").split(" 页 / 共 ")
    assert last[0] == last[1].removesuffix(" 页")


def test_escape_closes_the_preview_and_the_focus_returns(opened: Opened) -> None:
    opened.page.activateWindow()
    opened.press("receipt", "preview")
    QTest.keyClick(opened.page.preview.sheets, Qt.Key.Key_Escape)
    assert not opened.page.preview.isVisible()
    assert opened.page.cards["receipt"].buttons["preview"].hasFocus()


def test_a_preview_uses_up_no_number(opened: Opened) -> None:
    opened.press("receipt", "preview")
    assert open_case(opened.office, opened.case_id).draft["case_no"] is None
    assert opened.page.issued == {}


def test_issuing_gives_a_number_and_then_it_can_be_printed(opened: Opened) -> None:
    card = opened.page.cards["receipt"]
    assert not card.buttons["print"].isEnabled()
    opened.press("receipt", "issue")
    assert opened.page.issued["receipt"].number == "受2024-0001"
    assert "受2024-0001" in card.state.text()
    assert card.buttons["print"].isEnabled()
    assert open_case(opened.office, opened.case_id).draft["case_no"] == "2024-0001"


def test_what_is_typed_is_saved_before_a_notice_is_made(opened: Opened, qtbot: QtBot) -> None:
    order: list[str] = []
    opened.page.save_wanted.connect(lambda: order.append("saved"))
    opened.page.save_wanted.connect(
        lambda: opened.tasks.run(lambda: order.append("on disk"), lambda _done: None, lambda _problem: None)
    )
    opened.press("receipt", "preview")
    assert order == ["saved", "on disk"]


def test_a_notice_without_a_name_links_to_the_name(opened: Opened, sample: Sample, qtbot: QtBot) -> None:
    draft = sample("01")
    household = draft["household"]
    assert isinstance(household, dict)
    household["members"][0]["name"] = None
    opened.show(draft)
    opened.press("receipt", "issue")
    assert opened.page.issued == {}
    with qtbot.waitSignal(opened.page.path_asked) as asked:
        QTest.keyClick(opened.page.trouble.links[0], Qt.Key.Key_Return)
    assert asked.args == ["household.members[0].name"]


def test_what_is_saved_is_what_was_issued(opened: Opened, tmp_path: Path, sample: Sample) -> None:
    opened.press("calculation", "issue")
    opened.show(sample("02"))  # the case goes on; the notice does not
    opened.page.save_issued("calculation", tmp_path / "a.pdf")
    assert opened.tasks.wait_until_idle()
    assert (tmp_path / "a.pdf").read_bytes() == opened.page.issued["calculation"].pdf


def test_a_folder_that_is_not_there_is_said_on_the_page(opened: Opened, tmp_path: Path) -> None:
    opened.press("receipt", "issue")
    opened.page.save_issued("receipt", tmp_path / "gone" / "a.pdf")
    assert opened.tasks.wait_until_idle()
    assert opened.page.trouble.isVisible()
    assert "无法写入" in opened.page.trouble.words.text()


def test_another_case_shows_nothing_of_the_last_one(opened: Opened) -> None:
    opened.press("receipt", "issue")
    opened.page.open_case(new_case(opened.office, "assistance").id)
    assert opened.page.issued == {}
    assert not opened.page.cards["receipt"].buttons["print"].isEnabled()


def test_what_prints_is_every_page_on_the_whole_sheet(opened: Opened, tmp_path: Path) -> None:
    pdf = issue_notice(opened.office, opened.case_id, "calculation").pdf
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_pages(pdf, printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert len(page_sizes(printed)) == len(page_sizes(pdf)) > 1
    for drawn, again in zip(page_images(pdf, 100), page_images(printed, 100), strict=True):
        for edge, its_copy in zip(edges(drawn), edges(again), strict=True):
            assert abs(edge - its_copy) <= 3  # hundredths of an inch


def test_the_pages_that_the_dialog_chose_are_printed(opened: Opened, tmp_path: Path) -> None:
    pdf = issue_notice(opened.office, opened.case_id, "calculation").pdf
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 2)
    print_pages(pdf, printer)
    assert len(page_sizes((tmp_path / "printed.pdf").read_bytes())) == 1


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says so too
def test_a_printer_that_does_not_open_is_a_problem_with_a_remedy(opened: Opened, tmp_path: Path) -> None:
    pdf = issue_notice(opened.office, opened.case_id, "receipt").pdf
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gone" / "printed.pdf"))
    with pytest.raises(Problem, match="另存 PDF"):
        print_pages(pdf, printer)
