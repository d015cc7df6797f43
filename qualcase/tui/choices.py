"""What the lists to choose from list: codes, sources, the codings at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.tui.dialogues.pick import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.model.coding import Coding
    from qualcase.model.source import Source
    from qualcase.tui.workbench import Workbench


def code_entries(bench: Workbench) -> list[Entry]:
    """Return the codes that can be applied, with their definitions."""
    return [Entry(one.code.id, one.label, one.code.definition) for one in bench.codes.active]


def source_entries(bench: Workbench) -> list[Entry]:
    """Return the sources in their order."""
    return [
        Entry(source.uid, f"{source.handle}  {source.title or source.name}", _about(source))
        for source in bench.sources
    ]


def coding_entries(bench: Workbench, codings: Iterable[Coding]) -> list[Entry]:
    """Return the codings at a place, with the words they cover."""
    return [Entry(one.uid, f"{one.code}  {bench.codes.name(one.code)}", one.quote) for one in codings]


def _about(source: Source) -> str:
    parts = [
        source.kind.replace("_", " "),
        source.date or "undated",
        f"{source.words:,} words",
        f"{source.codings} codings",
    ]
    return " · ".join(parts)
