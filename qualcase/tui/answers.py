"""Answers to suggestions, painted at once and taken back where they cannot be saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import QualcaseError
from qualcase.tui.acts import Acts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.coding import Coding, Suggestion
    from qualcase.project.project import Project
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.session import Session


class Answers(Acts):
    """Accepts and rejects. What was answered here is remembered, so that undoing it opens it again."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.answered: list[Suggestion] = []

    async def accept(self, suggestion: Suggestion) -> None:
        """Make a coding of a suggestion."""
        document = self.open_for_acts()
        if document is None:
            return
        pending = self.pending(document, suggestion.start, suggestion.end, suggestion.code)
        self.close(document, suggestion)

        def accept(project: Project) -> Sequence[Coding]:
            return (project.suggestions.accept(suggestion.uid),)

        if await self.save(document, (), (pending,), accept):
            name = self.bench.codes.name(suggestion.code)
            self.listener.say(f"Accepted “{name}”. {_left(document)}")
        else:
            self.open_again(document, suggestion)

    async def reject(self, suggestion: Suggestion) -> None:
        """Turn a suggestion down."""
        document = self.open_for_acts()
        if document is None:
            return
        self.close(document, suggestion)
        self.made += 1
        try:
            await self.bench.write(lambda project: project.suggestions.reject(suggestion.uid))
        except QualcaseError as fault:
            self.open_again(document, suggestion)
            self.fail(fault)
        else:
            self.listener.say(f"Rejected “{self.bench.codes.name(suggestion.code)}”. {_left(document)}")

    def close(self, document: OpenDocument, suggestion: Suggestion) -> None:
        """Show a suggestion no longer: it is answered."""
        document.withdraw(suggestion.uid)
        self.answered.append(suggestion)
        self.listener.passages_changed([(suggestion.start, suggestion.end)])

    def open_again(self, document: OpenDocument, suggestion: Suggestion) -> None:
        """Show a suggestion again: its answer does not hold."""
        if suggestion in self.answered:
            self.answered.remove(suggestion)
        document.offer((suggestion,))
        self.listener.passages_changed([(suggestion.start, suggestion.end)])


def _left(document: OpenDocument) -> str:
    left = len(document.suggestions)
    return f"{left} left, f goes on." if left else "That was the last one here."
