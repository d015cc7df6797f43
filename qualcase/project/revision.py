"""A source's text in a new version: its turns, blocks and speakers, and the records that make it current."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.model.errors import QualcaseError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change
from qualcase.model.source import DocumentText
from qualcase.project.description import Facts
from qualcase.project.registration import Registrar
from qualcase.readers.registry import read_document
from qualcase.storage.reading.sources import last_text_number
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.texts import hash_structure, hash_text
from qualcase.text.reanchoring import reanchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.operation import Fields
    from qualcase.model.source import Block, Source, Turn
    from qualcase.project.project import Project
    from qualcase.storage.texts import NewText

# Formats whose file is the text itself, so that what a person typed can be read as the file was.
_PLAIN = frozenset({"txt", "md"})


@dataclass(frozen=True, slots=True)
class Standing:
    """A source as it stands: its current text version, the text, and what was recognised in it."""

    source: Source
    uid: str
    text: str
    turns: tuple[Turn, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A new version on its way in: its number, the text to be stored, and the changes that make it."""

    number: int
    text: NewText
    changes: tuple[Change, ...]


def stand(project: Project, source: Source) -> Standing:
    """Return a source as it stands now."""
    desk = project.sources
    return Standing(source, desk.text_uid(source), desk.text(source), desk.turns(source), desk.blocks(source))


def restructure(standing: Standing, text: str) -> DocumentText:
    """Return a corrected text with its turns and blocks.

    Plain text is read anew, as long as reading the old text anew gives what is known of it; else turns and
    blocks keep their places among the words.
    """
    again = _read(standing.source.name, standing.text)
    if again and (again.text, again.turns, again.blocks) == (standing.text, standing.turns, standing.blocks):
        read = _read(standing.source.name, text)
        if read and read.text == text:
            return read
    parts: list[Turn | Block] = [*standing.turns, *standing.blocks]
    turns = len(standing.turns)
    moved = _move(standing.text, text, parts)
    first, last = standing.source.first_timestamp, standing.source.last_timestamp
    return DocumentText(
        text,
        standing.source.format,
        standing.source.encoding,
        turns=tuple(turn for turn in moved[:turns] if turn),  # type: ignore[misc]
        blocks=tuple(block for block in moved[turns:] if block),  # type: ignore[misc]
        first_timestamp=first,
        last_timestamp=last,
    )


def _read(name: str, text: str) -> DocumentText | None:
    try:
        document = read_document(name, text.encode("utf-8"), encoding="utf-8")
    except (QualcaseError, UnicodeEncodeError):
        return None
    return document if document.format in _PLAIN else None


def _move(old: str, new: str, parts: Sequence[Turn | Block]) -> list[Turn | Block | None]:
    """Move turns and blocks, which take in what was written at the end of their last line."""
    placements = reanchor(old, new, [(part.start, part.end) for part in parts], gate=0.0)
    found = {
        number: (place.start, _line_end(old, new, part.end, place.end))
        for number, (part, place) in enumerate(zip(parts, placements, strict=True))
        if place.start is not None and place.end is not None
    }
    kept: list[Turn | Block | None] = [None] * len(parts)
    free = 0
    for number, (start, end) in sorted(found.items(), key=lambda item: item[1]):
        begin = max(start, free)
        stop = begin + len(new[begin:end].rstrip())
        if begin < stop:
            kept[number] = replace(parts[number], start=begin, end=stop)
            free = stop
    return kept


def _line_end(old: str, new: str, old_end: int, new_end: int) -> int:
    if old[old_end : old_end + 1] not in {"\n", ""}:
        return new_end
    found = new.find("\n", new_end)
    return found if found >= 0 else len(new)


def revise(
    project: Project, standing: Standing, document: DocumentText, data: bytes | None = None
) -> Revision:
    """Return the revision of a source to a document; `data` is the file that it was read from, to be kept."""
    source = standing.source
    with project.store.reading() as connection:
        number = last_text_number(connection, source.uid) + 1
        known = _of_source(read_fields(connection, RECORDS["speaker"], Names(connection)), source)
    arrival = Registrar(project).register(
        Path(source.path or source.name), data, source.sha256, document, _facts(source), None
    )
    speakers = {fields["label"]: uid for uid, fields in known.items()}
    made = list(_new_speakers(standing, document, arrival.changes, arrival.source.handle, known))
    speakers |= {(change.after or {})["label"]: change.uid for change in made if change.record == "speaker"}
    text = replace(arrival.text, uid=new_uid(), speakers=speakers)
    fields: Fields = {
        "source": source.uid,
        "number": number,
        "sha256": hash_text(text.text),
        "structure": hash_structure(text.turns, text.blocks, text.sentences),
        "characters": arrival.source.characters,
        "words": arrival.source.words,
        "offsets": [list(pair) for pair in document.offsets],
    }
    return Revision(number, text, (*made, Change("text_version", text.uid, None, fields)))


def _of_source(records: dict[str, Fields], source: Source) -> dict[str, Fields]:
    return {uid: fields for uid, fields in records.items() if fields["source"] == source.uid}


def _facts(source: Source) -> Facts:
    return Facts(
        source.title, source.kind, source.cases, source.date, source.earliest, source.latest,
        source.date_basis, source.informant, source.minutes,
    )  # fmt: skip


def _new_speakers(
    standing: Standing,
    document: DocumentText,
    arriving: Sequence[Change],
    guest: str,
    known: dict[str, Fields],
) -> Iterator[Change]:
    """Yield the changes that make the speakers whom the source did not have, and their actors.

    Who spoke under a label that was renamed throughout stays the same actor. `guest` is the handle under
    which the document was registered, which stands in the names of actors known in one source only.
    """
    labels = {fields["label"] for fields in known.values()}
    people = {fields["label"]: fields.get("actor") for fields in known.values()}
    renamed = _renamed(standing, document)
    actors = {change.uid: change for change in arriving if change.record == "actor"}
    for change in arriving:
        fields = change.after or {}
        if change.record != "speaker" or fields["label"] in labels:
            continue
        actor = people.get(renamed.get(fields["label"], "")) or fields["actor"]
        if actor in actors:
            yield _named(actors.pop(actor), guest, standing.source.handle)
        yield Change("speaker", change.uid, None, {**fields, "source": standing.source.uid, "actor": actor})


def _named(actor: Change, guest: str, handle: str) -> Change:
    fields = dict(actor.after or {})
    for field in ("handle", "label"):
        fields[field] = fields[field].replace(f"({guest})", f"({handle})")
    return Change("actor", actor.uid, None, fields)


def _renamed(standing: Standing, document: DocumentText) -> dict[str, str]:
    """Return the old label of each new one whose turns were all that label's, only where it is gone."""
    now = {turn.speaker for turn in document.turns if turn.speaker}
    before = {turn.speaker for turn in standing.turns if turn.speaker}
    if now <= before:
        return {}
    turns = [turn for turn in standing.turns if turn.start < turn.end]
    places = reanchor(standing.text, document.text, [(turn.start, turn.end) for turn in turns])
    by_start = {turn.start: turn.speaker for turn in document.turns}
    came: dict[str, set[str | None]] = defaultdict(set)
    for turn, place in zip(turns, places, strict=True):
        label = by_start.get(-1 if place.start is None else place.start)
        if label and place.state == "placed":
            came[label].add(turn.speaker)
    return {
        label: next(iter(olds)) or ""
        for label, olds in came.items()
        if label not in before and len(olds) == 1 and not olds & now
    }
