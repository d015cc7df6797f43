from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualcase.codebook.checks import check_codebook, check_crosswalk
from qualcase.codebook.crosswalk_csv import read_crosswalk, write_crosswalk
from qualcase.codebook.errors import CodebookFileError, UnknownCodebookError
from qualcase.codebook.shipped import read_shipped, shipped_codebooks
from qualcase.codebook.tree import children, processes
from qualcase.codebook.yaml_file import read_codebook, write_codebook
from qualcase.model.code import Crosswalk, CrosswalkRow
from qualcase.model.shipped import shipped_path

if TYPE_CHECKING:
    from qualcase.model.code import Codebook

RUN = 7
STOP_WORDS = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "in",
    "it",
    "not",
    "of",
    "on",
    "or",
    "the",
    "to",
    "we",
}


@pytest.fixture(scope="module")
def four() -> Codebook:
    return read_shipped("four-process")


@pytest.fixture(scope="module")
def cop() -> Codebook:
    return read_shipped("cop-leadership")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def test_the_shipped_codebooks_are_named():
    assert {"four-process", "cop-leadership"} <= set(shipped_codebooks())


def test_another_name_is_unknown_and_the_hint_lists_what_there_is():
    with pytest.raises(UnknownCodebookError) as caught:
        read_shipped("../pyproject")
    assert "four-process" in (caught.value.hint or "")


@pytest.mark.parametrize("name", shipped_codebooks())
def test_every_shipped_codebook_is_whole(name):
    book = read_shipped(name)
    assert book.id == name
    assert check_codebook(book) == ()
    for code in book.codes:
        assert code.definition
        assert code.include
        assert code.exclude
        assert code.examples
        assert 5 <= len(code.key_phrases) <= 12, code.id


@pytest.mark.parametrize("name", shipped_codebooks())
def test_key_phrases_are_phrases(name):
    for code in read_shipped(name).codes:
        folded = [phrase.casefold() for phrase in code.key_phrases]
        assert len(set(folded)) == len(folded), code.id
        assert not STOP_WORDS & set(folded), code.id
        assert max(len(words(phrase)) for phrase in folded) <= 5, code.id


@pytest.mark.parametrize("name", shipped_codebooks())
def test_a_key_phrase_hints_at_one_code_only(name):
    phrases = [phrase.casefold() for code in read_shipped(name).codes for phrase in code.key_phrases]
    assert {phrase for phrase in phrases if phrases.count(phrase) > 1} == set()


@pytest.mark.parametrize("name", shipped_codebooks())
def test_a_shipped_codebook_survives_writing(name):
    book = read_shipped(name)
    assert read_codebook(write_codebook(book), name="x.yaml") == book


def test_four_processes_have_nineteen_sub_codes(four):
    tops = {code.id: code.kind for code in children(four, None)}
    assert tops == {
        "KM": "process",
        "IA": "process",
        "NS": "process",
        "NH": "process",
        "OUT": "outcome",
        "CTX": "context",
        "ORCH": "role",
        "METH": "method",
    }
    below = {top: len(children(four, top)) for top in tops}
    assert (below["KM"], below["IA"], below["NS"], below["NH"]) == (7, 4, 5, 3)
    assert {process for process in processes(four).values() if process} == {"KM", "IA", "NS", "NH"}


def test_each_coding_carries_valence_stance_voice_and_weight(four):
    attributes = {attribute.name: attribute.values for attribute in four.attributes}
    assert attributes["valence"] == ("+", "-", "0")
    assert attributes["stance"] == ("reported", "asserted", "assessed", "planned")
    assert set(attributes) == {"valence", "stance", "voice", "weight"}


def test_the_seven_functions_are_a_codebook_of_their_own(cop):
    assert [code.id for code in cop.codes] == [f"CoP{number}" for number in range(1, 8)]


def test_the_crosswalk_has_four_rows_fourteen_and_seven_elements_and_one_gap(four, cop):
    [crosswalk] = cop.crosswalks
    assert (crosswalk.left, crosswalk.right) == ("four-process", "cop-leadership")
    assert len(crosswalk.rows) == 4
    assert len({element for row in crosswalk.rows for element in row.left}) == 14
    assert len({element for row in crosswalk.rows for element in row.right}) == 7
    [gap] = [row for row in crosswalk.rows if row.relation == "gap"]
    assert (gap.left, gap.right) == ((), ("CoP7",))
    assert "Managing network health" in gap.note
    assert check_crosswalk(crosswalk, four, cop) == ()


def test_the_crosswalk_is_the_same_after_csv(cop):
    [crosswalk] = cop.crosswalks
    assert read_crosswalk(write_crosswalk(crosswalk), name="x.csv") == crosswalk


def test_a_crosswalk_with_empty_rows_and_formulas_survives_csv():
    rows = (CrosswalkRow("R1", (), (), "gap", "=1", "C"), CrosswalkRow("R2", ("A", "B"), ("'-C",), "broader"))
    crosswalk = Crosswalk("x", "+", "l", "r", rows)
    assert read_crosswalk(write_crosswalk(crosswalk), name="x.csv") == crosswalk


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda text: text.replace("left_element", "links"), "line 1, column 1: expected the columns"),
        (lambda text: text.replace("corresponds", "likes", 1), "line 2, column 6: expected a relation"),
        (lambda text: text.rstrip() + ",more\n", "expected 10 fields, found 11"),
        (lambda text: text.splitlines()[0], "at least one row"),
    ],
)
def test_a_broken_crosswalk_file_is_refused(cop, change, problem):
    with pytest.raises(CodebookFileError) as caught:
        read_crosswalk(change(write_crosswalk(cop.crosswalks[0])), name="x.csv")
    assert problem in caught.value.message


@pytest.mark.shared
def test_the_codes_are_those_of_the_shared_data(shared, four):
    text = (shared / "data/healthinnovation/four_process_codebook.yaml").read_text(encoding="utf-8")
    assert {code.id for code in four.codes} == set(re.findall(r"\bid: ([A-Z]{2,4}(?:\.[A-Z]+)?)\b", text))
    for note in re.findall(r"between: \[(\S+), (\S+)\]", text):
        assert note in {boundary.between for boundary in four.boundary_notes}


@pytest.mark.shared
def test_the_crosswalk_is_that_of_the_shared_data(shared, cop):
    path = shared / "data/healthinnovation/crosswalk_table2.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    expected = [
        (tuple(code for code, _ in row["left_content"]), tuple(code for code, _ in row["right"]))
        for row in rows
    ]
    assert [(row.left, row.right) for row in cop.crosswalks[0].rows] == expected


@pytest.mark.shared
@pytest.mark.parametrize("name", shipped_codebooks())
def test_the_wording_is_our_own(shared, name):
    """No run of seven words stands both in a shipped codebook and in a text that it grew from."""
    ours = runs((shipped_path("codebooks") / f"{name}.yaml").read_text(encoding="utf-8"))
    sources = [*(shared / "literature").glob("*.txt"), *(shared / "data/healthinnovation").iterdir()]
    assert len(sources) > 8
    for source in sources:
        assert not ours & runs(Path(source).read_text(encoding="utf-8")), source.name
