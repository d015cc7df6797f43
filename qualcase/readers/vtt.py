"""WebVTT captions: a cue is a turn; what is not speech (notes, styles, regions, times) is not in the text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from qualcase.readers.encodings import Decoded
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.extent import decode_lines
from qualcase.readers.reader import Reader
from qualcase.readers.structure import to_document
from qualcase.readers.timestamps import to_seconds
from qualcase.readers.utterances import Utterance, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

_TIMING = re.compile(r"^[ \t]*((?:\d+:)?\d{1,2}:\d{1,2}\.\d{1,3})[ \t]*-->", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]*)>")
# Only the tags that WebVTT has: other angle brackets are what somebody wrote.
_TAG = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:[.\s][^>]*)?>|<(?:\d+:)?\d{1,2}:\d{1,2}\.\d{1,3}>")
_FIELD = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]*(.+)")
_NOT_SPEECH = ("NOTE", "STYLE", "REGION", "WEBVTT")
_APPARATUS_LINES = ("-->", "::cue")


def read_vtt(file: RawFile) -> DocumentText:
    """Read captions; each cue is a line of text, "Name: speech" where it names its voice."""
    decoded = decode_lines(file)
    try:
        captions = webvtt.WebVTT.from_string(decoded.text).captions
    except (MalformedFileError, MalformedCaptionError) as problem:
        reason = str(problem).rstrip(".") or "its captions are malformed"
        raise UnreadableFileError(
            file.name, f"it is no WebVTT file ({reason})", hint="Its first line must be WEBVTT."
        ) from None
    written = _TIMING.findall(decoded.text)
    times = written if len(written) == len(captions) else [caption.start for caption in captions]
    cues = [
        Utterance(voice, speech, time, to_seconds(time))
        for caption, time in zip(captions, times, strict=True)
        for voice, speech in _voices(caption.raw_text)
    ]
    text, structure = lay_out(cues, file.speakers, _left_out(decoded.text))
    plain = Decoded(text, decoded.encoding, warnings=decoded.warnings)
    return to_document(plain, structure, "vtt", _header(decoded.text))


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """Yield (voice, speech) of a cue: one, or one for each voice that it names."""
    parts = _VOICE.split(payload)
    if parts[0].strip():
        yield None, _plain(parts[0])
    for voice, speech in zip(parts[1::2], parts[2::2], strict=True):
        if _plain(speech):
            yield html.unescape(voice).strip() or None, _plain(speech)


def _plain(payload: str) -> str:
    return html.unescape(_TAG.sub("", payload)).strip()


def _header(text: str) -> dict[str, str]:
    """Return the fields that follow the first line, such as Kind and Language."""
    head = text.partition("\n\n")[0].split("\n")[1:]
    found = (_FIELD.fullmatch(line.strip()) for line in head if "::" not in line)
    return {field[1]: field[2] for field in found if field}


def _left_out(text: str) -> tuple[str, ...]:
    """Return a warning for blocks that have words but no time line, which players and readers pass over."""
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    untimed = [
        block
        for block in blocks[1:]
        if not block.lstrip().startswith(_NOT_SPEECH) and not any(mark in block for mark in _APPARATUS_LINES)
    ]
    if not untimed:
        return ()
    first = untimed[0].strip().split("\n")[0][:40]
    return (f"Left out, because no time line stands before it: “{first}” ({len(untimed)} in all).",)


READER = Reader((".vtt",), read_vtt)
