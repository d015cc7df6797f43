"""Where the codebooks and corpora that ship with qualcase lie."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_path(name: str) -> Path:
    """Return the folder `codebooks` or `corpora`: inside the wheel, or beside the package in a clone."""
    packed = _PACKAGE / "_shipped" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
