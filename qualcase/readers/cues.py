"""Subtitles: cues found by their time lines, and what is said in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.readers.encodings import Decoded
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.extent import decode_lines
from qualcase.readers.structure import to_document
from qualcase.readers.timestamps import to_seconds
from qualcase.readers.utterances import Utterance, lay_out

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

_SHOWN = 40
_LEFT_OUT = "Left out, because no time line stands before it"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its start as written and its lines as written, mark-up included."""

    start: str
    text: str


@dataclass(frozen=True, slots=True)
class CueFormat:
    """How a subtitle format writes its time line, what its mark-up is, and how it is called.

    `timing` has the group `start`. `numbered` cues have their number on the line before the time line.
    """

    name: str
    title: str
    timing: re.Pattern[str]
    plain: Callable[[str], str]
    numbered: bool = False


def read_cues(file: RawFile, form: CueFormat) -> DocumentText:
    """Read subtitles; a cue is a turn whose speaker is not told, unless a pattern for labels is given."""
    decoded = decode_lines(file)
    before, cues = find_cues(decoded.text, form)
    if not cues:
        raise UnreadableFileError(
            file.name,
            f"it has no time lines, so it is no {form.title} file",
            hint="If it is plain text, rename it to .txt.",
        )
    warnings = (f"{_LEFT_OUT}: “{before.strip()[:_SHOWN]}”.",) if before.strip() else ()
    utterances = [Utterance(None, form.plain(cue.text), cue.start, to_seconds(cue.start)) for cue in cues]
    text, structure = lay_out(utterances, file.speakers, warnings)
    return to_document(Decoded(text, decoded.encoding, warnings=decoded.warnings), structure, form.name)


def find_cues(text: str, form: CueFormat) -> tuple[str, Sequence[Cue]]:
    """Return what stands before the first time line, and the cues; blank lines inside a cue stay in it."""
    lines = text.split("\n")
    timed = [(place, found) for place, line in enumerate(lines) if (found := form.timing.match(line))]
    if not timed:
        return text, ()
    begins = [_begin(lines, place) if form.numbered else place for place, _ in timed]
    ends = [*begins[1:], len(lines)]
    cues = [
        Cue(found["start"], "\n".join(lines[place + 1 : end]).strip())
        for (place, found), end in zip(timed, ends, strict=True)
    ]
    return "\n".join(lines[: begins[0]]), cues


def _begin(lines: Sequence[str], timing: int) -> int:
    """Return where a cue begins: at the number before its time line, if a blank line is before that."""
    number = timing - 1
    alone = number == 0 or (number > 0 and not lines[number - 1].strip())
    return number if number >= 0 and alone and lines[number].strip().isdecimal() else timing
