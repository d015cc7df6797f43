"""What no key asked for and is to be said, kept until a screen says it."""

from __future__ import annotations

import logging
from collections import deque
from contextlib import suppress

# Nobody sees what is written to stderr under a screen.
_SPEAKERS = tuple(logging.getLogger(f"qualcase.{name}") for name in ("storage.keeping", "project.project"))


class Told(logging.Handler):
    """Takes in the sentences that would go to stderr, from whatever thread."""

    def __init__(self) -> None:
        super().__init__()
        self._sentences: deque[str] = deque()

    def listen(self) -> None:
        """Begin to take them in."""
        for speaker in _SPEAKERS:
            speaker.addHandler(self)

    def stop(self) -> None:
        """Let them go to stderr again."""
        for speaker in _SPEAKERS:
            speaker.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Take in a sentence."""
        self._sentences.append(record.getMessage())

    def next(self) -> str:
        """Return the sentence that came first and was not returned yet, or an empty one."""
        with suppress(IndexError):
            return self._sentences.popleft()
        return ""
