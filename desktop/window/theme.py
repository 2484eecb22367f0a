"""The look in one place: colours, sizes and the one style sheet that every widget wears."""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from desktop.paths import ROOT

STYLE_SHEET = ROOT / "resources" / "style" / "window.qss"
ICONS = ROOT / "resources" / "icons"
SMALLEST_PT, LARGEST_PT = 11, 18


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of the window; pass, attention and fail are each a text and the tint it stands on."""

    ground: str
    surface: str
    line: str
    text: str
    second: str
    accent: str
    on_accent: str
    pass_text: str
    pass_tint: str
    attention_text: str
    attention_tint: str
    fail_text: str
    fail_tint: str
    icons: str  # the folder of resources/icons that fits: light or dark


LIGHT = Tokens(
    ground="#F5F6F8",
    surface="#FFFFFF",
    line="#DDE1E6",
    text="#1C2126",
    second="#565F69",
    accent="#1D5FA8",
    on_accent="#FFFFFF",
    pass_text="#17693F",
    pass_tint="#E5F3EA",
    attention_text="#7A5200",
    attention_tint="#FBF1DC",
    fail_text="#A3271F",
    fail_tint="#FBE9E7",
    icons="light",
)
DARK = Tokens(
    ground="#15181C",
    surface="#1E2227",
    line="#363C44",
    text="#E8EAED",
    second="#A7B0BA",
    accent="#7FB2F0",
    on_accent="#15181C",
    pass_text="#84D3A4",
    pass_tint="#1B3226",
    attention_text="#E8BF6A",
    attention_tint="#362B14",
    fail_text="#F2A59D",
    fail_tint="#3B1F1C",
    icons="dark",
)

# At 11 pt; everything that holds text grows with the setting.
POINTS = {"body": 11, "second_pt": 10, "section": 13, "title": 17, "key": 22}
PIXELS = {"control": 34, "row": 36, "label": 124, "places": 88, "top": 48, "status": 28, "strip": 272}


def space(steps: int) -> int:
    """Pixels of a distance in steps of 4: 2 inside, 3 between fields, 6 between groups."""
    return 4 * steps


def scaled(pixels: float, base_pt: float) -> int:
    """Pixels that hold text, at a body size of ``base_pt``; given as they are at 11 pt."""
    return round(pixels * base_pt / SMALLEST_PT)


def style_sheet(tokens: Tokens, base_pt: float) -> str:
    """The style sheet in these colours, at a body size of 11 to 18 pt."""
    points = {name: f"{size * base_pt / SMALLEST_PT:.1f}pt" for name, size in POINTS.items()}
    pixels = {name: f"{scaled(size, base_pt)}px" for name, size in PIXELS.items()}
    control = scaled(PIXELS["control"], base_pt)
    # What is inside the border: 1 px each side, 2 px under the focus ring, so that nothing jumps.
    pixels |= {"control_in": f"{control - 2}px", "control_focus": f"{control - 4}px"}
    icons = (ICONS / tokens.icons).as_posix()
    words = {**asdict(tokens), **points, **pixels, "icons": icons}
    return Template(STYLE_SHEET.read_text(encoding="utf-8")).substitute(words)


def palette(tokens: Tokens) -> QPalette:
    """The same colours for what Qt draws by itself: pop-ups, tool tips, selections."""
    colours = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tokens.ground),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.ground),
        (role.Button, tokens.surface),
        (role.ToolTipBase, tokens.surface),
        (role.WindowText, tokens.text),
        (role.Text, tokens.text),
        (role.ButtonText, tokens.text),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.second),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.Mid, tokens.line),
    ):
        colours.setColor(which, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(disabled, which, QColor(tokens.second))
    return colours


def dress(widget: QWidget, role: str) -> None:
    """Gives a widget a role of the style sheet; a widget that is already shown changes at once."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
