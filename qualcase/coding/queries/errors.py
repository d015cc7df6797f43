"""What can be wrong with a question, and where."""

from __future__ import annotations

from qualcase.model.errors import UsageError
from qualcase.text.visible import make_visible_line
from qualcase.text.wrapping import cell_width

_AROUND = 30


class BadQueryError(UsageError):
    """A question cannot be understood; `place` is where, in code points of what was written."""

    def __init__(self, written: str, place: int, why: str, *, hint: str | None = None) -> None:
        # What another room says of a name begins a sentence there; here it goes on with one.
        why = f"{why[:1].lower()}{why[1:]}" if why.startswith("There ") else why
        super().__init__(f"Bad query at character {place + 1}: {why}.", hint=hint)
        self.written = written
        self.place = min(place, len(written))

    def picture(self) -> tuple[str, str]:
        """Return what was written around the place, and below it a line with a caret under the place."""
        start, end = max(0, self.place - _AROUND), self.place + _AROUND
        before = ("…" if start else "") + make_visible_line(self.written[start : self.place])
        after = make_visible_line(self.written[self.place : end]) + ("…" if end < len(self.written) else "")
        return f"  {before}{after}", f"  {' ' * cell_width(before)}^"
