"""The place of the policies: an official text attached, replaced, removed and brought back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.window.lists.policy_page import PolicyCard, PolicyPage
from desktop.window.main_window import MainWindow
from desktop.work.office import Office
from desktop.work.official_texts import attached_text

POLICY = "guizhou-2022-19"


@pytest.fixture
def page(window: MainWindow) -> PolicyPage:
    window.show_place("policies")
    assert window.tasks.wait_until_idle()
    return window.policy_page


@pytest.fixture
def card(page: PolicyPage) -> PolicyCard:
    return page.cards[POLICY]


def attach(window: MainWindow, path: Path) -> None:
    window.policy_page.attach(POLICY, path)
    assert window.tasks.wait_until_idle()


def test_every_document_is_there_and_says_that_nothing_is_attached(page: PolicyPage, office: Office) -> None:
    shown = list(page.cards)
    # What applies here first, then what stands above it; examples of structure serve no office.
    assert shown[:2] == [POLICY, "cn-2021-42"]
    assert set(shown) == {name for name, policy in office.library.policies.items() if policy.kind != "example"}
    assert {card.state.text() for card in page.cards.values()} == {"尚未附上原文。"}
    assert not any(card.remove.isVisible() for card in page.cards.values())


def test_a_file_is_chosen_and_attached_by_the_keyboard(
    window: MainWindow, card: PolicyCard, office: Office, official_text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(official_text), ""))
    card.attach.setFocus()
    QTest.keyClick(card.attach, Qt.Key.Key_Return)
    assert window.tasks.wait_until_idle()
    assert attached_text(office, POLICY) == official_text.read_text(encoding="utf-8")
    assert card.state.text().startswith("! 已附上原文。以下条款没有单独找到：")
    assert card.remove.isVisible()
    assert window.status.sentence.text() == "已为黔府办发〔2022〕19号附上原文。"


def test_a_text_that_has_every_clause_says_so(window: MainWindow, card: PolicyCard, official_text: Path) -> None:
    said = official_text.read_text(encoding="utf-8").replace("本实施意见自", "（三）收菜。\n本实施意见自")
    official_text.write_text(said, encoding="utf-8")
    attach(window, official_text)
    assert card.state.text() == "✓ 已附上原文。引用的条款都能找到。"


def test_a_file_that_is_refused_is_told_and_changes_nothing(
    window: MainWindow, page: PolicyPage, card: PolicyCard, official_text: Path
) -> None:
    official_text.write_text("没有条款的文件", encoding="utf-8")
    attach(window, official_text)
    assert page.trouble.isVisible()
    assert "请核对是否选对了文件" in page.trouble.words.text()
    assert card.state.text() == "尚未附上原文。"


def test_a_text_is_removed_and_brought_back(
    window: MainWindow, card: PolicyCard, office: Office, official_text: Path
) -> None:
    attach(window, official_text)
    card.remove.setFocus()
    QTest.keyClick(card.remove, Qt.Key.Key_Return)
    assert window.tasks.wait_until_idle()
    assert attached_text(office, POLICY) is None
    assert not card.remove.isVisible()
    assert QApplication.focusWidget() is card.attach
    window.status.take_back()
    assert window.tasks.wait_until_idle()
    assert attached_text(office, POLICY) == official_text.read_text(encoding="utf-8")
    assert card.remove.isVisible()


def test_a_spoiled_text_is_told_and_can_be_removed(
    window: MainWindow, page: PolicyPage, card: PolicyCard, office: Office, official_text: Path
) -> None:
    attach(window, official_text)
    (office.official_texts / f"{POLICY}.txt").write_bytes(b"\xff\xff")
    page.reload()
    assert window.tasks.wait_until_idle()
    assert "不是 UTF-8 或 GB18030" in card.state.text()
    page.remove(POLICY)
    assert window.tasks.wait_until_idle()
    assert card.state.text() == "尚未附上原文。"
    assert not window.status.can_take_back()
