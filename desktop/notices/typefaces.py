"""Which face draws which character: the text's own face first, then one for rare characters, glyph by glyph."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import category

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.domain.problems import Problem
from desktop.notices.cures import cure_reportlab

BODY, TITLE = "NotoSerifSC-Regular", "NotoSansSC-Medium"
# Asked in turn for what the text's own face lacks; the first is large and loads only then.
FALLBACKS = ("HanaMinB", "NotoSansSC-Regular")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one face draws."""

    face: str
    text: str


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The faces of a folder."""

    folder: Path

    def width(self, face: str, text: str, size: float) -> float:
        """How wide a text stands, in points."""
        return sum(float(self._font(run.face).stringWidth(run.text, size)) for run in self.runs(face, text))

    def runs(self, face: str, text: str) -> tuple[Run, ...]:
        """The text cut where the face changes.

        Raises:
            Problem: where no face has a character.
        """
        own = self._glyphs(face)
        if all(ord(character) in own for character in text):
            return (Run(face, text),) if text else ()
        runs: list[Run] = []
        for character in text:
            found = self._face_of(face, character)
            if runs and runs[-1].face == found:
                runs[-1] = Run(found, runs[-1].text + character)
            else:
                runs.append(Run(found, character))
        return tuple(runs)

    def _face_of(self, face: str, character: str) -> str:
        for one in (face, *FALLBACKS):
            if ord(character) in self._glyphs(one):
                return one
        shown = "控制字符" if category(character)[0] == "C" else f"「{character}」"
        raise Problem(
            f"字库中没有字符{shown}（U+{ord(character):04X}），文书未生成。",
            "请核对该字是否录错；确为生僻字的，请与技术支持联系补充字库。",
        )

    def _glyphs(self, face: str) -> dict[int, int]:
        glyphs: dict[int, int] = self._font(face).face.charToGlyph
        return glyphs

    def _font(self, face: str) -> TTFont:
        return _load(self.folder, face)


@cache
def _load(folder: Path, face: str) -> TTFont:
    font = TTFont(face, str(folder / f"{face}.ttf"))
    pdfmetrics.registerFont(font)
    return font


def load_typefaces(folder: Path) -> Typefaces:
    """The faces of a folder, with ReportLab cured; those for rare characters are read when first needed."""
    cure_reportlab()
    for face in (BODY, TITLE):
        _load(folder, face)
    return Typefaces(folder)
