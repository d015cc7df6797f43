"""Words that every format prints alike: manifest, headings, short ids, the state of an empty cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcase.model.display import Cell, Display, Manifest, Row

MINUS = "(−)"
OUTSIDE = "outside"
LONGEST_ID, MOST_SHARED = 16, 3
_HEX = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")


def manifest_line(manifest: Manifest) -> str:
    """Return what a display was made from, in one line; no filter is printed as such."""
    parts = [
        f"layer: {manifest.layer}",
        f"codebook: {manifest.codebook_version}",
        f"filters: {'; '.join(manifest.filters) or 'none'}",
        *(f"{name}: {value}" for name, value in sorted(manifest.parameters.items())),
        f"sources: {manifest.sources}",
        f"hash: {manifest.hash}",
    ]
    return " · ".join(parts)


def row_heading(row: Row) -> str:
    """Return a row's label, with its id in front where the label does not already say it."""
    if (
        not row.id
        or row.id in row.label
        or row.id.replace("_", " ").casefold() == row.label.casefold()
        or len(row.id) > LONGEST_ID
    ):
        return row.label
    return f"{row.id} {row.label}"


def lane_name(lane: tuple[str, str]) -> str:
    """Return a lane's label, with its id in front where that tells more; `outside` tells nothing."""
    identity, label = lane
    return label if identity in label or identity == OUTSIDE else f"{identity} {label}"


def short_id(identity: str) -> str:
    """Return the last eight characters of a long identity, which name it anywhere, else all of it."""
    return identity[-8:] if _HEX.fullmatch(identity) else identity


def cell_text(cell: Cell) -> str:
    """Return what a reader sees; a cell without words says its value, and never nothing at all."""
    if cell.text.strip():
        return cell.text
    return str(cell.value) if cell.value not in {None, ""} else cell.empty or "not reported"


def is_number(cell: Cell) -> bool:
    """Tell whether a cell counts or measures something that was there to be counted."""
    return isinstance(cell.value, int | float) and cell.empty is None


def shared_evidence(row: Row) -> tuple[str, ...]:
    """Return the ids that all of a row's cells rest on alike, so that they are cited once; else none."""
    cited = [cell.evidence for cell in row.cells if cell.evidence]
    alike = len(cited) > 1 and len(set(cited)) == 1 and len(cited[0]) <= MOST_SHARED
    return cited[0] if alike else ()


def evidence_lines(display: Display) -> list[tuple[str, str]]:
    """Return (row × column, ids or the words of an empty) where a cell has more to say than it shows."""
    lines = []
    for row in display.rows:
        shared = shared_evidence(row)
        if any(one not in row.id for one in shared):
            lines.append((row.id or row.label, " ".join(map(short_id, shared))))
        for column, cell in zip(display.columns, row.cells, strict=True):
            named = " ".join(
                short_id(one) for one in cell.evidence if one != row.id and cell.evidence != shared
            )
            if named or (cell.empty and cell_text(cell) != cell.empty):
                where = f"{row.id or row.label} × {column.id or column.label}"
                lines.append((where, named or cell_text(cell)))
    return lines


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
