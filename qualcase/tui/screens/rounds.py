"""The rounds screen: a place kept for rounds of independent coding, and what there is of them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.tui.screens.place import Place
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.workbench import Workbench

_WILL_BE = (
    "Rounds will be opened, closed and decided here: who codes which sources unseen by the others, "
    "and what the group settles where they differ."
)
_COMMANDS = (
    ("g then h, n", "begin a project in which coders work independently"),
    ("D on the coding screen", "say that you have coded a source through; among the sources: d"),
    ("g then o", "where two coders differ; there a: how far they agree, code by code"),
    ("qualcase merge OTHER.qualcase", "bring in what a colleague has coded in a copy"),
)


class RoundsScreen(Place):
    """Says what will be here, how far each coder has come, and what can be done until then."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._coders: tuple[str, ...] = ()

    def body(self) -> ComposeResult:
        """Lay out the lines."""
        yield LinesPane(id="rounds")

    def title_text(self) -> str:
        """Return what this is."""
        return "Rounds"

    async def arrive(self, target: Target | None) -> None:  # noqa: ARG002 -- there is one thing to show
        """Show how far each coder has come."""
        await self.bench.refresh()
        self._coders = await self.read(lambda project: project.coders()) or ()
        self._lay_out()

    def on_resize(self) -> None:
        """Fold anew."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        pane = self.query_one("#rounds", LinesPane)
        if pane.room:
            pane.show(self._lines(pane.room))
        self.show_frame()

    def _lines(self, width: int) -> list[Line]:
        mode = f"Mode of this project: {self.bench.mode}."
        lines = [*fold(_WILL_BE, width, "plain"), (), *fold(mode, width, "plain"), ()]
        lines += fold("Coded through", width, "strong")
        number = len(self.bench.sources)
        for name in self._coders:
            done = sum(
                name.casefold() in {one.casefold() for one in source.done} for source in self.bench.sources
            )
            lines += fold(
                f"{name}: {done:,} of {number:,} source{'' if number == 1 else 's'}", width, "plain"
            )
        lines += [(), *fold("What can be done now", width, "strong")]
        for command, what in _COMMANDS:
            lines += [*fold(command, width, "key"), *fold(what, width, "plain", "  ")]
        return lines
