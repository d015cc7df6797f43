"""Finds the formats: a module of this room that has a RENDERER is a format, and nothing else lists it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import qualcase.reports as room
from qualcase.reports.errors import BinaryFormatError, UnknownFormatError
from qualcase.reports.renderer import Options, Renderer, ReportWriter

if TYPE_CHECKING:
    from qualcase.model.display import Display


def render(
    display: Display,
    format: str,  # noqa: A002 -- the word users know
    *,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """Return a display as text in a format; UnknownFormatError or BinaryFormatError where that cannot be."""
    written = renderer(format).render(display, Options(width, colour, ascii_only))
    if isinstance(written, bytes):
        raise BinaryFormatError(format)
    return written


def render_bytes(display: Display, name: str) -> bytes:
    """Return a display as the bytes of a file; text formats are UTF-8."""
    return as_bytes(renderer(name).render(display, Options()))


def as_bytes(written: str | bytes) -> bytes:
    """Return what a format wrote as bytes; half a surrogate pair, which UTF-8 cannot hold, is spelt out."""
    return written if isinstance(written, bytes) else written.encode("utf-8", "backslashreplace")


def renderer(name: str) -> Renderer:
    """Return the renderer of a format."""
    # By name first: a terminal table should not wait for the template engine.
    found = getattr(_module(name), "RENDERER", None)
    if not isinstance(found, Renderer):
        raise UnknownFormatError(name, formats())
    return found


def report_writer(name: str) -> ReportWriter:
    """Return what writes a case report in a format."""
    found = getattr(_module(name), "REPORT", None)
    if not isinstance(found, ReportWriter):
        raise UnknownFormatError(name, report_formats(), what="report")
    return found


def formats() -> tuple[str, ...]:
    """Return the formats that a display can be written in."""
    return tuple(name for name in _names() if isinstance(getattr(_module(name), "RENDERER", None), Renderer))


def report_formats() -> tuple[str, ...]:
    """Return the formats that a case report can be written in."""
    return tuple(
        name for name in _names() if isinstance(getattr(_module(name), "REPORT", None), ReportWriter)
    )


def _names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(room.__path__)))


def _module(name: str) -> object:
    return import_module(f"{room.__name__}.{name}") if name in _names() else None
