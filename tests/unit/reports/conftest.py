"""Small displays that show every kind of cell and every shape of mark."""

from __future__ import annotations

import pytest

from qualcase.model.display import (
    Band,
    Cell,
    Column,
    Display,
    Figure,
    Manifest,
    Mark,
    Row,
    no_data,
    none_found,
    not_reported,
)  # fmt: skip
from qualcase.reports.quotations import Quotation

MANIFEST = Manifest("Anna", "four-process 2", ("source: S1",), 3, "abc123")


@pytest.fixture
def manifest():
    return MANIFEST


@pytest.fixture
def table():
    """Return two rows by three columns: counts with evidence, and each of the three empties."""
    columns = (Column("P1", "P1 Start", numeric=True), Column("P2", "P2 Turn", numeric=True))
    rows = (
        Row("KM", "Knowledge mobility", (Cell(2, "2", ("E1", "E2")), none_found(11, unit="events"))),
        Row("KM.TRUST", "Trust", (no_data(), not_reported()), depth=1),
    )
    return Display("table", "Process by phase", MANIFEST, columns, rows, ("One coder.",), None, "process")


def mark(identity, shape, earliest, latest, **more):
    return Mark(
        identity, more.pop("lanes", ("KM",)), f"Title {identity}", "2008", shape, earliest, latest, **more
    )


@pytest.fixture
def figure():
    """Return one mark of each shape, with what each sign can add."""
    marks = (
        mark("E1", "bar", "2008-01-01", "2008-12-31", adverse=True),
        mark("E2", "whisker", "2008-01-01", "2008-12-31", turning_point=True),
        mark("E3", "point", "2009-06-03", "2009-06-03"),
        mark("E4", "before", None, "2010-10-31", lanes=("KM", "NH")),
        mark("E5", "after", "2010-01-01", None),
        mark("E6", "open", None, None),
        mark("E7", "whisker", "2012-01-01", "2012-12-31", hollow=True, lanes=("NH",)),
    )
    bands = (Band("P1", "Start", "2008-01-01", "2008-12-31"), Band("P2", "Turn", "2009-01-01", None))
    links = (("E1", "E2", "stated"), ("E2", "E7", "inferred"), ("E2", "nowhere", "stated"))
    return Figure((("KM", "Knowledge mobility"), ("NH", "Network health")), marks, bands, links)


@pytest.fixture
def timeline(figure):
    """Return a display whose rows are the figure's events."""
    rows = tuple(
        Row(one.id, one.label, (Cell(one.date_text, one.date_text, (one.id,)),)) for one in figure.marks
    )
    return Display("timeline", "Timeline", MANIFEST, (Column("date", "date"),), rows, (), figure, "event")


@pytest.fixture
def quotation():
    """Return a quotation of which everything is known."""
    return Quotation(
        "Q017", "we met  the\nboard", "I2", "interview 2", "interview", "P03", "firm manager", "P03", 41,
        (212, 214), "12 September 2024", "autumn 2023", "KM.TRUST", "Trust", "consensus", "Anna", "-",
        evidence="c1",
        codebook_version="1.2", omissions=2,
    )  # fmt: skip
