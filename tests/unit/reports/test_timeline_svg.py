from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualcase.model.display import Figure
from qualcase.reports.timeline_geometry import lay_out
from qualcase.reports.timeline_lanes import Extent, pack
from qualcase.reports.timeline_svg import draw_timeline

SVG = "{http://www.w3.org/2000/svg}"


def drawn(figure):
    return etree.fromstring(draw_timeline(figure, "Timeline").strip())


def marks(tree):
    return {link.find(f"{SVG}g/{SVG}title").text.split()[0]: link for link in tree.iter(f"{SVG}a")}


def test_only_a_duration_is_a_bar(figure):
    found = marks(drawn(figure))
    assert {name for name, link in found.items() if link.find(f".//{SVG}rect") is not None} == {"E1"}


def test_a_window_is_a_line_from_end_to_end(figure):
    whisker = next(mark for mark in lay_out(figure).marks if mark.id == "E2")
    year = next(place for place in lay_out(figure).years if place[0] == "2008")
    assert whisker.x1 == year[1]
    assert whisker.x1 < whisker.x < whisker.x2


def test_arrows_point_to_the_open_end(figure):
    before, after = (next(mark for mark in lay_out(figure).marks if mark.id == name) for name in ("E4", "E5"))
    assert before.x1 < before.x == before.x2
    assert after.x == after.x1 < after.x2


def test_every_sign_is_a_shape_and_a_word(figure):
    found = marks(drawn(figure))
    assert found["E2"].find(f".//{SVG}circle[@class='ring']") is not None
    assert "turning point" in found["E2"].find(f".//{SVG}title").text
    assert found["E1"].find(f".//{SVG}path[@class='sign']") is not None
    assert "(−)" in found["E1"].find(f".//{SVG}text").text
    assert "hollow" in found["E7"].find(f"{SVG}g").get("class")
    assert "expected, not observed" in found["E7"].find(f".//{SVG}title").text


def test_the_keyboard_follows_time_and_meets_each_event_once(figure):
    links = [link for link in drawn(figure).iter(f"{SVG}a") if link.get("tabindex") != "-1"]
    assert [link.get("href") for link in links] == [f"#event-E{number}" for number in (1, 2, 3, 5, 4, 7, 6)]


def test_links_are_solid_as_stated_and_dashed_as_inferred(figure):
    paths = [path for path in drawn(figure).iter(f"{SVG}path") if "link" in path.get("class").split()]
    assert [path.get("class") for path in paths] == ["link", "link dashed"]


def test_nothing_leaves_the_drawing(figure):
    drawing = lay_out(figure)
    for mark in drawing.marks:
        assert 0 <= mark.x1 <= mark.x2 <= drawing.width
        assert drawing.top < mark.y < drawing.bottom


def test_a_figure_without_dates_is_a_sentence():
    assert "No event has a date" in draw_timeline(Figure((), ()), "Timeline")


def test_an_open_phase_reaches_the_end(figure):
    drawing = lay_out(figure)
    last = drawing.bands[-1]
    assert last.x + last.width > drawing.years[-1][1]


def test_the_first_and_the_last_day_of_the_calendar_are_drawn(figure):
    ends = (("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"))
    edges = tuple(replace(figure.marks[2], earliest=one, latest=other) for one, other in ends)
    assert lay_out(replace(figure, marks=edges, bands=()))


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 200)), max_size=40))
def test_nothing_packed_lies_on_another(pairs):
    extents = [Extent(left, left + size) for left, size in pairs]
    rows = pack(extents, gap=3)
    for one, row in zip(extents, rows, strict=True):
        for other, other_row in zip(extents, rows, strict=True):
            if one is not other and row == other_row:
                assert one.left >= other.right + 3 or other.left >= one.right + 3
