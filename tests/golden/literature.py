"""The events of the literature case as report values, for the tests that look at whole pages."""

from __future__ import annotations

import json

from qualcase.model.code import Code, Codebook
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
)
from qualcase.model.event import Actor, Chronology, Event, EventDate, Link, Phase
from qualcase.reports.content import ReportContent
from qualcase.reports.narrative import date_words
from qualcase.reports.quotations import Quotation

PROCESSES = {"KM": "Knowledge mobility", "IA": "Innovation appropriability", "NS": "Network stability"}
PROCESSES["NH"] = "Network health"
MANIFEST = Manifest("Anna", "four-process 1", (), 1, "25b4a2bf71cf7069")
BOUNDS = {
    "P1": ("2006-01-01", "2007-12-31"),
    "P2": ("2008-01-01", "2008-12-31"),
    "P3": ("2008-10-01", "2009-06-30"),
    "P4": ("2009-06-01", "2010-02-28"),
    "P5": ("2010-02-01", "2010-11-30"),
}


def read_chronology(shared):
    file = shared / "data" / "healthinnovation" / "healthinnovation_events.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    events = tuple(_event(raw, data["turning_points"]) for raw in data["events"])
    phases = tuple(
        Phase(raw["id"], raw["name"], raw["edtf"], raw["opens_with"], raw["closes_with"])
        for raw in data["phases"]
    )
    links = tuple(Link(raw["source"], raw["target"], raw["type"], raw["basis"]) for raw in data["links"])
    actors = tuple(Actor(identity, raw["label"], raw["type"]) for identity, raw in data["actors"].items())
    return Chronology(events, phases, links, actors, tuple(raw["text"] for raw in data["source_tensions"]))


def _event(raw, turning_points):
    date = EventDate(
        **{name: raw["date"][name] for name in ("edtf", "earliest", "latest", "basis", "as_written")}
    )
    return Event(
        raw["id"], raw["title"], date, "S1", quote=raw["quote"], actors=tuple(raw["actors"]),
        codes=(*raw["process_codes"], *raw["other_codes"]), phase=raw["phase"], extent=raw["extent"],
        duration=raw["duration"], valence=raw["valence"], voice=raw["voice"], note=raw["note"],
        turning_point=raw["id"] in turning_points, line=raw["locator"]["line_start"],
        kind="expected" if raw["id"] == "E34" else raw["kind"],
    )  # fmt: skip


def processes(event):
    return tuple(sorted({code.split(".")[0] for code in event.codes} & set(PROCESSES)))


def shape(event):
    date = event.date
    if date.earliest is None:
        return "before" if date.latest else "open"
    if date.latest is None:
        return "after"
    if event.extent == "spans_window":
        return "bar"
    return "point" if date.earliest == date.latest else "whisker"


def timeline(chronology):
    marks = tuple(
        Mark(
            event.id, processes(event) or ("none",), event.title, date_words(event.date), shape(event),
            event.date.earliest, event.date.latest, event.kind == "expected", event.turning_point,
            event.valence == "-", (event.id,),
        )
        for event in chronology.events
    )  # fmt: skip
    figure = Figure(
        (*PROCESSES.items(), ("none", "No process")),
        marks,
        tuple(Band(phase.id, phase.name, *BOUNDS[phase.id]) for phase in chronology.phases),
        tuple((link.source, link.target, link.basis) for link in chronology.links),
    )
    columns = (
        Column("date", "date"),
        Column("phase", "phase"),
        Column("codes", "codes"),
        Column("quote", "quote"),
    )
    rows = tuple(
        Row(
            event.id,
            event.title,
            (
                Cell(date_words(event.date), date_words(event.date)),
                Cell(event.phase, event.phase) if event.phase else Cell("outside", "outside"),
                Cell(", ".join(event.codes), ", ".join(event.codes)),
                Cell(event.quote, f"“{event.quote}”", (event.id,)),
            ),
        )
        for event in chronology.events
    )
    notes = ("Years are shown as lines where the source gives no more.",)
    return Display("timeline", "Timeline by process", MANIFEST, columns, rows, notes, figure, "event")


def process_by_phase(chronology):
    phases = [*(phase.id for phase in chronology.phases), "outside"]
    labels = {phase.id: f"{phase.id} {phase.name}" for phase in chronology.phases}
    columns = tuple(Column(phase, labels.get(phase, phase), numeric=True) for phase in (*phases, "total"))
    rows = []
    for process, label in PROCESSES.items():
        coded = [event for event in chronology.events if process in processes(event)]
        cells = [_count(coded, chronology.events, phase) for phase in phases]
        rows.append(
            Row(process, label, (*cells, Cell(len(coded), str(len(coded)), tuple(e.id for e in coded))))
        )
    return Display(
        "process-by-phase", "Process by phase", MANIFEST, columns, tuple(rows), (), None, "process"
    )


def _count(coded, events, phase):
    found = [event.id for event in coded if (event.phase or "outside") == phase]
    searched = sum((event.phase or "outside") == phase for event in events)
    return Cell(len(found), str(len(found)), tuple(found)) if found else none_found(searched, unit="events")


def coverage():
    columns = tuple(Column(name, name, numeric=True) for name in ("P1", "P2", "P3", "P4", "P5"))
    rows = (
        Row(
            "interview",
            "interview",
            (no_data(), no_data(), Cell(1, "1", ("S1",)), no_data(), Cell(1, "1", ("S1",))),
        ),
        Row("document", "document", tuple(Cell(1, "1", ("S1",)) for _ in columns)),
    )
    return Display(
        "coverage", "Coverage: source type by phase", MANIFEST, columns, rows, (), None, "source type"
    )


def quotations(chronology):
    events = [event for event in chronology.events if event.quote and processes(event)]
    return tuple(
        Quotation(
            f"Q{number:03d}", event.quote, "S1", "Orchestrating SME networks", "document", voice=event.voice,
            lines=(event.line, event.line + 1), about=date_words(event.date), code=event.codes[0],
            code_name=event.codes[0].split(".")[-1].capitalize(), layer="Anna", coder="Anna",
            valence=event.valence,
            evidence=f"coding-{event.id}", key=event.turning_point, codebook_version="1",
        )
        for number, event in enumerate(events, 1)
    )  # fmt: skip


def codebook(chronology):
    used = sorted({code for event in chronology.events for code in event.codes})
    tops = tuple(
        Code(identity, label, kind="process", definition="A process.")
        for identity, label in PROCESSES.items()
    )
    leaves = tuple(
        Code(
            code, code.split(".")[-1].capitalize(), code.split(".")[0], "process", "What is done about it.",
            ("acts that were carried out",), ("plans alone",), ("trust", "open"),
        )
        for code in used
        if code.split(".")[0] in PROCESSES
    )  # fmt: skip
    return Codebook(
        "four-process", "Four orchestration processes", 1, (*tops, *leaves), ("Code acts, not moods.",)
    )


def content(shared):
    chronology = read_chronology(shared)
    return ReportContent(
        "HealthInnovation: a network orchestrated", "literature", "HealthInnovation", "codebook", MANIFEST,
        (codebook(chronology),),
        {
            "timeline": timeline(chronology),
            "process_by_phase": process_by_phase(chronology),
            "coverage": coverage(),
        },
        quotations(chronology), chronology, coders=("Anna",),
    )  # fmt: skip
