"""Comparing a screen with its picture in text; QUALCASE_GOLDENS=write makes the pictures anew."""

from __future__ import annotations

import os
from pathlib import Path

GOLDENS = Path(__file__).parent / "goldens"


def compare(bench, room, scene, size):
    shown = "\n".join(bench.lines()) + "\n"
    golden = GOLDENS / room / f"{scene}-{size[0]}x{size[1]}.txt"
    if os.environ.get("QUALCASE_GOLDENS") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
