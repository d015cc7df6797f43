"""SubRip subtitles, in whatever encoding they were saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.readers.cues import CueFormat, read_cues
from qualcase.readers.reader import Reader

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?$")
# Only the tags that players know, and their positions such as {\an8}: other brackets are what somebody wrote.
_TAG = re.compile(r"</?(?:b|i|u|s|font)(?:[ \t][^<>\n]{0,200})?>|\{\\[^{}\n]{0,200}\}", re.IGNORECASE)


def read_srt(file: RawFile) -> DocumentText:
    """Read subtitles; each cue is a line of text, without number, times and mark-up."""
    return read_cues(file, _SRT)


def _plain(text: str) -> str:
    return _TAG.sub("", text)


_SRT = CueFormat("srt", "SubRip", _TIMING, _plain, numbered=True)
READER = Reader((".srt",), read_srt)
