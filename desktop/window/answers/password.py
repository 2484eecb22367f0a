"""A password: nobody reads it over the shoulder, no input method composes or remembers it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.window.answers.fields import LineField

LONGEST = 128  # characters


class PasswordField(LineField):
    """Taken exactly as typed; shown only where somebody wants to see it."""

    def __init__(self) -> None:
        super().__init__(lambda text: text or None)
        self.show_words(False)
        self.setMaxLength(LONGEST)

    def show_words(self, shown: bool) -> None:
        """Shows what is typed, or hides it again."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        # After the mode, which sets both anew. What is shown for a moment stays as sensitive as it is.
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhHiddenText | hints.ImhNoPredictiveText | hints.ImhSensitiveData)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
