"""The life of a codebook, or of one code in it, in sentences."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qualcase.model.display import NOT_REPORTED, Cell, Column, Display, Manifest, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.codebook.versions import CodebookVersion

_COLUMNS = ("version", "who", "when", "what", "why", "what was coded")
UNSAID = "no reason given"


def lives_of(versions: Iterable[CodebookVersion], code_id: str) -> tuple[CodebookVersion, ...]:
    """Return the versions that are about a code, or changed it with another, the one it came with first."""
    found, before = [], None
    for version in versions:
        held = next((code for code in version.content.get("codes", ()) if code["id"] == code_id), None)
        if code_id in version.codes or held != before:
            found.append(version)
        before = held
    return tuple(found)


def tell(version: CodebookVersion) -> str:
    """Return a version as a sentence or two: when, who, what, why, and what became of what was coded."""
    what = version.change[:1].lower() + version.change[1:]
    why = f", because “{version.reason}”" if version.reason else f" ({UNSAID})"
    why = "" if version.act == "begin" and not version.reason else why
    stop = "" if version.reason.endswith((".", "!", "?")) else "."
    when = f"On {moment(version.at)} {version.coder or 'somebody'} {what}{why}{stop}"
    after = tell_effect(version)
    return f"{when} {after}" if after else when


def tell_effect(version: CodebookVersion) -> str:
    """Return what a version meant for codings and events, or an empty text where it meant nothing."""
    effect = version.effect
    told = []
    if moved := _counted(effect.moved, effect.moved_events):
        told.append(
            f"{moved[:1].upper()}{moved[1:]} went along by {_them(effect.moved, effect.moved_events)}."
        )
    if effect.doubled:
        were = "was" if effect.doubled == 1 else "were"
        told.append(f"{effect.doubled:,} of the codings {were} there already and {were} not doubled.")
    if effect.waiting:
        wait = "waits" if len(effect.waiting) == 1 else "wait"
        told.append(f"{len(effect.waiting):,} still {wait} to be read again.")
    if again := _counted(effect.reread_codings, effect.reread_events):
        one = effect.reread_codings + len(effect.reread_events) == 1
        told.append(f"{again[:1].upper()}{again[1:]} {'was' if one else 'were'} left to be read again.")
    return " ".join(told)


def moment(at: str) -> str:
    """Return a moment of ISO 8601 in UTC as people say it, to the minute."""
    if not at:
        return "an unknown day"
    when = datetime.fromisoformat(at)
    return f"{when.day} {when:%B %Y at %H:%M} UTC"


def version_display(versions: Sequence[CodebookVersion], title: str = "Versions of the codebook") -> Display:
    """Return the table of versions: number, who, when, what, why, and what became of what was coded."""
    books = dict.fromkeys(version.codebook for version in versions)
    newest = {version.codebook: version.number for version in versions}
    return Display(
        display="codebook-versions",
        title=title,
        manifest=Manifest("codebook", ", ".join(f"{book} {newest[book]}" for book in books), (), 0, ""),
        columns=tuple(Column(name.replace(" ", "_"), name) for name in _COLUMNS),
        rows=tuple(_row(version, several=len(books) > 1) for version in versions),
        row_label="version of",
    )


def _row(version: CodebookVersion, *, several: bool) -> Row:
    when = moment(version.at) if version.at else ""
    number = Cell(version.number, str(version.number))
    after = tell_effect(version) or version.migration
    cells = (version.coder, when, version.change, version.reason)
    label = f"{version.codebook} {version.number}" if several else version.codebook
    told = tuple(
        Cell(text, text) if text else Cell(None, "not reported", empty=NOT_REPORTED) for text in cells
    )
    return Row(f"{version.codebook}-{version.number}", label, (number, *told, Cell(after, after)))


def joined(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _counted(codings: int, events: Sequence[str]) -> str:
    parts = [f"{codings:,} coding{'' if codings == 1 else 's'}"] if codings else []
    if events:
        parts.append(
            f"{'one event' if len(events) == 1 else f'{len(events):,} events'} ({', '.join(events)})"
        )
    return " and ".join(parts)


def _them(codings: int, events: Sequence[str]) -> str:
    return "itself" if codings + len(events) == 1 else "themselves"
