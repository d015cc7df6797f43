"""What has less room than it needs says that it was cut."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from qualcase.model.code import Code, Codebook
from qualcase.tui.code_lines import tree_lines
from qualcase.tui.codes import CodeList
from qualcase.tui.glyphs import fit
from qualcase.tui.panes import codebook_lines

LONG = "Trust that has been built over many years"


@pytest.mark.parametrize(
    ("text", "width", "drawn"),
    [
        ("abc", 3, "abc"),
        ("abc", 5, "abc  "),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab… "),
        ("漢字漢字", 5, "漢字…"),
        ("ab", 1, "…"),
    ],
)
def test_a_text_is_cut_with_a_mark_and_is_as_wide_as_its_place(text, width, drawn):
    assert fit(text, width) == drawn
    assert cell_len(drawn) == width


def test_the_names_of_codes_are_cut_with_a_mark():
    book = Codebook("b", "B", 1, (Code("T", LONG), Code("S", "Short")))
    entries = CodeList([book]).entries
    for lines in (codebook_lines(entries, {}, {}, 30), tree_lines(entries, {}, 30)):
        cut, whole = ("".join(text for text, _ in line) for line in lines)
        assert "…" in cut
        assert "…" not in whole
        assert cell_len(cut) == cell_len(whole) <= 30
