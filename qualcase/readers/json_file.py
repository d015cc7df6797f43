"""Transcripts as JSON: the dialect is told by the shape of the file, never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.readers.encodings import Decoded
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.extent import check_parts
from qualcase.readers.json_aws import CALL, TRANSCRIBE
from qualcase.readers.json_bbc import KALDI, PAPER_EDIT
from qualcase.readers.json_google import GOOGLE
from qualcase.readers.json_items import ITEMS, OTTER
from qualcase.readers.json_speechmatics import FIRST, SECOND
from qualcase.readers.json_values import parse_json
from qualcase.readers.json_watson import WATSON
from qualcase.readers.json_whisper import CHUNKS, WHISPER, WHISPER_CPP
from qualcase.readers.reader import Reader
from qualcase.readers.structure import to_document
from qualcase.readers.utterances import lay_out

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

# From the most particular shape to the most general.
DIALECTS = (
    TRANSCRIBE, CALL, SECOND, WATSON, GOOGLE, KALDI, PAPER_EDIT, FIRST, WHISPER, CHUNKS, WHISPER_CPP,
    OTTER, ITEMS,
)  # fmt: skip


def read_json(file: RawFile) -> DocumentText:
    """Read a transcript in any dialect; an utterance is a line, "Name: words" where it has a name."""
    value, decoded = parse_json(file)
    found = next((transcript for dialect in DIALECTS if (transcript := dialect.read(value))), None)
    if found is None:
        raise UnreadableFileError(
            file.name,
            "it is JSON, but no transcript in a form that qualcase knows",
            hint="Export the transcript as .txt, .docx, .srt or .vtt and import that file.",
        )
    utterances = tuple(found.utterances)
    check_parts(file.name, len(utterances))
    text, structure = lay_out(utterances, file.speakers, found.warnings)
    if "\0" in text:
        raise UnreadableFileError(file.name, "it holds NUL characters, so it is not text")
    plain = Decoded(text, decoded.encoding, warnings=decoded.warnings)
    return to_document(plain, structure, "json", found.metadata)


READER = Reader((".json",), read_json)
