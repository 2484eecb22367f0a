"""The map from glyphs back to characters, as the PDF format has it."""

from desktop.notices.cures import to_unicode_map


def test_a_character_beyond_the_basic_plane_stands_as_two_code_units() -> None:
    found = to_unicode_map("Face", [0x20, ord("王"), ord("𬱖")])
    assert "<01> <738B>" in found
    assert "<02> <D873DC56>" in found
    assert "<00> <02>" in found


def test_no_block_holds_more_than_a_hundred_characters() -> None:
    lines = to_unicode_map("Face", range(0x4E00, 0x4E00 + 250)).splitlines()
    assert [line for line in lines if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "50 beginbfchar",
    ]
