"""Which suggestions can still be answered: time passes between seeing one and saying yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from qualcase.model.errors import ConflictError, UnknownNameError, UsageError
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.codings import coded_spans, decided_spans
from qualcase.storage.search import current_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.coding import Suggestion
    from qualcase.model.operation import Fields
    from qualcase.project.project import Project

_Spans = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SuggestedPlace:
    """Where a suggestion is, as records name it: the fields of its decision, and its text version."""

    shared: Fields
    text: str


def open_suggestions(
    project: Project, suggestions: Sequence[Suggestion], coder: str, *, accepting: bool
) -> list[tuple[Suggestion, SuggestedPlace]]:
    """Return those of some suggestions, each once, that a coder, by uid, has neither coded nor answered.

    Raises UsageError where that is none of them, or where an accepted code takes no codings, and
    ConflictError where the words of one are no longer where they were.
    """
    desk = _Present(project, coder)
    found: list[tuple[Suggestion, SuggestedPlace]] = []
    done = ""
    for suggestion in {one.uid: one for one in suggestions}.values():
        place = desk.find(suggestion, accepting=accepting)
        refusal = desk.why_done(suggestion, place)
        done = done or refusal
        if not refusal:
            found.append((suggestion, place))
    if not found:
        raise UsageError(done)
    return found


class _Present:
    """What is there now, each part read once."""

    def __init__(self, project: Project, coder: str) -> None:
        self._project = project
        self._coder = coder
        store = project.store
        known = store.recall("current texts", ("source", "text_version"), current_texts)
        self._sources = {handle: uid for uid, handle in known.values()}
        self._codes = store.recall("code uids", ("codebook", "code"), code_uids)
        self._spans = cache(self._read_spans)

    def find(self, suggestion: Suggestion, *, accepting: bool) -> SuggestedPlace:
        """Return where a suggestion is; an error where it is no longer there."""
        uid = self._sources.get(suggestion.source)
        if uid is None:
            raise UnknownNameError("source", suggestion.source)
        text = self._project.sources.text_by_handle(suggestion.source)
        start, end = suggestion.start, suggestion.end
        if text[start:end] != suggestion.quote:
            message = f"The text of {suggestion.source} was corrected since; those words are not there now."
            raise ConflictError(message, hint="Look for suggestions anew.")
        codebook = self._project.codebook
        code = self._project.codings.usable(suggestion.code) if accepting else codebook.find(suggestion.code)
        shared = {
            "source": uid,
            "start": start,
            "end": end,
            "code": self._codes[code.id],
            "coder": self._coder,
        }
        return SuggestedPlace(
            shared, self._project.sources.text_uids((suggestion.source,))[suggestion.source]
        )

    def why_done(self, suggestion: Suggestion, place: SuggestedPlace) -> str:
        """Return the sentence that says that the coder has coded or answered it, or nothing."""
        coded, decided = self._spans(place.shared["source"], place.shared["code"])
        span = suggestion.start, suggestion.end
        what = f"{suggestion.source} {span[0]}:{span[1]} as {suggestion.code}"
        if span in coded:
            return f"{self._project.coder} has coded {what} already."
        return f"{self._project.coder} has answered for {what} already." if span in decided else ""

    def _read_spans(self, source: str, code: str) -> tuple[_Spans, _Spans]:
        with self._project.store.reading() as connection:
            return (
                coded_spans(connection, source, code, self._coder),
                decided_spans(connection, source, code, self._coder),
            )
