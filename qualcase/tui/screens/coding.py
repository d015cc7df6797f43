"""The coding screen: codebook, transcript, what lies here; the keys of the screen, and those of its modes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.text import selection as selecting
from qualcase.tui.actions import bindings
from qualcase.tui.keys.coding import ADJUSTING, CODING, DESCRIBING, GOING, SHOWING
from qualcase.tui.keys.common import EVERYWHERE
from qualcase.tui.screens.coding_changing import CodingChanging

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcase.model.coding import Coding
    from qualcase.tui.actions import Group
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.widgets.adjuster import Adjuster
    from qualcase.tui.widgets.transcript import TranscriptView

_SHOWN_WORDS = 24


class CodingScreen(CodingChanging):
    """Holds the keys of the screen; while ends are adjusted, only those of that mode."""

    GROUPS: ClassVar[tuple[Group, ...]] = (CODING, DESCRIBING, GOING, SHOWING)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)
    _OWN: ClassVar[frozenset[str]] = frozenset(
        action.name.partition("(")[0] for group in GROUPS for action in group.actions
    )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While ends are adjusted the keys of the screen rest."""
        if action in self._OWN and self.adjuster.is_on:
            return False
        return super().check_action(action, parameters)

    def bar_groups(self) -> tuple[Group, ...]:
        """Return the groups whose keys the bar shows."""
        return (ADJUSTING, EVERYWHERE) if self.adjuster.is_on else super().bar_groups()

    # The ends of a coding.

    def action_adjust(self) -> None:
        """Move the ends of the coding here, or of the selection where nothing is coded."""
        document = self.session.document
        if document is None or not document.text:
            return
        if self.session.read_only or not document.own_at(*document.selection.span):
            self._begin_adjusting(document, None)
        else:
            self.with_coding(
                "Adjust the ends of which coding?",
                "adjust",
                lambda coding: self._begin_adjusting(document, coding),
            )

    def _begin_adjusting(self, document: OpenDocument, coding: Coding | None) -> None:
        self._selected_before = document.selection
        if coding is not None:
            self.choose(coding.uid)
        self.adjuster.begin(document, coding)
        self.show_frame()

    def on_mount(self) -> None:
        """Follow the ends while they are moved."""
        self.adjuster.follower = self.ends_moved

    def ends_moved(self) -> None:
        """Show where the ends are."""
        if self.adjuster.is_on:
            self.transcript.select(self.adjuster.selection)
            self.say(self._adjusting())

    def on_adjuster_closed(self, event: Adjuster.Closed) -> None:
        """Keep the ends, or leave them as they were."""
        coding = self.adjuster.coding
        self._stop_adjusting()
        if event.span is None:
            self.transcript.select(self._selected_before)
            self.say("Left as it was.")
            return
        self.transcript.select(selecting.select(event.span))
        if coding is None:
            self.say("Selected.")
        else:
            self.spawn(self.acts.resize(coding, event.span))

    def on_descendant_focus(self) -> None:
        """Leave the ends as they were when the keys go elsewhere, as after a click."""
        if self.is_mounted and self.adjuster.is_on and self.focused is not self.adjuster:
            self._stop_adjusting()
            self.say("Left as it was.")

    def _stop_adjusting(self) -> None:
        self.adjuster.end()
        self.transcript.focus()
        self.show_frame()

    def _adjusting(self) -> str:
        adjuster = self.adjuster
        document, (start, end) = adjuster.document, adjuster.span
        if document is None:
            return ""
        of = f" of “{self.bench.codes.name(adjuster.coding.code)}”" if adjuster.coding else ""
        if adjuster.at_end:
            return f"End{of}: …{document.text[max(start, end - _SHOWN_WORDS) : end]}┃"
        return f"Beginning{of}: ┃{document.text[start : min(end, start + _SHOWN_WORDS)]}…"

    # The mouse.

    def on_transcript_mouse_stripe_clicked(self, event: TranscriptView.StripeClicked) -> None:
        """Choose the coding whose stripe was clicked, and select its passage."""
        document = self.session.document
        coding = document.codings.get(event.uid) if document else None
        if coding is not None:
            self.transcript.select(selecting.select((coding.start, coding.end)))
            self.choose(coding.uid)
            owner = "" if document and document.is_own(coding) else f"{coding.coder}: "
            self.say(f"{owner}“{self.bench.codes.name(coding.code)}” is chosen.")
