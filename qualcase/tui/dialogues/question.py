"""Typing a question; one that cannot be understood is shown again with a caret under the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input

from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.ways_out import full_sentence
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from qualcase.coding.queries.errors import BadQueryError
    from qualcase.tui.widgets.lines import Line


class QuestionScreen(LineScreen):
    """A line to type in, and above it what was wrong with the question before."""

    def __init__(
        self,
        title: str,
        last: str,
        placeholder: str,
        *keys: tuple[str, str],
        fault: BadQueryError | None = None,
    ) -> None:
        super().__init__(title, last, placeholder, *keys)
        self._fault = fault

    def compose(self) -> ComposeResult:
        """Lay out the fault, the line and its keys at the foot."""
        with Vertical(classes="foot question"):
            yield LinesPane(id="dialogue-title", classes="one-line")
            if self._fault:
                yield LinesPane(id="fault")
            yield from self.body()
            yield LinesPane(id="dialogue-keys", classes="one-line")

    def on_mount(self) -> None:
        """Put the cursor where the fault is."""
        if self._fault:
            self.query_one(Input).cursor_position = self._fault.place
            self.call_after_refresh(self._show_fault)

    def on_resize(self) -> None:
        """Fold the fault anew."""
        if self._fault:
            self.call_after_refresh(self._show_fault)

    def _show_fault(self) -> None:
        pane, fault = self.query_one("#fault", LinesPane), self._fault
        if fault is None:
            return
        written, caret = fault.picture()
        sentence = full_sentence(fault)
        lines: list[Line] = [((written, "plain"),), ((caret, "warn"),)]
        lines += fold(sentence, max(20, pane.size.width), "warn")[:3]
        pane.styles.height = len(lines)
        pane.show(lines)


def ask_question(last: str, fault: BadQueryError | None = None) -> QuestionScreen:
    """Return the question for a question about codes."""
    keys = (("Enter", "ask"), ("Esc", "close"), ("CODE+", "with codes below"), ("NEAR/2s", "near"))
    return QuestionScreen(
        "Which passages?", last, "KM.TRUST AND NS+ NOT coder:Anna speaker:Kari", *keys, fault=fault
    )


def ask_words(last: str, fault: BadQueryError | None = None) -> QuestionScreen:
    """Return the question for words in all sources."""
    keys = (("Enter", "search"), ("Esc", "close"), ("trust*", "beginnings"), ('"a b"', "in a row"))
    return QuestionScreen(
        "Which words?", last, 'trust OR cooperat* "once we met" speaker:Kari', *keys, fault=fault
    )
