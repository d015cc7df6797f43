"""Seeing what a file would become before it is stored: its facts, its first turns, its style of labels."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError
from qualcase.project.description import describe
from qualcase.project.metadata_csv import read_metadata
from qualcase.readers.isolation import read_document_safely
from qualcase.text.words import count_words

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import Block, DocumentText, Source, Turn
    from qualcase.project.description import Facts
    from qualcase.project.importing import ImportOptions
    from qualcase.project.project import Project

PARTS_SHOWN = 60
LETTERS_SHOWN = 600
_EXAMPLE = 40
_BY_FORMAT = ("json", "csv", "tsv", "xlsx")
_OTHER = "names before the speech"
# How sure the readers say they are, in the warning on a style of labels that prose can show too.
_SURE = re.compile(r"; (sure|fairly sure|not sure)\. ")
_SHAPES = (
    (re.compile(r"\*[^*\n]+\*|__[^_\n]+__"), "names in bold"),
    (re.compile(r"<v[ .]"), "names in voice tags"),
    (re.compile(r"<[^<>\n]+>\s*$"), "names in angle brackets"),
    (re.compile(r">\s*$"), "names before “>”"),
    (re.compile(r"[:：]\s*(?:[\[(][\d:.,]+[\])])?\s*$"), "names before a colon"),
    (re.compile(r"^\s*\[(?!\d+:)[^\]]+\]"), "names in brackets"),
    (re.compile(r"[-–—]\s*$"), "names before a dash"),
    (re.compile(r"^\s*[QA]\.\s*$"), "“Q.” and “A.”"),
    (re.compile(r"\d:\d\d[^\n]*\n?\s*$"), "names and times on lines of their own"),
    (re.compile(r"\t\s*$"), "names before a tab"),
    (re.compile(r"\n\s*$"), "names on lines of their own"),
)


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """How speakers are named: in words, one label as it stands there, and how sure that is.

    `example` is empty where the format itself names its speakers.
    """

    title: str
    example: str
    sure: str


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """A turn (`kind` “turn”), paragraph, heading or apparatus as it would be stored, its text cut short."""

    kind: str
    speaker: str | None
    timestamp: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would become; `same_as` names the source that holds the same content already.

    `bases` says where the facts come from that nobody gave; `parts` are the first ones only.
    """

    path: Path
    sha256: str
    format: str
    encoding: str
    words: int
    turns: int
    speakers: tuple[tuple[str, int], ...]
    date: str | None
    date_basis: str | None
    kind: str
    cases: tuple[str, ...]
    informant: str | None
    bases: dict[str, str]
    labels: LabelStyle | None
    parts: tuple[PreviewPart, ...]
    warnings: tuple[str, ...]
    same_as: str = ""


def preview_file(project: Project, path: Path, options: ImportOptions) -> Preview:
    """Read a file as an import with these options would, and store nothing.

    Raises QualcaseError where the import would refuse it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    digest = hashlib.sha256(data).hexdigest()
    known = next((source for source in project.sources.list() if source.sha256 == digest), None)
    document = read_document_safely(path.name, data, encoding=options.encoding, speakers=options.speakers)
    if not document.text.strip():
        raise InputError(f"{path.name} holds no text.")
    row = read_metadata(options.metadata).row_for(path) if options.metadata else {}
    facts = describe(path, document, options, row)
    cases = facts.cases or project.cases.list()[:1]
    return _preview(path, digest, document, facts, cases, known)


def _preview(
    path: Path,
    digest: str,
    document: DocumentText,
    facts: Facts,
    cases: tuple[str, ...],
    known: Source | None,
) -> Preview:
    return Preview(
        path=path,
        sha256=digest,
        format=document.format,
        encoding=document.encoding,
        words=count_words(document.text),
        turns=len(document.turns),
        speakers=tuple(Counter(turn.speaker for turn in document.turns if turn.speaker).items()),
        date=facts.date,
        date_basis=facts.date_basis,
        kind=facts.kind,
        cases=cases,
        informant=facts.informant,
        bases=facts.bases,
        labels=find_label_style(document),
        parts=_first_parts(document),
        warnings=facts.warnings,
        same_as=f"{known.handle} ({known.name})" if known else "",
    )


def find_label_style(document: DocumentText) -> LabelStyle | None:
    """Return how a document names its speakers, told by what stands before their turns; None without any."""
    named = [turn for turn in document.turns if turn.speaker]
    if not named:
        return None
    ends = {
        after.start: before.end for before, after in zip(document.turns, document.turns[1:], strict=False)
    }
    labels = [_label(document.text, turn, ends.get(turn.start, 0)) for turn in named]
    shapes = Counter(_shape(label) for label in labels if label.strip())
    told = next((found[1] for one in document.warnings if (found := _SURE.search(one))), "sure")
    if not shapes or document.format in _BY_FORMAT:
        return LabelStyle("as the file's format names them", "", "sure")
    title, _ = shapes.most_common(1)[0]
    example = next(label for label in labels if label.strip() and _shape(label) == title)
    return LabelStyle(title, " ".join(example.split())[:_EXAMPLE], told)


def _label(text: str, turn: Turn, after: int) -> str:
    # The label is the paragraph's own text before the speech: back to the name, and to the line it begins on.
    before = text[after : turn.start]
    at = before.rfind(turn.speaker or "")
    if at < 0:
        return ""
    return before[before.rfind("\n", 0, at) + 1 :]


def _shape(label: str) -> str:
    return next((title for pattern, title in _SHAPES if pattern.search(label)), _OTHER)


def _first_parts(document: DocumentText) -> tuple[PreviewPart, ...]:
    parts: list[Turn | Block] = [*document.turns[:PARTS_SHOWN], *document.blocks[:PARTS_SHOWN]]
    parts.sort(key=lambda part: (part.start, part.end))
    return tuple(_part(document.text, part) for part in parts[:PARTS_SHOWN])


def _part(text: str, part: Turn | Block) -> PreviewPart:
    spoken = text[part.start : min(part.end, part.start + LETTERS_SHOWN)]
    shown = spoken + (" …" if part.end - part.start > LETTERS_SHOWN else "")
    kind = getattr(part, "kind", "turn")
    return PreviewPart(kind, getattr(part, "speaker", None), getattr(part, "timestamp", None), shown)
