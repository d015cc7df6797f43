"""The two readings of the corpus, and what is said of each place where they differ."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from qualcase.project import create_project
from qualcase.project.coding_files import import_codings
from qualcase.project.importing import ImportOptions

if TYPE_CHECKING:
    from qualcase.triangulation.agreement import AgreementReport
    from qualcase.triangulation.disagreements import Disagreement

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "healthinnovation"
CODERS = ("Jonas", "Marit")
TYPES = {
    "boundary", "missed", "different code", "level", "knowledge of context", "true ambiguity",
}  # fmt: skip
MOST_WORDS = 40


class Differing(NamedTuple):
    """One disagreement as the project lists it: where, in which words, and who marked how much."""

    file: str
    code: str
    words: list[str]
    marked: dict[str, str]


class Readings(NamedTuple):
    """Both readings in a project."""

    entered: dict[str, int]
    by_sentence: AgreementReport
    by_character: AgreementReport
    differing: list[Differing]


def _rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _how_much(extents: tuple[tuple[int, int], ...], found: Disagreement) -> str:
    if not extents:
        return "no"
    return "yes" if extents == ((found.start, found.end),) else "part"


@pytest.fixture(scope="module")
def readings(tmp_path_factory) -> Readings:
    """Import the sources and both coders' codings; importing a coding checks that its quote is verbatim."""
    path = tmp_path_factory.mktemp("codings") / "healthinnovation.qualcase"
    files = [row["file"] for row in _rows("metadata.csv")]
    with create_project(path, ("four-process",), case="HealthInnovation", coder=CODERS[0]) as project:
        options = ImportOptions(metadata=CORPUS / "metadata.csv")
        project.sources.import_paths([CORPUS / file for file in sorted(files)], options)
        named = {source.name: source for source in project.sources.list()}
        sources = {file: named[Path(file).name] for file in files}
        entered = {}
        for coder in CODERS:
            project.coder = coder
            reading = CORPUS / "codings" / f"{coder.casefold()}.csv"
            entered[coder] = import_codings(project, reading, sources, done=True)
        by_handle = {source.handle: file for file, source in sources.items()}
        differing = [
            Differing(
                by_handle[found.source],
                found.code,
                project.sources.text(project.sources.find(found.source))[found.start : found.end].split(),
                {
                    "jonas": _how_much(found.first, found),
                    "marit": _how_much(found.second, found),
                },
            )
            for found in project.rounds.disagreements(CODERS)
        ]
        by_sentence = project.rounds.agreement(CODERS, unit="sentence")
        return Readings(entered, by_sentence, project.rounds.agreement(CODERS), differing)


def test_every_row_of_both_readings_is_entered_and_there_are_300(readings):
    assert readings.entered == {coder: len(_rows(f"codings/{coder.casefold()}.csv")) for coder in CODERS}
    assert sum(readings.entered.values()) >= 300


@pytest.mark.parametrize("coder", CODERS)
def test_a_coder_has_read_nearly_every_source(coder):
    sources = {row["file"] for row in _rows("metadata.csv")}
    coded = {row["file"] for row in _rows(f"codings/{coder.casefold()}.csv")}
    assert coded <= sources
    assert len(coded) >= 0.8 * len(sources)


def test_there_is_something_to_discuss(readings):
    alphas = {row.code: row.krippendorff_alpha for row in readings.by_sentence.codes}
    poor = {code for code, alpha in alphas.items() if alpha is not None and alpha < 0.5}
    assert "NH.EVAL" in poor
    assert len(readings.by_sentence.sources) == len(_rows("metadata.csv"))


def test_a_code_that_few_passages_carry_is_called_rare(readings):
    rare = {row.code for row in readings.by_character.codes if (row.note or "").startswith("rare:")}
    assert "OUT.MUNI" in rare


def test_nobody_found_ideas_secured_by_law(readings):
    protect = next(row for row in readings.by_sentence.codes if row.code == "IA.PROTECT")
    assert (protect.both, protect.first, protect.second) == (0, 0, 0)
    assert protect.krippendorff_alpha is None


def test_each_disagreement_has_its_row_in_the_order_of_the_project(readings):
    listed = [(row["file"], row["code"]) for row in _rows("disagreements.csv")]
    assert listed == [(found.file, found.code) for found in readings.differing]


def test_a_row_quotes_the_words_in_question(readings):
    for row, found in zip(_rows("disagreements.csv"), readings.differing, strict=True):
        if len(found.words) <= MOST_WORDS:
            assert row["quote"] == " ".join(found.words)
            continue
        first, gap, last = (part.split() for part in row["quote"].partition("…"))
        assert gap == ["…"], row["quote"]
        assert len(first) + len(last) < MOST_WORDS
        assert found.words[: len(first)] == first
        assert found.words[-len(last) :] == last


def test_a_row_says_who_gave_the_code(readings):
    for row, found in zip(_rows("disagreements.csv"), readings.differing, strict=True):
        assert {name: row[name] for name in found.marked} == found.marked, row["quote"]


def test_a_row_has_one_of_the_six_types_and_its_own_reason():
    rows = _rows("disagreements.csv")
    assert {row["type"] for row in rows} <= TYPES
    assert all(5 <= len(row["why"].split()) <= 20 for row in rows)
    assert max(Counter(row["why"] for row in rows).values()) == 1


def test_another_code_is_named_where_the_other_coder_used_one():
    given = {
        coder: {(row["file"], row["code"]) for row in _rows(f"codings/{coder.casefold()}.csv")}
        for coder in CODERS
    }
    for row in _rows("disagreements.csv"):
        assert bool(row["other_code"]) == (row["type"] in {"different code", "level"}), row["quote"]
        if row["other_code"]:
            other = "Marit" if row["marit"] == "no" else "Jonas"
            assert (row["file"], row["other_code"]) in given[other], row["quote"]


def test_where_both_gave_the_code_only_its_bounds_are_in_dispute():
    places = Counter((row["file"], row["code"]) for row in _rows("disagreements.csv"))
    for row in _rows("disagreements.csv"):
        if "no" not in {row["jonas"], row["marit"]}:
            assert row["type"] == "boundary", row["quote"]
        elif row["type"] == "boundary":
            assert places[row["file"], row["code"]] > 1, row["quote"]


def test_the_readme_counts_the_types_rightly():
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    counted = Counter(row["type"] for row in _rows("disagreements.csv"))
    stated = {
        cells[1].strip(" `"): int(cells[3])
        for cells in (line.split("|") for line in readme.splitlines())
        if len(cells) == 5 and cells[1].strip(" `") in TYPES
    }
    assert stated == {kind: counted[kind] for kind in TYPES}
