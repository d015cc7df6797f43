"""The values of the project in the shapes that `--json` prints; names are fixed by the contract."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.codebook.versions import CodebookVersion
    from qualcase.model.code import Code, Codebook, Crosswalk
    from qualcase.model.coding import Coding, Memo, Suggestion, Wording
    from qualcase.model.event import Event, Phase
    from qualcase.model.operation import LoggedOperation
    from qualcase.model.source import Source, Turn
    from qualcase.triangulation.agreement import AgreementReport
    from qualcase.triangulation.recode import Rereading

Shape = dict[str, Any]


def source_shape(source: Source, path: str | None = None) -> Shape:
    """Return a source as `import` and `sources` print it; `path` is where it came from."""
    shape = _record(source)
    return {
        "source": shape.pop("handle"),
        "id": shape.pop("uid"),
        "path": path or getattr(source, "path", None) or source.name,
        **shape,
        "speakers": [{"name": name, "turns": turns} for name, turns in source.speakers],
        "case": source.cases[0] if source.cases else None,
    }


def turn_shape(turn: Turn) -> Shape:
    """Return a turn as `show` prints it."""
    return _record(turn)


def coding_shape(coding: Coding) -> Shape:
    """Return a coding as `codings` and the acts print it."""
    shape = _record(coding)
    return {"id": shape.pop("uid"), **shape}


def memo_shape(memo: Memo) -> Shape:
    """Return a memo as `memo` prints it."""
    shape = _record(memo)
    about = {"kind": memo.about[0], "name": memo.about[1]} if memo.about else None
    links = [{"kind": kind, "name": name} for kind, name in memo.links]
    return {"id": shape.pop("uid"), **shape, "about": about, "links": links}


def wording_shape(wording: Wording) -> Shape:
    """Return one wording of a memo, with who wrote it and when."""
    return _record(wording)


def suggestion_shape(suggestion: Suggestion) -> Shape:
    """Return a suggestion as `suggest` prints it."""
    shape = _record(suggestion)
    return {"id": shape.pop("uid"), **shape, "reasons": [_record(reason) for reason in suggestion.reasons]}


def code_shape(code: Code, uses: int = 0) -> Shape:
    """Return a code as `codebook` prints it, with how many codings it has."""
    return _record(code) | {"uses": uses}


def codebook_shape(book: Codebook, codes: Iterable[Code], usage: dict[str, int]) -> Shape:
    """Return a codebook, or some of its codes, as `codebook` prints it."""
    return {
        "codebook": book.id,
        "title": book.title,
        "version": book.version,
        "codes": [code_shape(code, usage.get(code.id, 0)) for code in codes],
    }


def version_shape(version: CodebookVersion) -> Shape:
    """Return a version of a codebook: who, when, why, what it touched, and what it asks for."""
    from qualcase.codebook.narration import tell  # noqa: PLC0415 - not for --help

    shape = _record(version)
    effect = shape.pop("effect")
    del shape["content"]
    return shape | {"migration": version.migration} | _record(effect) | {"text": tell(version)}


def rereading_shape(one: Rereading) -> Shape:
    """Return a coding or event that is to be read again."""
    return _record(one)


def crosswalk_shape(crosswalk: Crosswalk) -> Shape:
    """Return a crosswalk with its rows."""
    return _record(crosswalk) | {"rows": [_record(row) for row in crosswalk.rows]}


def event_shape(event: Event) -> Shape:
    """Return an event as `event list` prints it; `start` and `end` are offsets in its source."""
    return _record(event) | {"date": _record(event.date)}


def phase_shape(phase: Phase) -> Shape:
    """Return a phase as `phase list` prints it."""
    return _record(phase)


def operation_shape(operation: LoggedOperation) -> Shape:
    """Return an act as the journal tells it."""
    return _record(operation)


def agreement_shape(report: AgreementReport) -> Shape:
    """Return a report of agreement; undefined figures are null, with a note."""
    return _record(report) | {"codes": [_record(row) for row in report.codes]}


def _record(value: Any) -> Shape:  # noqa: ANN401 - any frozen value of the trade
    return {field.name: getattr(value, field.name) for field in fields(value)}
