"""Fields that are chosen from: a list of codes, and a row of few answers side by side.

The wheel changes neither. A letter chooses by the first syllable's initial, a digit by place.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton

from desktop.window.answers.fields import Strokes

# The pinyin initial of every first character that a code's name begins with.
INITIALS = dict(
    (character, initial)
    for initial, characters in {
        "B": "本不备边补薄",
        "C": "城存残财储",
        "D": "低待大",
        "E": "二儿",
        "F": "否父返房",
        "G": "孤工",
        "J": "居教经机基加",
        "K": "困",
        "L": "临六",
        "M": "门",
        "N": "农",
        "P": "配普",
        "Q": "其",
        "S": "省事深四是三商孙",
        "T": "特统突脱",
        "W": "无未",
        "X": "相兄新现县",
        "Y": "一医因已应优意有要",
        "Z": "子祖支职住转肇证自",
    }.items()
    for character in characters
)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def initial_of(name: str) -> str:
    """The letter that chooses a name; Latin names begin with their own."""
    first = name.strip()[:1]
    return INITIALS.get(first, first.upper() if first.isascii() else "")


def place_for(key: str, names: list[str], now: int) -> int | None:
    """Where a key leads among the names: a digit by place, a letter to the next of that initial."""
    if key.isdigit() and key != "0":
        return int(key) - 1 if int(key) <= len(names) else None
    after = [*range(now + 1, len(names)), *range(now + 1)]
    return next((place for place in after if initial_of(names[place]) == key.upper()), None)


class CodeField(QComboBox):
    """One of a list of codes; the first entry is that nothing is chosen."""

    edited = Signal(object)
    gone_on = Signal()
    left = Signal()

    def __init__(self, codes: Mapping[object, str], blank: str = "请选择") -> None:
        super().__init__()
        self._codes: dict[object, str] = {}
        self._blank = blank
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_codes(codes)
        self.activated.connect(lambda: self.edited.emit(self.value()))

    def set_codes(self, codes: Mapping[object, str]) -> None:
        """Offers other codes; the one chosen stays chosen."""
        if dict(codes) == self._codes and self.count():
            return
        now = self.value()
        self._codes = dict(codes)
        self.clear()
        self.addItem(self._blank, None)
        for code, name in codes.items():
            self.addItem(name, code)
        self.show_value(now)

    def value(self) -> object:
        """The chosen code; None where nothing is chosen."""
        return self.currentData()

    def show_value(self, value: object) -> None:
        """Shows a code; one that is not on the list is shown as it stands."""
        if value == self.value() and self.currentIndex() >= 0:
            return
        places = [place for place in range(self.count()) if self.itemData(place) == value]
        if not places and value is not None:
            self.addItem(str(value), value)
            places = [self.count() - 1]
        self.setCurrentIndex(places[0] if places else 0)

    def strokes(self, value: object) -> Strokes:
        """The keys that choose a code."""
        places = [place for place in range(self.count()) if self.itemData(place) == value]
        return [Qt.Key.Key_Home, *([Qt.Key.Key_Down] * places[0])]

    def on_its_way(self) -> bool:
        """A choice is never half made."""
        return False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it changes nothing."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits choose, Enter goes on."""
        if event.key() in ENTER:
            self.gone_on.emit()
            return
        names = [self.itemText(place) for place in range(1, self.count())]
        place = place_for(event.text(), names, self.currentIndex() - 1) if event.text().isalnum() else None
        if place is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self.setCurrentIndex(place + 1)
        self.edited.emit(self.value())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that it was left; opening its own list does not leave it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class SegmentField(QFrame):
    """A few answers side by side, unknown the first; one stop for the keyboard, arrows choose within."""

    edited = Signal(object)
    gone_on = Signal()
    left = Signal()

    def __init__(self, codes: Mapping[object, str], blank: str = "未知") -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._values: list[object] = [None, *codes]
        self._names = [blank, *codes.values()]
        self._place = 0
        inside = QHBoxLayout(self)
        inside.setContentsMargins(3, 3, 3, 3)
        inside.setSpacing(0)
        self._buttons = [self._button(name) for name in self._names]
        for button in self._buttons:
            inside.addWidget(button)
        self._buttons[0].setProperty("blank", True)
        self._choose(0)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self._pick(self._buttons.index(button)))
        return button

    def value(self) -> object:
        """The chosen answer; None is unknown."""
        return self._values[self._place]

    def show_value(self, value: object) -> None:
        """Shows an answer; one that cannot be is shown as unknown, its fault says what stands there."""
        same = [place for place, one in enumerate(self._values) if one is value or (value is not None and one == value)]
        self._choose(same[0] if same else 0)

    def strokes(self, value: object) -> Strokes:
        """The keys that choose an answer."""
        return [Qt.Key.Key_Home, *([Qt.Key.Key_Right] * self._values.index(value))]

    def on_its_way(self) -> bool:
        """A choice is never half made."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, digits and initials choose, Enter goes on."""
        last = len(self._values) - 1
        moves = {
            Qt.Key.Key_Left: max(0, self._place - 1),
            Qt.Key.Key_Right: min(last, self._place + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Space: (self._place + 1) % (last + 1),
        }
        place = moves.get(Qt.Key(event.key()))
        if place is None and event.text().isalnum():
            place = place_for(event.text(), self._names, self._place)
        if event.key() in ENTER:
            self.gone_on.emit()
        elif place is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            self._pick(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the answers only brings the focus."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that it was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _pick(self, place: int) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if place != self._place:
            self._choose(place)
            self.edited.emit(self.value())
        else:
            self._choose(place)

    def _choose(self, place: int) -> None:
        self._place = place
        for index, button in enumerate(self._buttons):
            button.setChecked(index == place)
        self.setAccessibleDescription(self._names[place])
