"""The last step of every format that is laid out by `Assembly`: a table of turns, or running text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.readers.columns import find_columns
from qualcase.readers.encodings import Decoded
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.fixed_prose import structure_fixed_prose
from qualcase.readers.paragraphs import split_lines
from qualcase.readers.speaker_pattern import labels_by_pattern
from qualcase.readers.structure import to_document
from qualcase.readers.utterances import is_none

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.assembly import Assembly
    from qualcase.readers.reader import RawFile
    from qualcase.readers.structure import Structure


def to_assembled(
    file: RawFile,
    assembly: Assembly,
    format_name: str,
    encoding: str,
    metadata: dict[str, str],
    warnings: tuple[str, ...] = (),
) -> DocumentText:
    """Return the assembled text with its turns; refuse characters that no text may hold."""
    text = assembly.text
    check_signs(file.name, text)
    table = assembly.structure() if assembly.turns else None
    if table and file.speakers:
        table = _named_by(table, file.speakers)
    if table:
        structure = table
    else:
        # What stands in a table that is no talk would be taken for columns of talk once it is mere text.
        columns = assembly.quiet and find_columns(text, split_lines(text))
        speakers = file.speakers or ("none" if columns else None)
        structure = structure_fixed_prose(text, speakers, assembly.fixed(), assembly.bold_runs())
    structure = replace(structure, warnings=warnings + structure.warnings)
    return to_document(Decoded(text, encoding), structure, format_name, metadata)


def _named_by(table: Structure, speakers: str) -> Structure | None:
    """Return a table of turns with the speakers that the user's pattern names; None without any."""
    if is_none(speakers):
        return None
    found = {
        name: labels[0].name
        for name in {turn.speaker for turn in table.turns if turn.speaker}
        if (labels := labels_by_pattern(speakers, split_lines(f"{name}:")))
    }
    turns = tuple(replace(turn, speaker=found.get(turn.speaker or "")) for turn in table.turns)
    return replace(table, turns=turns) if found else None


def check_signs(name: str, text: str) -> None:
    """Refuse NUL and half characters, which a format may write as escapes."""
    if "\0" in text:
        raise UnreadableFileError(name, f"its text holds NUL characters (the first at {text.index(chr(0))})")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnreadableFileError(name, "its text holds half characters (surrogates)") from None
