"""A letter becomes a PDF: the door of this room, which loads reportlab only when something prints."""

from dataclasses import dataclass
from pathlib import Path

from desktop.policy.letters.letter import Letter


@dataclass(frozen=True, slots=True)
class Faces:
    """The folder of the fonts that travel with the program."""

    folder: Path


def render(letter: Letter, faces: Faces) -> bytes:
    """The letter as PDF; the same letter gives the same bytes.

    Raises:
        Problem: where no face has a character of the letter; it names the character and its code point.
    """
    from desktop.notices.pages import pages_of
    from desktop.notices.typefaces import load_typefaces

    return pages_of(letter, load_typefaces(faces.folder))
