"""Deleting asks for its reason in place: Enter puts the case into the bin, Esc leaves it where it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop.window.answers.choices import CodeField
from desktop.window.answers.fields import LineField
from desktop.window.labels import Message, label, pixels, prose
from desktop.window.theme import dress, space
from desktop.work.discarding import MISTAKEN, USUAL_REASONS

REASON_WIDTH = 180  # pixels at 11 pt
LONGEST = 100  # characters of a reason in one's own words
NO_REASON = "请选择或写明删除的原因：案号作废，登记簿上会注明。"


class DeleteLine(QFrame):
    """Out of sight until it is asked about a case."""

    confirmed = Signal(str, str)  # the case's id, and why
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._case_id = ""
        self.question = prose("", "body")
        self.reason, self.words = CodeField({one: one for one in USUAL_REASONS}, "请选择原因"), LineField()
        self.message = Message(0)
        self.go, self.stop = QPushButton("删除（Enter）"), QPushButton("取消（Esc）")
        self._build()
        self.hide()

    def ask(self, case_id: str, case_no: str | None, applicant: str | None) -> None:
        """Asks why this case is to be deleted; one without a number is most likely a mistake."""
        self._case_id = case_id
        named = " ".join(part for part in (case_no, applicant) if part) or "未编号的案卷"
        gives_up = f"案号 {case_no} 作废，不再使用；" if case_no else ""
        self.question.setText(f"删除 {named}？{gives_up}案卷移入回收站，可以放回。")
        self.reason.show_value(None if case_no else MISTAKEN)
        self.words.show_value(None)
        self._say("")
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the case where it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        parts = (self.reason.value(), self.words.text().strip())
        why = "：".join(str(part) for part in parts if part)
        if not why:
            self._say(NO_REASON)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.hide()
        self.confirmed.emit(self._case_id, why)

    def _cancel(self) -> None:
        self.hide()
        self.cancelled.emit()

    def _say(self, words: str) -> None:
        self.message.setText(words)
        dress(self.message, "fault")

    def _build(self) -> None:
        self.reason.setAccessibleName("删除的原因")
        self.reason.setFixedWidth(pixels(REASON_WIDTH))
        self.words.setAccessibleName("补充说明")
        self.words.setPlaceholderText("补充说明（可不填）")
        self.words.setMaxLength(LONGEST)
        self.go.setProperty("role", "primary")
        across = QHBoxLayout()
        across.setSpacing(space(2))
        across.addWidget(label("原因", "label"))
        across.addWidget(self.reason)
        across.addWidget(self.words, 1)
        for button, asked in ((self.go, self._confirm), (self.stop, self._cancel)):
            button.setAutoDefault(True)
            button.clicked.connect(asked)
            across.addWidget(button)
        for field in (self.reason, self.words):
            field.gone_on.connect(self._confirm)
            field.edited.connect(lambda _value: self._say(""))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(space(4), space(3), space(4), space(3))
        rows.setSpacing(space(2))
        rows.addWidget(self.question)
        rows.addLayout(across)
        rows.addWidget(self.message)
