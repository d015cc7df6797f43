"""What a format is: a way to write one display, and where it has one, a way to write a whole report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qualcase.model.display import Display
    from qualcase.reports.content import ReportContent


@dataclass(frozen=True, slots=True)
class Options:
    """How a reader wants it: width in columns, colour, and nothing but ASCII; pages ignore all three."""

    width: int = 80
    colour: bool = False
    ascii_only: bool = False


@dataclass(frozen=True, slots=True)
class Renderer:
    """One format of a display; every format module has one, named RENDERER."""

    format: str
    suffix: str
    render: Callable[[Display, Options], str | bytes]


@dataclass(frozen=True, slots=True)
class ReportWriter:
    """One format of a case report, named REPORT in its module: file name → content."""

    format: str
    files: Callable[[ReportContent], Mapping[str, str | bytes]]
