"""What a display was made from, as a manifest with a hash of the content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcase.coding.frame import IN_REVIEW
from qualcase.model.display import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.coding.frame import CodedData, Positions
    from qualcase.model.source import Source


def manifest_of(data: CodedData, *, filters: tuple[str, ...] = (), **parameters: str) -> Manifest:
    """Return the manifest of a display made from the data with these filters and parameters.

    Its hash depends on what was read alone, so all displays of one state of a project share it.
    """
    return Manifest(
        layer=data.layer,
        codebook_version=", ".join(f"{book.id} {book.version}" for book in data.codebooks),
        filters=(*data.filters, *filters),
        sources=len(data.sources),
        hash=content_hash(data),
        parameters=dict(sorted(parameters.items())),
    )


def with_review(manifest: Manifest) -> Manifest:
    """Return the manifest of a page that shows passages in review too: they are not left out of it."""
    kept = tuple(one for one in manifest.filters if not one.endswith(IN_REVIEW))
    return replace(manifest, filters=kept)


def content_hash(data: CodedData) -> str:
    """Return the sha256 of sources, codebooks, codings and events, in hexadecimal.

    Ids that a project draws at random are left out: two projects with the same content have one hash.
    """
    digest = hashlib.sha256()
    for part in _parts(data):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _parts(data: CodedData) -> Iterator[bytes]:
    names = (data.layer, data.filters, data.coders, data.cases, data.speakers, data.voices, data.mode)
    yield _canonical([*names, sorted(data.interviewers), sorted(data.attributes.items())])
    yield _canonical([_source_facts(source) for source in data.sources])
    yield _canonical([asdict(book) for book in data.codebooks])
    yield _canonical([code.id for code in data.codes])
    yield from _coding_bytes(data)
    chronology = asdict(data.chronology)
    for event in chronology["events"]:
        del event["uid"]
    yield _canonical(chronology)


def _source_facts(source: Source) -> list[object]:
    return [
        source.handle, source.sha256, source.kind, source.cases, source.date, source.earliest, source.latest,
        source.date_basis, source.informant, source.minutes, sorted(source.done),
    ]  # fmt: skip


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _coding_bytes(data: CodedData) -> Iterator[bytes]:
    order = _content_order(data)
    columns = data.codings
    for column in (
        columns.source, columns.start, columns.end, columns.code, columns.coder, columns.speaker,
        columns.voice, columns.valence, columns.key, columns.unaided,
    ):  # fmt: skip
        yield np.ascontiguousarray(column[order]).astype("<i4").tobytes()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    pairs = place[columns.case_coding] * max(1, len(data.cases)) + columns.case_case
    yield np.sort(pairs, kind="stable").astype("<i8").tobytes()


def _content_order(data: CodedData) -> Positions:
    """Return an order of the codings that does not hang on their ids, which break ties in the frame."""
    columns = data.codings
    if not len(columns.source):
        return np.empty(0, dtype=np.int64)
    changed = np.zeros(len(columns.source), dtype=np.int64)
    for column in (columns.source, columns.start, columns.end):
        changed[1:] |= np.diff(column) != 0
    rank = np.cumsum(changed)
    for column, size in ((columns.code, len(data.codes)), (columns.coder, len(data.coders))):
        rank = rank * (size + 1) + column
    return np.argsort(rank, kind="stable")
