"""What all dialogues are: a box over the screen, with a title, a body and the keys that answer it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.tui.widgets.lines import Line

Answer = TypeVar("Answer")


class Dialogue(ModalScreen[Answer | None], Generic[Answer]):
    """Dismisses with an answer, or None for Esc.

    Textual calls `on_mount` and `on_resize` of a class and of those it stems from: none calls the other.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close without an answer", show=False)
    ]

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__()
        self._title = title
        self._about = about
        self.is_ready = False

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer once: what is clicked or typed twice in a hurry would close the screen below as well."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    @abstractmethod
    def body(self) -> ComposeResult:
        """Lay out what is asked."""

    def compose(self) -> ComposeResult:
        """Lay out: title, what it is about, the question, the keys."""
        with Vertical(classes="dialogue"):
            yield LinesPane(id="dialogue-title", classes="one-line")
            if self._about:
                yield LinesPane(id="dialogue-about")
            yield from self.body()
            yield LinesPane(id="dialogue-keys", classes="one-line")

    def on_mount(self) -> None:
        """Fill the frame in."""
        self.query_one("#dialogue-title", LinesPane).show([((self._title, "strong"),)])
        self.show_keys(*self.keys())
        self.call_after_refresh(self._open)

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that the foot shows, and what they do."""
        return (("Esc", "close"),)

    def show_keys(self, *keys: tuple[str, str]) -> None:
        """Show some keys and what they do at the foot."""
        self.query_one("#dialogue-keys", LinesPane).show([key_line(keys)])

    def on_resize(self) -> None:
        """Fold anew."""
        self.call_after_refresh(self._tell)

    def action_close(self) -> None:
        """Give no answer."""
        self.dismiss(None)

    def _open(self) -> None:
        self._tell()
        self.is_ready = True

    def _tell(self) -> None:
        if self._about:
            pane = self.query_one("#dialogue-about", LinesPane)
            lines = fold(self._about, pane.size.width, "dim")
            pane.styles.height = min(len(lines), 6)
            pane.show(lines)


def key_line(keys: tuple[tuple[str, str], ...]) -> Line:
    """Return keys and what they do as one line."""
    return tuple(piece for key, word in keys for piece in ((key, "key"), (f" {word}  ", "plain")))
