"""One small case, small enough to count by hand; every test of this room asks it something.

Sources (20 characters each but S4)      kind        date       informant  speakers
  S1  Case A  “Anna: aaaa Bo: bbbb…”      interview   2008-03    Bo         Anna (interviewer), Bo
  S2  Case A                              field_note  2008-23    –          –
  S3  Case B                              interview   2009/2010  Cy         –
  S4  Case B  (10 characters, not coded)  document    undated    –          –

Codings            source  span    code      coder  voice  valence  key
  c0               S1      0:10    KM.TRUST  Anna   Bo     +        no
  c1               S1      5:12    KM.TRUST  Ben    Bo     –        yes
  c2               S1      5:12    NS.THREAT Anna   Anna   -        no      (the interviewer's own words)
  c3               S2      0:4     KM.SHARE  Anna   none   –        no
  c4               S3      2:8     KM.TRUST  Ben    Cy     –        no      accepted from a suggestion
  c5               S3      2:8     OUT.FIRMS Ben    Cy     +        no
"""

from __future__ import annotations

import numpy as np
import pytest

from qualcase.coding.frame import CodedData, CodingColumns, SpanColumns
from qualcase.model.code import Code, Codebook, Crosswalk, CrosswalkRow
from qualcase.model.event import Actor, Chronology, Event, EventDate, Link, Phase
from qualcase.model.source import Source

FOUR = Codebook(
    "four",
    "Four processes",
    2,
    (
        Code("KM", "Knowledge mobility", kind="process"),
        Code("KM.TRUST", "Trust", "KM", "process"),
        Code("KM.SHARE", "Sharing", "KM", "process"),
        Code("KM.OLD", "Old", "KM", "process", status="retired"),
        Code("NS", "Stability", kind="process"),
        Code("NS.THREAT", "Threats", "NS", "process"),
        Code("NS.MEMBER", "Members", "NS", "process"),
        Code("OUT", "Outcomes", kind="outcome"),
        Code("OUT.FIRMS", "Firms", "OUT", "outcome"),
        Code("OUT.HOSP", "Hospital", "OUT", "outcome"),
    ),
)
COP = Codebook(
    "cop",
    "Community",
    1,
    (Code("CoP1", "Link members"), Code("CoP7", "Assess health")),
    crosswalks=(
        Crosswalk(
            "four-x-cop",
            "Side by side",
            "four",
            "cop",
            (
                CrosswalkRow("R1", ("KM.TRUST+KM.SHARE", "NS"), ("CoP1",), "corresponds"),
                CrosswalkRow("R2", (), ("CoP7",), "gap", "Filled by NH."),
            ),
        ),
    ),
)
CODES = (*FOUR.codes, *COP.codes)
TEXT = "abcdefghijklmnopqrst"


def source(handle: str, kind: str, case: str, characters: int = 20, **known: object) -> Source:
    return Source(
        uid=f"uid-{handle}",
        handle=handle,
        name=f"{handle}.txt",
        title=f"Title {handle}",
        kind=kind,
        format="txt",
        encoding="utf-8",
        language="en",
        sha256=f"sha-{handle}",
        words=1,
        characters=characters,
        turns=0,
        speakers=(),
        cases=(case,),
        **known,
    )  # type: ignore[arg-type]


SOURCES = (
    source(
        "S1",
        "interview",
        "A",
        date="2008-03",
        earliest="2008-03-01",
        latest="2008-03-31",
        informant="Bo",
        minutes=62.0,
        done=("Anna",),
    ),
    source(
        "S2", "field_note", "A", date="2008-23~", earliest="2008-09-01", latest="2008-11-30", minutes=90.0
    ),
    source(
        "S3", "interview", "B", date="2009/2010", earliest="2009-01-01", latest="2010-12-31", informant="Cy"
    ),
    source("S4", "document", "B", characters=10),
)


def event(
    name: str,
    edtf: str | None,
    earliest: str | None,
    latest: str | None,
    codes: tuple[str, ...] = (),
    **known: object,
) -> Event:
    basis = "explicit" if edtf else None
    return Event(name, f"Title {name}", EventDate(edtf, earliest, latest, basis), codes=codes, **known)  # type: ignore[arg-type]


