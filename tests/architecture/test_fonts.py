"""The fonts are the ones that were chosen, each with its licence beside it."""

import hashlib
from pathlib import Path

import pytest

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
CHECKSUMS = {
    name: checksum
    for checksum, name in (line.split() for line in (FONTS / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
}


def test_every_font_has_a_checksum() -> None:
    assert sorted(CHECKSUMS) == sorted(path.name for path in FONTS.glob("*.ttf"))


@pytest.mark.parametrize("name", CHECKSUMS)
def test_font_is_the_one_that_was_chosen(name: str) -> None:
    with (FONTS / name).open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == CHECKSUMS[name]


@pytest.mark.parametrize("name", CHECKSUMS)
def test_font_has_its_licence_and_its_source_beside_it(name: str) -> None:
    family = Path(name).stem.partition("-")[0]
    assert (FONTS / f"{family}-LICENSE.txt").stat().st_size > 0
    assert f"| {name} |" in (FONTS / "README.md").read_text(encoding="utf-8")
