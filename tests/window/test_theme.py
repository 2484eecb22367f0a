"""The look: one style sheet for every colour and size, and words that can be read on what they stand on."""

from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import paths
from desktop.window.fonts import load_fonts
from desktop.window.theme import DARK, LIGHT, Tokens, palette, scaled, space, style_sheet

LEAST_CONTRAST = 4.5  # of text to its ground, WCAG AA


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(tokens: Tokens) -> None:
    texts = (tokens.text, tokens.second, tokens.accent)
    pairs = [
        *product(texts, (tokens.ground, tokens.surface)),
        (tokens.pass_text, tokens.pass_tint),
        (tokens.attention_text, tokens.attention_tint),
        (tokens.fail_text, tokens.fail_tint),
        (tokens.fail_text, tokens.surface),
        (tokens.on_accent, tokens.accent),
    ]
    assert [(pair, contrast(*pair)) for pair in pairs if contrast(*pair) < LEAST_CONTRAST] == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("points", [11, 18])
def test_the_style_sheet_is_whole_and_qt_takes_it(qtbot: QtBot, tokens: Tokens, points: int) -> None:
    sheet = style_sheet(tokens, points)
    assert "$" not in sheet
    assert tokens.accent in sheet
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.styleSheet()
    app.setStyleSheet(sheet)  # what Qt cannot read it complains about, and that fails the test
    app.setStyleSheet(before)


def test_type_and_controls_grow_together() -> None:
    assert (scaled(34, 11), scaled(34, 18)) == (34, 56)
    assert "font-size: 11.0pt" in style_sheet(LIGHT, 11)
    assert "font-size: 18.0pt" in style_sheet(LIGHT, 18)
    assert [space(steps) for steps in (2, 3, 6)] == [8, 12, 24]


def test_icons_of_both_looks_are_there() -> None:
    names = {tokens.icons: {path.name for path in (paths.ROOT / "resources/icons" / tokens.icons).glob("*.svg")}
             for tokens in (LIGHT, DARK)}  # fmt: skip
    assert names["light"] == names["dark"] != set()


def test_chinese_is_shown_from_the_fonts_that_travel_along(qtbot: QtBot) -> None:
    font = load_fonts(paths.FONTS, 11)
    assert QFontInfo(font).family() == "Noto Sans SC"
    assert all(QFontMetrics(font).inFontUcs4(ord(character)) for character in "一门受理台✓●○–×!\u202f")
    assert len({QFontMetrics(font).horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_what_qt_draws_by_itself_has_the_same_colours(qtbot: QtBot) -> None:
    assert palette(DARK).base().color() == QColor(DARK.surface)
    assert palette(LIGHT).highlight().color() == QColor(LIGHT.accent)
