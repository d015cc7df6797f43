from __future__ import annotations

from dataclasses import replace

import pytest

from qualcase.model.display import Cell, Column, Row
from qualcase.reports.plain import pad, to_ascii, wrap
from qualcase.reports.registry import render
from qualcase.text.wrapping import cell_width


@pytest.mark.parametrize("width", [32, 50, 80, 120])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_wider_than_asked(table, timeline, width, ascii_only):
    for display in (table, timeline):
        text = render(display, "terminal", width=width, ascii_only=ascii_only)
        assert max(map(cell_width, text.splitlines())) <= width
        assert not ascii_only or text.isascii()


def test_the_three_empties_are_words_and_differ(table):
    text = render(table, "terminal")
    assert "none found (11 events searched)" in text
    assert "no data" in text
    assert "not reported" in text


def test_evidence_notes_and_manifest_stand_below(table):
    text = render(table, "terminal")
    assert "KM × P1: E1 E2" in text
    assert "Note: One coder." in text
    assert text.index("layer: Anna") > text.index("Note:")
    assert "filters: source: S1" in text
    assert "hash: abc123" in text


def test_numbers_stand_to_the_right(table):
    lines = render(table, "terminal").splitlines()
    heading = next(line for line in lines if "P1 Start" in line)
    row = next(line for line in lines if line.startswith("KM Knowledge"))
    assert row.index("2") == heading.index("P1 Start") + len("P1 Start") - 1


def test_a_display_too_wide_is_continued_with_its_labels(table):
    columns = tuple(Column(str(year), f"column {year}", numeric=True) for year in range(2000, 2020))
    rows = tuple(replace(row, cells=tuple(Cell(7, "7") for _ in columns)) for row in table.rows)
    text = render(replace(table, columns=columns, rows=rows), "terminal")
    assert text.count("KM Knowledge") > 1
    assert all(str(year) in text for year in range(2000, 2020))
    assert text.count("7") >= 40


def test_long_words_become_records_that_lose_nothing(table):
    quote = "word " * 80 + "end"
    row = Row("Q1", "first", (Cell(quote, quote), Cell(None, "x" * 200)))
    text = render(
        replace(table, rows=(row,), columns=(Column("q", "quote"), Column("n", "note"))), "terminal"
    )
    assert text.count("word") == 80
    assert text.count("x") >= 200


def test_colour_is_asked_for(table):
    assert "\x1b" not in render(table, "terminal")
    assert "\x1b[1m" in render(table, "terminal", colour=True)


def test_a_display_without_rows_says_so(table):
    assert "no rows" in render(replace(table, rows=()), "terminal")


def test_much_evidence_is_counted_and_not_poured_out(table):
    cell = Cell(2000, "2000", tuple(f"id{number}" for number in range(2000)))
    text = render(replace(table, rows=(Row("KM", "k", (cell, cell)),)), "terminal")
    assert "Evidence: 4,000 ids" in text
    assert len(text) < 2000


def test_ascii_keeps_letters_and_spells_signs():
    assert to_ascii("Ødegård “café” – ░ · 東 ␛") == 'Odegard "cafe" - ~ . ? ^['


def test_wide_characters_are_measured():
    assert wrap("東京東京", 4) == ["東京", "東京"]
    assert pad("東", 4, right=True) == "  東"
