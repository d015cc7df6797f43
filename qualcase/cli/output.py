"""What goes to stdout: one JSON document, or lines for a person; never a character that steers the terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.options import settings
from qualcase.model.display import Cell, Column, Display, Manifest, Row
from qualcase.model.errors import InputError, UsageError
from qualcase.text.visible import make_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Within JSON these stand in strings only: control, direction and unpaired characters are written as escapes.
_STEERING = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
_SUFFIXES = {".htm": "html", ".markdown": "md", ".txt": "terminal"}


def emit(document: object, lines: Iterable[str]) -> None:
    """Print a result: as JSON where that was asked for, else as lines, which are not made before."""
    if settings().json:
        click.echo(to_json(document).encode())
        return
    for line in lines:
        click.echo(_sayable(make_visible(line)))


def to_json(document: object) -> str:
    """Return a document as JSON, numbers unrounded, nothing in it that acts on a terminal."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2, default=_plain)
    return _STEERING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def table_lines(heading: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numeric: Sequence[str] = ()) -> Iterable[str]:
    """Yield rows as a table no wider than the terminal; `numeric` names columns set to the right."""
    from qualcase.reports import text_table  # noqa: PLC0415 - not where JSON is printed

    right = frozenset(numeric)
    made = tuple(
        Row(str(number), str(first), tuple(Cell(None, _shown(value)) for value in rest))
        for number, (first, *rest) in enumerate(rows)
    )
    heads = tuple(Column(name, name, name in right) for name in columns)
    yield from text_table.table_lines(Display("", "", _NO_MANIFEST, heads, made, row_label=heading), terminal_width())


def emit_display(display: Display, form: str | None = None, file: str | None = None) -> None:
    """Print a display, or write it to a file in the format that was asked for or that its name tells."""
    if file is None:
        emit(display.as_json(), (_rendered(display, form or "terminal"),))
        return
    from qualcase.reports.registry import render_bytes  # noqa: PLC0415 - formats are found when one is wanted

    suffix = Path(file).suffix.casefold()
    form = form or _SUFFIXES.get(suffix, suffix.removeprefix("."))
    if not form:
        raise UsageError(f"The name {file} does not tell a format.", hint="Say it with --format.")
    write_file(Path(file), render_bytes(display, form))
    emit({"written": [file], **display.as_json()}, (f"Wrote {file}.",))


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole, for its owner only; InputError where the place refuses it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - with its mode
            file.write(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True) if draft.parent.is_dir() else None
        raise InputError(f"{path} cannot be written: {error.strerror}.") from None


def terminal_width() -> int:
    """Return the width to write for: the terminal's, or 80 columns where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def _rendered(display: Display, form: str) -> str:
    from qualcase.reports.registry import render  # noqa: PLC0415 - formats are found when one is wanted

    text = render(display, form, width=terminal_width(), ascii_only=not _speaks_unicode())
    return text.replace("\r\n", "\n").rstrip("\n")


def _speaks_unicode() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").casefold().startswith("utf")


def _sayable(text: str) -> str:
    """Return text with what the terminal's encoding lacks spelt out."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    item = getattr(value, "item", None)
    if callable(item):
        return item()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


_NO_MANIFEST = Manifest("", "", (), 0, "")
