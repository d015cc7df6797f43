"""The reconstructed corpus: what it holds, that its quotations are verbatim, its sentences our own."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "healthinnovation"
KINDS = {
    "interview", "conversation", "field_note", "observation", "meeting", "document", "focus_group", "survey",
}  # fmt: skip
TOLD_AFTERWARDS = {"E01"}
OURS_ALONE = {"E54", "E55"}
WINDOWS_1252 = "interviews/2009-02_lighting-firm.txt"


def _decoded(path: Path) -> str:
    return path.read_bytes().decode(
        "cp1252" if path.relative_to(CORPUS).as_posix() == WINDOWS_1252 else "utf-8"
    )


def _word_blocks(path: Path) -> list[str]:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def _blocks(path: Path) -> list[str]:
    """Return the paragraphs, cells or cues of one file as a plain reader sees them."""
    if path.suffix == ".docx":
        return _word_blocks(path)
    text = _decoded(path)
    if path.suffix == ".csv":
        return [cell for row in csv.reader(text.splitlines()) for cell in row]
    if path.suffix == ".vtt":
        return [re.sub(r"<v [^>]+>", "", line) for line in text.splitlines() if line.startswith("<v ")]
    return re.split(r"\n\s*\n|\n(?=\w+: )", text)


@cache
def _sources() -> dict[str, list[str]]:
    files = sorted(path for path in CORPUS.glob("*/*") if path.is_file() and path.parent.name != "codings")
    return {
        path.relative_to(CORPUS).as_posix(): [" ".join(b.split()) for b in _blocks(path)] for path in files
    }


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _case() -> dict:
    return json.loads((CORPUS / "events.json").read_text(encoding="utf-8"))


@cache
def _published(shared: Path) -> dict[str, dict]:
    path = shared / "data" / "healthinnovation" / "healthinnovation_events.json"
    return {event["id"]: event for event in json.loads(path.read_text(encoding="utf-8"))["events"]}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"['’]", "", text.casefold()))


def _runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _text_of(file: str) -> str:
    return " ".join(_sources()[file])


def test_there_are_enough_sources_and_words():
    words = {file: len(_text_of(file).split()) for file in _sources()}
    assert len(words) >= 26
    assert sum(words.values()) > 15_000
    assert sum(1 for file, count in words.items() if file.startswith("interviews/") and count >= 850) >= 8


def test_the_formats_are_mixed_as_a_team_would_have_them():
    suffixes = Counter(Path(file).suffix for file in _sources())
    assert suffixes[".docx"] >= 5
    assert suffixes[".vtt"] >= 2
    assert min(suffixes[suffix] for suffix in (".txt", ".md", ".csv")) >= 2
    assert min(len(blocks) for file, blocks in _sources().items() if file.endswith(".vtt")) >= 60


def test_one_file_is_windows_1252_and_no_other():
    for file in _sources():
        if Path(file).suffix in {".txt", ".md", ".csv", ".vtt"}:
            if file == WINDOWS_1252:
                with pytest.raises(UnicodeDecodeError):
                    (CORPUS / file).read_text(encoding="utf-8")
            else:
                (CORPUS / file).read_text(encoding="utf-8")


def test_the_metadata_name_each_file_once_and_date_it():
    rows = _rows("metadata.csv")
    assert sorted(row["file"] for row in rows) == sorted(_sources())
    assert {row["case"] for row in rows} == {"HealthInnovation"}
    assert {row["kind"] for row in rows} <= KINDS
    assert all(re.match(r"20(0[6-9]|10)", row["date"]) and row["title"] for row in rows)
    assert all(row["minutes"] == "" or int(row["minutes"]) > 0 for row in rows)


def test_the_gaps_are_there():
    rows = _rows("metadata.csv")
    assert [row["informant"] for row in rows if row["kind"] == "interview" and not row["minutes"]] == ["Leif"]
    assert not [row for row in rows if row["organisation_type"] == "hospital"]
    assert any(row["date"].endswith(("~", "?")) for row in rows)
    talks = Counter(row["kind"] for row in rows if row["informant"] == "Ragna")
    assert talks == {"interview": 2, "conversation": 5}


def test_nobody_speaks_of_securing_ideas_by_law():
    spoken = re.compile(r"patent|copyright|licen[cs]|trademark|disclosure", re.IGNORECASE)
    assert not [file for file in _sources() if spoken.search(_text_of(file))]


@pytest.mark.parametrize("event", _case()["events"], ids=lambda event: event["id"])
def test_an_event_quotes_one_block_of_its_source(event):
    quote = " ".join(event["quote"].split())
    assert any(quote in block for block in _sources()[event["source"]["file"]])
    assert len(quote.split()) == event["words"]


def test_an_explicit_date_stands_in_the_quoted_line():
    explicit = [event for event in _case()["events"] if event["date"]["basis"] == "explicit"]
    assert len(explicit) >= 15
    assert all(re.search(r"20(0[6-9]|1[0-2])", event["quote"]) for event in explicit)


def test_event_bounds_are_in_order():
    for event in _case()["events"]:
        earliest, latest = event["date"]["earliest"], event["date"]["latest"]
        assert latest is not None
        assert earliest is None or date.fromisoformat(earliest) <= date.fromisoformat(latest)


def test_phases_links_and_turning_points_name_events_that_exist():
    case = _case()
    known = {event["id"] for event in case["events"]}
    assert len(known) == len(case["events"]) >= 45
    assert set(case["turning_points"]) <= known
    assert {link[end] for link in case["links"] for end in ("source", "target")} <= known
    assert {event["phase"] for event in case["events"]} - {None} == {phase["id"] for phase in case["phases"]}
    for phase in case["phases"]:
        assert {phase["opens_with"], phase["closes_with"]} <= known
        assert phase["discontinuity_open"] != phase["discontinuity_close"]
    assert {actor for event in case["events"] for actor in event["actors"]} == set(case["actors"])


def test_no_single_file_carries_the_case():
    files = Counter(event["source"]["file"] for event in _case()["events"])
    assert len(files) >= 15
    assert files.most_common(1)[0][1] / files.total() <= 0.2


@pytest.mark.shared
def test_each_published_event_has_a_line_in_the_field_material_or_a_reason(shared):
    rows = {row["event"]: row for row in _rows("events_map.csv")}
    assert list(rows) == list(_published(shared))
    assert len(rows) == len(_rows("events_map.csv")) == 53
    assert {event for event, row in rows.items() if not row["file"]} == TOLD_AFTERWARDS
    for event, row in rows.items():
        if row["file"]:
            assert row["quote"], event
            assert " ".join(row["quote"].split()) in _text_of(row["file"]), event
        else:
            assert not row["quote"], event
            assert len(row["reason"].split()) >= 8, event


@pytest.mark.shared
def test_events_keep_the_published_dates_and_bounds(shared):
    published = _published(shared)
    ours = {event["id"]: event for event in _case()["events"]}
    assert set(ours) == (set(published) - TOLD_AFTERWARDS) | OURS_ALONE
    for name in sorted(set(ours) & set(published)):
        for field in ("edtf", "earliest", "latest"):
            assert ours[name]["date"][field] == published[name]["date"][field], name
        for field in ("phase", "kind", "extent", "duration", "process_codes", "actors"):
            assert ours[name][field] == published[name][field], name
        assert ours[name]["title"] != published[name]["title"], name


@pytest.mark.shared
def test_no_source_shares_seven_words_in_a_row_with_the_article(shared):
    article = (shared / "literature" / "orchestrating-sme-networks.txt").read_text(encoding="utf-8")
    taken = _runs(article)
    assert len(taken) > 5_000
    shared_runs = {file: sorted(_runs(_text_of(file)) & taken) for file in _sources()}
    assert {file: runs for file, runs in shared_runs.items() if runs} == {}


@pytest.mark.shared
def test_the_known_quotations_are_told_in_other_words(shared):
    tables = json.loads(
        (shared / "data" / "healthinnovation" / "seed1_tables.json").read_text(encoding="utf-8")
    )
    taken = {run for quote in tables["attributed_quotes"] for run in _runs(quote["q"], 5)}
    assert len(taken) > 50
    assert {file: runs for file in _sources() if (runs := _runs(_text_of(file), 5) & taken)} == {}
