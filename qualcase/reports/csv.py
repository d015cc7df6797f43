"""CSV: one row a row; text that a spreadsheet would run as a formula is quoted, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from qualcase.reports.listings import list_events, list_manifests, list_quotations
from qualcase.reports.renderer import Options, Renderer, ReportWriter
from qualcase.reports.wording import cell_text
from qualcase.text.visible import make_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.display import Cell, Display
    from qualcase.reports.content import ReportContent

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_text(text: str) -> str:
    """Return text that a spreadsheet shows as text: an apostrophe goes before what would start a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def write_rows(header: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    """Return CSV text with LF line ends; strings are made safe, numbers are written unrounded."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in ([*header], *rows):
        writer.writerow(
            [make_visible(safe_text(value)) if isinstance(value, str) else value for value in row]
        )
    return buffer.getvalue()


def display_rows(display: Display) -> tuple[list[str], list[list[str | float]]]:
    """Return header and rows: id, label, a field a column, its evidence where there is any, and the hash."""
    cited = [_has_evidence(display, position) for position in range(len(display.columns))]
    header = ["id", display.row_label or "label", *(column.label for column in display.columns)]
    header += [
        f"{column.label} (evidence)" for column, shown in zip(display.columns, cited, strict=True) if shown
    ]
    rows: list[list[str | float]] = []
    for row in display.rows:
        evidence = [
            " ".join(cell.evidence) or "none" for cell, shown in zip(row.cells, cited, strict=True) if shown
        ]
        rows.append([row.id, row.label, *map(_value, row.cells), *evidence, display.manifest.hash])
    return [*header, "hash"], rows


def _has_evidence(display: Display, position: int) -> bool:
    return any(row.cells[position].evidence for row in display.rows)


def _value(cell: Cell) -> str | float:
    """Return the number itself; an empty says which empty it is, so that it is never taken for 0."""
    if isinstance(cell.value, int | float) and cell.empty is None:
        return cell.value
    return cell_text(cell)


def _render(display: Display, _options: Options) -> str:
    return write_rows(*display_rows(display))


def _report(content: ReportContent) -> dict[str, str]:
    files = {f"{name}.csv": _render(display, Options()) for name, display in content.displays.items()}
    lists = {
        "events": list_events(content.chronology.events),
        "quotations": list_quotations(content.quotations, content.manifest.hash),
        "manifest": list_manifests(content),
    }
    # A list takes the plain name; a display that happens to share it is kept beside it.
    clashing = {f"{name}.csv": f"{name}-table.csv" for name in lists}
    files = {clashing.get(name, name): text for name, text in files.items()}
    return {**files, **{f"{name}.csv": write_rows(*rows) for name, rows in lists.items()}}


RENDERER = Renderer("csv", ".csv", _render)
REPORT = ReportWriter("csv", _report)
