"""Each way in which two coders can differ over a passage."""

from __future__ import annotations

import pytest

from qualcase.triangulation.disagreements import Disagreement, list_disagreements
from qualcase.triangulation.errors import AgreementRequestError
from qualcase.triangulation.spans import CodedSpans

CODES = ("KM", "KM.TRUST", "NS", "KM.TRUST.SWIFT")
PARENTS = {"KM.TRUST": "KM", "KM": None, "NS": None, "KM.TRUST.SWIFT": "KM.TRUST"}


def differ(*rows: tuple[int, int, int, int, int], pair: tuple[int, int] = (0, 1)) -> tuple[Disagreement, ...]:
    spans = CodedSpans.from_rows(rows)
    return list_disagreements(spans, sources=("S1", "S2"), codes=CODES, parents=PARENTS, pair=pair)


def test_the_same_passage_is_no_disagreement() -> None:
    assert differ((0, 0, 0, 5, 9), (0, 1, 0, 5, 9)) == ()


def test_the_same_characters_in_two_pieces_are_no_disagreement() -> None:
    assert differ((0, 0, 0, 5, 9), (0, 1, 0, 5, 7), (0, 1, 0, 7, 9)) == ()


def test_overlapping_passages_differ_in_their_boundary_once() -> None:
    found = differ((0, 0, 0, 10, 60), (0, 1, 0, 20, 40), (0, 1, 0, 50, 70))
    assert found == (Disagreement("S1", "KM", "boundary", 10, 70, ((10, 60),), ((20, 40), (50, 70))),)


def test_abutting_passages_of_two_coders_are_two_missed_ones() -> None:
    found = differ((0, 0, 0, 0, 10), (0, 1, 0, 10, 20))
    assert [(item.kind, item.first, item.second) for item in found] == [
        ("missed", ((0, 10),), ()),
        ("missed", (), ((10, 20),)),
    ]


def test_another_code_on_the_passage() -> None:
    found = differ((1, 0, 0, 0, 10), (1, 1, 2, 5, 20))
    assert [(item.source, item.code, item.kind, item.other_code) for item in found] == [
        ("S2", "KM", "different code", "NS"),
        ("S2", "NS", "different code", "KM"),
    ]


def test_a_code_above_or_below_is_a_question_of_level() -> None:
    found = differ((0, 0, 0, 0, 10), (0, 1, 3, 0, 10), (0, 1, 2, 0, 10))
    kinds = {(item.code, item.kind, item.other_code) for item in found}
    assert ("KM", "level", "KM.TRUST.SWIFT") in kinds
    assert ("KM.TRUST.SWIFT", "level", "KM") in kinds
    assert ("NS", "different code", "KM") in kinds


def test_a_code_that_both_gave_does_not_explain_the_other() -> None:
    found = differ((0, 0, 0, 0, 10), (0, 0, 2, 0, 10), (0, 1, 2, 0, 10))
    assert [(item.code, item.kind, item.other_code) for item in found] == [("KM", "missed", None)]


def test_the_code_with_the_longest_overlap_is_named() -> None:
    found = differ((0, 0, 2, 0, 100), (0, 1, 0, 0, 10), (0, 1, 1, 5, 90))
    assert next(item for item in found if item.code == "NS").other_code == "KM.TRUST"


def test_the_list_follows_the_codebook_then_the_place() -> None:
    found = differ((1, 0, 0, 9, 10), (0, 0, 2, 0, 5), (0, 1, 0, 50, 60), (0, 0, 0, 30, 40))
    assert [(item.code, item.source, item.start) for item in found] == [
        ("KM", "S1", 30),
        ("KM", "S1", 50),
        ("KM", "S2", 9),
        ("NS", "S1", 0),
    ]


def test_a_third_coder_is_left_out() -> None:
    found = differ((0, 0, 0, 5, 9), (0, 1, 0, 5, 9), (0, 2, 0, 0, 4), pair=(2, 0))
    assert [(item.first, item.second) for item in found] == [(((0, 4),), ()), ((), ((5, 9),))]


def test_a_coder_is_not_compared_with_themselves() -> None:
    with pytest.raises(AgreementRequestError, match="cannot disagree with themselves"):
        differ(pair=(1, 1))


def test_a_circle_of_parents_ends() -> None:
    spans = CodedSpans.from_rows([(0, 0, 0, 0, 5), (0, 1, 1, 0, 5)])
    parents = {"KM": "KM.TRUST", "KM.TRUST": "KM"}
    found = list_disagreements(spans, sources=("S1",), codes=CODES, parents=parents)
    assert {item.kind for item in found} == {"level"}
