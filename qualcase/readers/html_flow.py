"""The white space of HTML: runs of it are one blank, a `<br>` is a line end, `<pre>` keeps what it has."""

from __future__ import annotations

import re

from qualcase.readers.document_parts import Paragraph

# HTML's own white space: a no-break space is a sign that somebody wrote.
_BLANKS = " \t\n\r\f"
_RUN = re.compile(f"[{_BLANKS}]+")


class Flow:
    """Collects the pieces of one paragraph."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._last = "\n"
        self._bold, self._all_bold = 0, True

    def add(self, text: str, *, bold: bool, pre: bool) -> None:
        """Append a piece of text."""
        if not pre:
            text = _RUN.sub(" ", text)
            if self._last in " \n" and text.startswith(" "):
                text = text[1:]
        if text:
            self._append(text, bold=bold)

    def end_line(self) -> None:
        """Append the line end of a `<br>`."""
        if self._text and self._last == " ":
            self._text[-1] = self._text[-1].removesuffix(" ")
            self._bold -= int(self._all_bold)
        if self._text:
            self._append("\n", bold=self._all_bold)

    def take(self, *, heading: bool) -> Paragraph | None:
        """Return the paragraph so far and begin another; None if there is nothing to read in it."""
        text, bold = "".join(self._text), self._bold
        self._text, self._last = [], "\n"
        self._bold, self._all_bold = 0, True
        begin = len(text) - len(text.lstrip("\n"))
        text = text.lstrip("\n").rstrip(_BLANKS)
        return Paragraph(text, heading, max(min(bold - begin, len(text)), 0)) if text.strip() else None

    def _append(self, text: str, *, bold: bool) -> None:
        self._text.append(text)
        self._last = text[-1]
        self._all_bold = self._all_bold and (bold or not text.strip())
        if self._all_bold:
            self._bold += len(text)
