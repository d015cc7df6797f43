"""Dates as people read them: plain ones as they are written, vague ones in words."""

from __future__ import annotations

import re

from qualcase.text.bounds import display_date

_PLAIN = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")


def draw_date(edtf: str | None, *, undated: str = "undated") -> str:
    """Return 2008-06 as it is, and 2008-23 as autumn 2008: few know such codes by heart."""
    if edtf and _PLAIN.fullmatch(edtf):
        return edtf
    return display_date(edtf, undated=undated)