EVENTS = (
    event(
        "E1",
        "2008-23",
        "2008-09-01",
        "2008-11-30",
        ("KM.TRUST", "KM.SHARE"),
        phase="P1",
        actors=("board",),
        valence="+",
        voice="Bo",
        source="S1",
        start=0,
        end=5,
        quote="abcde",
        line=1,
        turning_point=True,
    ),
    event(
        "E2",
        "../2008-06",
        None,
        "2008-06-30",
        ("NS.THREAT",),
        phase="P1",
        actors=("board", "firms"),
        valence="-",
        voice="Bo",
        source="uid-S1",
        start=3,
        end=8,
        quote="defgh",
    ),
    event(
        "E3",
        "2009-05-04",
        "2009-05-04",
        "2009-05-04",
        ("KM.TRUST", "OUT.FIRMS"),
        phase="P2",
        actors=("firms",),
        valence="+",
        source="S3.txt",
    ),
    event("E4", "2009/2010", "2009-01-01", "2010-12-31", (), extent="spans_window", valence="0"),
    event("E5", "2012", "2012-01-01", "2012-12-31", ("KM.SHARE",), kind="future"),
    event("E6", None, None, None, ("KM.OLD",)),
    event("E7", "2009-05-04", "2009-05-04", "2009-05-04", ("NS.THREAT",), phase="P2"),
)
CHRONOLOGY = Chronology(
    events=EVENTS,
    phases=(
        Phase("P1", "Start", "2008", "E2", "E1", discontinuity_open="grant", discontinuity_close="new board"),
        Phase("P2", "Growth", "2009", "E3", None, discontinuity_open="new board"),
        Phase("P3", "Rest", "2011"),
    ),
    links=(Link("E1", "E3", "enables", "inferred"), Link("E1", "E9", "enables", "stated")),
    actors=(Actor("board", "The board"), Actor("firms", "The firms"), Actor("hospital", "The hospital")),
)


def column(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def codings() -> CodingColumns:
    place = {code.id: position for position, code in enumerate(CODES)}
    codes = [
        place[code] for code in ("KM.TRUST", "KM.TRUST", "NS.THREAT", "KM.SHARE", "KM.TRUST", "OUT.FIRMS")
    ]
    return CodingColumns(
        uid=("c0", "c1", "c2", "c3", "c4", "c5"),
        source=column(0, 0, 0, 1, 2, 2),
        start=column(0, 5, 5, 0, 2, 2),
        end=column(10, 12, 12, 4, 8, 8),
        code=column(*codes),
        coder=column(0, 1, 0, 0, 1, 1),
        speaker=column(1, 1, 0, -1, -1, -1),
        voice=column(1, 1, 0, -1, 2, 2),
        valence=column(1, 0, 2, 0, 0, 1),
        key=np.array([False, True, False, False, False, False]),
        unaided=np.array([True, True, True, True, False, True]),
        case_coding=column(0, 1, 2, 3, 4, 5, 4),
        case_case=column(0, 0, 0, 0, 1, 1, 0),
    )


@pytest.fixture
def data() -> CodedData:
    """Return the small case; coding c4 lies in both cases, through its speaker."""
    return CodedData(
        sources=SOURCES,
        codebooks=(FOUR, COP),
        codes=CODES,
        coders=("Anna", "Ben"),
        cases=("A", "B"),
        speakers=("Anna", "Bo"),
        voices=("Anna", "Bo", "Cy"),
        codings=codings(),
        turns=SpanColumns(column(0, 0), column(0, 8), column(6, 20), column(0, 1)),
        sentences=SpanColumns(),
        texts={0: TEXT, 1: TEXT, 2: TEXT, 3: TEXT[:10]},
        interviewers=frozenset({"Anna"}),
        chronology=CHRONOLOGY,
        attributes={"sector": ("public", None, "firm", "public")},
    )
