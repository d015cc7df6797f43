"""YouTube's captions (.sbv): a line of two times, then what is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.readers.cues import CueFormat, read_cues
from qualcase.readers.reader import Reader

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

_TIME = r"\d{1,3}:\d{1,2}:\d{1,2}(?:\.\d{1,3})?"
_SBV = CueFormat("sbv", "SBV", re.compile(rf"[ \t]*(?P<start>{_TIME}),[ \t]*{_TIME}[ \t]*$"), str)


def read_sbv(file: RawFile) -> DocumentText:
    """Read captions; each cue is a line of text."""
    return read_cues(file, _SBV)


READER = Reader((".sbv",), read_sbv)
