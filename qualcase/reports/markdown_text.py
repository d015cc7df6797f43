"""Markdown's own signs made harmless in what others wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.text.visible import make_visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS = re.compile(r"([\\`*_\[\]|~])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"})
_BULLET = re.compile(r"^([-+=#])")
_NUMBER = re.compile(r"^(\d+)([.)])")


def escape(text: str) -> str:
    """Return text for one place inside a line: white space collapsed, nothing in it formats or acts."""
    collapsed = make_visible(" ".join(text.split()))
    return _SIGNS.sub(r"\\\1", collapsed.translate(_ENTITIES))


def escape_start(text: str) -> str:
    """Return text that may begin a line: as `escape`, and no list, rule or heading begins with it."""
    return _NUMBER.sub(r"\1\\\2", _BULLET.sub(r"\\\1", escape(text)))


def pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[bool]) -> list[str]:
    """Return a pipe table of texts that are already escaped; `right` aligns a column to the right."""
    rule = ["---:" if side else "---" for side in right]
    return [f"| {' | '.join(line)} |" for line in (header, rule, *rows)]
