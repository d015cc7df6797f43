"""From a file that was read to the records that stand for it: source, text, speakers, actors, case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from qualcase.model.errors import UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change
from qualcase.model.source import Source
from qualcase.project.attribute_book import AttributeBook
from qualcase.project.cases import case_change, member_change
from qualcase.storage.reading.attributes import list_stored_attributes
from qualcase.storage.reading.cases import actor_uids, case_uids
from qualcase.storage.texts import NewText, hash_structure, hash_text
from qualcase.text.language import detect_language
from qualcase.text.sentences import split_sentences
from qualcase.text.words import count_words

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.operation import Fields
    from qualcase.model.source import Block, DocumentText, Turn
    from qualcase.project.description import Facts
    from qualcase.project.project import Project

_ASKS = re.compile(
    r"^(i|int|interviewer|interviewer\s*\d+|researcher|q|moderator|intervjuer|frage)$", re.IGNORECASE
)
# A label like P1 or SPEAKER_00 names somebody in its own file only.
_LOCAL = re.compile(
    r"^(speaker|sprecher|participant|respondent|informant|voice|[a-z]{1,2})?[\s_-]*\d*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file on its way in: the source it will be, the changes that make it, and its text."""

    path: Path
    source: Source
    changes: tuple[Change, ...]
    text: NewText


class Registrar:
    """Gives out handles, and knows the cases, actors and attributes that are there already."""

    def __init__(self, project: Project) -> None:
        with project.store.reading() as connection:
            self._cases = case_uids(connection)
            self._actors = actor_uids(connection)
            self._attributes = AttributeBook("source", list_stored_attributes(connection, "source"))
        known = project.sources.list()
        self._handles = {source.handle.casefold() for source in known}
        self._position = max((source.position for source in known), default=0)
        self._number = 0

    def register(
        self,
        path: Path,
        data: bytes | None,
        digest: str,
        document: DocumentText,
        facts: Facts,
        handle: str | None,
    ) -> Arrival:
        """Return a file as the records that it will become; UsageError where the handle is taken."""
        uid, text_uid = new_uid(), new_uid()
        source = self._source(uid, path, digest, document, facts, self._handle(handle))
        speakers = {label: new_uid() for label, _ in source.speakers}
        text = _new_text(text_uid, document, speakers, data)
        changes = (
            Change("source", uid, None, _source_fields(source, path, text_uid, document, facts)),
            Change("text_version", text_uid, None, _text_fields(uid, source, text, document)),
            *self._speaker_changes(uid, source, speakers),
            *self._case_changes(source),
            *self._attributes.set_values(uid, source.attributes, facts.attribute_types),
        )
        return Arrival(path, source, changes, text)

    def free_handle(self, wanted: str, stem: str) -> str:
        """Return a handle that nobody has: the one wanted, or that with the file's name before it."""
        for handle in (wanted, f"{stem}-{wanted}"):
            if handle.casefold() not in self._handles:
                return handle
        numbered = (f"{stem}-{wanted}-{number}" for number in count(2))
        return next(handle for handle in numbered if handle.casefold() not in self._handles)

    def _handle(self, wanted: str | None) -> str:
        if wanted is not None:
            if not wanted.strip() or wanted.casefold() in self._handles:
                raise UsageError(
                    f"The handle “{wanted}” is taken." if wanted.strip() else "A handle cannot be empty."
                )
            self._handles.add(wanted.casefold())
            return wanted
        while True:
            self._number += 1
            handle = f"S{self._number}"
            if handle.casefold() not in self._handles:
                self._handles.add(handle.casefold())
                return handle

    def _source(
        self, uid: str, path: Path, digest: str, document: DocumentText, facts: Facts, handle: str
    ) -> Source:
        self._position += 1
        counts: dict[str, int] = {}
        for turn in document.turns:
            if turn.speaker:
                counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
        return Source(
            uid=uid,
            handle=handle,
            name=path.name,
            title=facts.title,
            kind=facts.kind,
            format=document.format,
            encoding=document.encoding,
            language=detect_language(document.text),
            sha256=digest,
            words=count_words(document.text),
            characters=len(document.text),
            turns=len(document.turns),
            speakers=tuple(counts.items()),
            cases=facts.cases or tuple(self._cases)[:1],
            date=facts.date,
            earliest=facts.earliest,
            latest=facts.latest,
            date_basis=facts.date_basis,
            informant=facts.informant,
            minutes=facts.minutes,
            first_timestamp=document.first_timestamp,
            last_timestamp=document.last_timestamp,
            attributes=facts.attributes,
            path=str(path),
            warnings=facts.warnings,
            position=self._position,
        )

    def _speaker_changes(self, source_uid: str, source: Source, speakers: dict[str, str]) -> list[Change]:
        changes: list[Change] = []
        answering = [label for label in speakers if not _ASKS.match(label)]
        for label, uid in speakers.items():
            alone = source.informant and answering == [label]
            name = source.informant if alone else label
            actor = self._actor(name or label, label, source, changes)
            changes.append(
                Change("speaker", uid, None, {"source": source_uid, "label": label, "actor": actor})
            )
        return changes

    def _actor(self, name: str, label: str, source: Source, changes: list[Change]) -> str:
        asks = bool(_ASKS.match(label)) and name == label
        if asks:
            name = "Interviewer"
        elif name == label and _LOCAL.match(label):
            name = f"{label} ({source.handle})"
        if name not in self._actors:
            self._actors[name] = new_uid()
            fields: Fields = {"handle": name, "label": name, "type": "person", "interviewer": int(asks)}
            changes.append(Change("actor", self._actors[name], None, fields))
        return self._actors[name]

    def _case_changes(self, source: Source) -> list[Change]:
        changes = []
        for name in source.cases:
            if name not in self._cases:
                self._cases[name] = new_uid()
                changes.append(case_change(self._cases[name], name))
            changes.append(member_change(self._cases[name], source.uid))
        return changes


def _new_text(uid: str, document: DocumentText, speakers: dict[str, str], data: bytes | None) -> NewText:
    parts: list[Turn | Block] = [*document.turns, *document.blocks]
    parts.sort(key=lambda part: (part.start, part.end))
    sentences = split_sentences(document.text, parts)
    return NewText(uid, document.text, document.turns, document.blocks, sentences, speakers, data)


def _source_fields(source: Source, path: Path, text_uid: str, document: DocumentText, facts: Facts) -> Fields:
    names = (
        "handle", "name", "title", "kind", "format", "encoding", "language", "sha256", "date", "earliest",
        "latest", "date_basis", "informant", "minutes", "first_timestamp", "last_timestamp", "position",
    )  # fmt: skip
    fields: Fields = {name: getattr(source, name) for name in names}
    return fields | {
        "path": str(path),
        "warnings": list(source.warnings),
        "metadata": document.metadata | {f"basis of {name}": basis for name, basis in facts.bases.items()},
        "text_uid": text_uid,
    }


def _text_fields(source_uid: str, source: Source, text: NewText, document: DocumentText) -> Fields:
    return {
        "source": source_uid,
        "number": 1,
        "sha256": hash_text(text.text),
        "structure": hash_structure(text.turns, text.blocks, text.sentences),
        "characters": source.characters,
        "words": source.words,
        "offsets": [list(pair) for pair in document.offsets],
    }
