"""Dates in lists: plain ones as written, vague ones in words, none made more exact."""

from __future__ import annotations

import pytest

from qualcase.tui.dates import draw_date


@pytest.mark.parametrize(
    ("edtf", "drawn"),
    [
        ("2008", "2008"),
        ("2008-06", "2008-06"),
        ("2008-06-12", "2008-06-12"),
        ("2008-23", "autumn 2008"),
        ("2009-03~", "about March 2009"),
        (None, "undated"),
    ],
)
def test_a_date_reads_as_it_was_written(edtf, drawn):
    assert draw_date(edtf) == drawn
