"""What ReportLab gets wrong with Chinese and is put right here: the map from glyphs back to characters.

Its own ToUnicode map writes characters beyond U+FFFF with five hex digits, so that searching and copying give other
characters, and puts more than the hundred entries into a block that the format allows.
(Its other fault, lines that begin with closing punctuation, does not arise: lines are broken in ``lines``.)
"""

from collections.abc import Iterator, Sequence

from reportlab.pdfbase import ttfonts

MOST_IN_BLOCK = 100
HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <{last:02X}>
endcodespacerange"""
FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of a subset font: glyph codes to code points, in UTF-16."""
    return "\n".join((HEAD.format(name=fontname, last=len(subset) - 1), *_blocks(subset), FOOT))


def _blocks(subset: Sequence[int]) -> Iterator[str]:
    entries = [f"<{glyph:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for glyph, code in enumerate(subset)]
    for first in range(0, len(entries), MOST_IN_BLOCK):
        block = entries[first : first + MOST_IN_BLOCK]
        yield "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar"))


def cure_reportlab() -> None:
    """Puts the map right for every PDF that is made from now on."""
    ttfonts.makeToUnicodeCMap = to_unicode_map
