"""What goes to stdout: one JSON document, or lines; never a character that steers the terminal."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.options import settings
from qualcase.model.errors import InputError, UsageError
from qualcase.text.visible import make_visible, make_visible_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qualcase.model.display import Display

# Within JSON these stand in strings only: control, direction and unpaired characters are written as escapes.
_STEERING = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
GAP, LEAST_LAST = 2, 20
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


def table_lines(
    heads: Sequence[str], rows: Iterable[Sequence[object]], *, numeric: Sequence[str] = ()
) -> Iterator[str]:
    """Yield rows as columns; the last column takes what width is left and wraps in it."""
    from qualcase.reports.plain import one_line, pad  # noqa: PLC0415 - not where JSON is printed
    from qualcase.text.wrapping import cell_width  # noqa: PLC0415

    cells = [tuple(heads), *([one_line(make_visible_line(_shown(value))) for value in row] for row in rows)]
    widths = [max(map(cell_width, column)) for column in list(zip(*cells, strict=True))[:-1]]
    before = sum(widths) + GAP * len(widths)
    right = [head in numeric for head in heads]
    for *firsts, last in cells:
        sized = zip(firsts, widths, right[:-1], strict=True)
        first = "".join(pad(text, width, right=side) + " " * GAP for text, width, side in sized)
        room = max(LEAST_LAST, terminal_width() - before)
        # A file name is never broken: people copy it.
        head, *rest = textwrap.wrap(last, room, break_long_words=False, break_on_hyphens=False) or [""]
        yield (first + head).rstrip()
        yield from (" " * before + line for line in rest)


def emit_display(display: Display, form: str | None = None, output: str | None = None) -> None:
    """Print a display, or write it in the formats that were asked for or that a file's name tells."""
    forms = formats_asked(form, output) or ["terminal"]
    if output is None:
        emit(display.as_json(), (_rendered(display, forms[0]),))
        return
    from qualcase.reports.registry import render_bytes  # noqa: PLC0415 - formats are found when one is wanted

    written = write_formats(output, forms, display.display, lambda name: render_bytes(display, name))
    emit({"written": written, **display.as_json()}, (f"Wrote {file}." for file in written))


def formats_named(listed: str) -> list[str]:
    """Return the formats of a list such as `html,md`, each once; UsageError where it names none."""
    named = dict.fromkeys(name.strip() for name in listed.split(",") if name.strip())
    if not named:
        raise click.UsageError("--format names no format.")
    return list(named)


def formats_asked(form: str | None, output: str | None) -> list[str]:
    """Return the formats that `--format` lists, or the one that a file's name tells; none without either.

    Raises UsageError for several without a place to write them to.
    """
    if form is None:
        return [] if output is None else [format_of(output)]
    forms = formats_named(form)
    if len(forms) > 1 and output is None:
        message = "Several formats are several files, and no place is named for them."
        raise UsageError(message, hint="Name a folder, as in -o report/, or the beginning of their names.")
    return forms


def write_formats(output: str, forms: Sequence[str], name: str, render: Callable[[str], bytes]) -> list[str]:
    """Write one thing in some formats and return the files, none of them where one is refused.

    `output` is a file for one format; for several it is the beginning of their names. Where it is a folder
    they are called `name`.
    """
    paths = _files_of(output, forms, name)
    contents = {path.name: render(form) for path, form in zip(paths, forms, strict=True)}
    if paths == [Path(output)]:
        write_file(paths[0], *contents.values())
        return [output]
    from qualcase.files import whole_file  # noqa: PLC0415 - most commands write no file

    folder = paths[0].parent
    try:
        return [str(path) for path in whole_file.write_files(folder, contents)]
    except OSError as error:
        raise InputError(f"Nothing can be written to {folder}: {error.strerror}.") from None


def _files_of(output: str, forms: Sequence[str], name: str) -> list[Path]:
    from qualcase.reports.registry import renderer  # noqa: PLC0415 - formats are found when one is wanted

    path = Path(output)
    if path.is_dir() or output.endswith("/"):
        return [path / f"{name}{renderer(form).suffix}" for form in forms]
    if len(forms) == 1:
        return [path]
    if path.exists() and not path.is_file():
        raise UsageError(f"{output} is no file, and takes one format only.")
    endings = [renderer(form).suffix for form in forms]
    stem = path.with_suffix("") if path.suffix.casefold() in endings else path
    return [stem.with_name(f"{stem.name}{ending}") for ending in endings]


def format_of(file: str) -> str:
    """Return the format that a file's name tells; UsageError where it tells none."""
    suffix = Path(file).suffix.casefold()
    if not suffix:
        raise UsageError(f"The name {file} does not tell a format.", hint="Say it with --format.")
    return _SUFFIXES.get(suffix, suffix.removeprefix("."))


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole, for its owner only; InputError where that cannot be done there."""
    from qualcase.files import whole_file  # noqa: PLC0415 - most commands write no file

    try:
        whole_file.write_file(path, content)
    except OSError as error:
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
