"""Operations of the journal as rows and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.reports.wording import plural
from qualcase.tui.actions import bindings
from qualcase.tui.keys.common import LIST
from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Column, Row, TableList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from qualcase.model.operation import Change, Fields, LoggedOperation
    from qualcase.tui.actions import Group
    from qualcase.tui.widgets.lines import Line

COLUMNS = (Column("act", 9, numbers=True), Column("when (UTC)", 16), Column("by", 10), Column("what"))
_MOST_CHANGES = 200
_LONG = 300


class LogList(TableList, inherit_bindings=False):
    """Rows in the order of the journal: they are read page by page, so they are not sorted otherwise."""

    GROUPS: ClassVar[tuple[Group, ...]] = (LIST,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)


def moment_of(at: str) -> str:
    """Return a moment to the minute."""
    return at[:16].replace("T", " ")


def identity_of(operation: LoggedOperation) -> str:
    """Return what tells an operation from all others, and proves it unaltered."""
    return f"id {operation.id} · hash {operation.hash}"


def log_row(operation: LoggedOperation) -> Row:
    """Return an operation as a row; what was taken back says so."""
    what = f"(taken back) {operation.summary}" if operation.undone_by else operation.summary
    cells = (f"{operation.sequence:,}", moment_of(operation.at), operation.coder, what)
    return Row(operation.id, cells)


def brief_lines(operation: LoggedOperation, width: int) -> list[Line]:
    """Return an operation in short."""
    number = operation.changes
    facts = [
        f"{operation.kind} by {operation.coder}, {moment_of(operation.at)}",
        f"{plural(number, 'record')} changed",
        f"codebook version {operation.codebook_version}",
        f"taken back by {operation.undone_by}" if operation.undone_by else "it stands",
    ]
    lines = [*fold(operation.summary, width, "strong"), *fold(" · ".join(facts), width, "plain")]
    return [*lines, *fold(identity_of(operation), width, "dim")]


def change_lines(changes: Sequence[Change], width: int) -> list[Line]:
    """Return what an operation changed, record by record, with what stood there before."""
    lines: list[Line] = []
    for change in changes[:_MOST_CHANGES]:
        verb = "made" if change.before is None else "deleted" if change.after is None else "changed"
        lines += [(), *fold(f"{change.record} {change.uid} {verb}", width, "strong")]
        lines += _field_lines(change.before or {}, change.after or {}, width)
    if len(changes) > _MOST_CHANGES:
        lines += [(), *fold(f"and {len(changes) - _MOST_CHANGES:,} more records", width, "dim")]
    return lines


def _field_lines(before: Fields, after: Fields, width: int) -> list[Line]:
    lines: list[Line] = []
    for name in dict.fromkeys((*before, *after)):
        old, new = _shown(before.get(name)), _shown(after.get(name))
        told = new if name not in before else f"{old}, gone" if name not in after else f"{old} → {new}"
        if told:
            lines += fold(f"{name}: {told}", width, "plain")
    return lines


def _shown(value: object) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG]}… ({len(text):,} characters)"
