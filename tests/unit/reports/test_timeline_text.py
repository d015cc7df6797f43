from __future__ import annotations

from dataclasses import replace

from qualcase.model.display import Figure
from qualcase.reports.timeline_text import timeline_lines


def row(figure, name, width=80):
    return next(line for line in timeline_lines(figure, width) if line.startswith(name)).split("  ")[-1]


def test_certain_possible_nothing_expected_and_open_ends(figure):
    assert row(figure, "KM") == "░░░░·1·············· ←1 →1 ?1"
    assert row(figure, "NH") == "················oooo ←1"


def test_the_legend_says_what_each_sign_means(figure):
    text = " ".join(" ".join(timeline_lines(figure, 80)).split())
    assert "2008–2012, one column per quarter" in text
    assert "none recorded (which is not: none happened)" in text
    assert "no later than" in text
    assert "expected, not observed" in text
    assert "turning points: E2" in text
    assert "phase 1 = P1 Start" in text


def test_many_years_take_a_column_each(figure):
    first = replace(figure.marks[2], earliest="1890-01-01", latest="1890-01-02")
    lines = timeline_lines(replace(figure, marks=(first, *figure.marks)), 80)
    assert max(map(len, lines)) <= 80
    assert any("one column per 5 years" in line for line in lines)


def test_half_years(figure):
    first = replace(figure.marks[2], earliest="1995-01-01", latest="1995-01-02")
    text = " ".join(timeline_lines(replace(figure, marks=(first, *figure.marks)), 80))
    assert "one column per half-year" in text


def test_ten_in_a_quarter_are_a_plus(figure):
    many = tuple(replace(figure.marks[2], id=f"M{number}") for number in range(10))
    assert "+" in row(replace(figure, marks=many, bands=()), "KM")


def test_a_figure_without_dates_says_so():
    assert timeline_lines(Figure((("KM", "k"),), ()), 80) == ["No event has a date."]


def test_the_last_year_of_the_calendar_is_drawn(figure):
    late = replace(figure.marks[2], earliest="9999-12-31", latest="9999-12-31")
    assert timeline_lines(replace(figure, marks=(late,), bands=()), 80)
