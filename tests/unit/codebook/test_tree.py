from __future__ import annotations

from dataclasses import replace

import pytest

from qualcase.codebook import tree
from qualcase.codebook.errors import AmbiguousCodeError, CodeCycleError, UnknownCodeError
from qualcase.model.code import Code


def ids(codes) -> list[str]:
    return [code.id for code in codes]


def test_children_stand_in_codebook_order(book):
    assert ids(tree.children(book, None)) == ["KM", "CTX"]
    assert ids(tree.children(book, "KM")) == ["KM.SHARE", "KM.TRUST"]
    assert tree.children(book, "CTX.FUND") == ()


def test_ancestors_are_nearest_first(book):
    assert ids(tree.ancestors(book, "KM.TRUST.LOST")) == ["KM.TRUST", "KM"]
    assert tree.ancestors(book, "KM") == ()
    assert tree.top_ancestor(book, "KM.TRUST.LOST").id == "KM"
    assert tree.top_ancestor(book, "CTX").id == "CTX"


def test_subtree_begins_with_the_code_itself(book):
    assert tree.subtree(book, "KM.TRUST") == ("KM.TRUST", "KM.TRUST.LOST")
    assert tree.subtree(book, "CTX") == ("CTX", "CTX.FUND")


def test_process_is_the_top_code_only_where_that_is_a_process(book):
    process = tree.process_of(book, "KM.TRUST.LOST")
    assert process is not None
    assert process.id == "KM"
    assert tree.process_of(book, "CTX.FUND") is None
    # A process below a context is in no process: the top of the branch decides.
    moved = replace(book, codes=(*book.codes, Code("CTX.X", "X", "CTX", "process")))
    assert tree.process_of(moved, "CTX.X") is None


def test_processes_in_one_pass_agree_with_one_by_one(book):
    expected = {}
    for code in book.codes:
        process = tree.process_of(book, code.id)
        expected[code.id] = process.id if process else None
    assert tree.processes(book) == expected


def test_depths_count_from_the_top(book):
    assert tree.depths(book) == {
        "KM": 0,
        "KM.SHARE": 1,
        "KM.TRUST": 1,
        "KM.TRUST.LOST": 2,
        "CTX": 0,
        "CTX.FUND": 1,
    }


def test_depth_first_brings_branches_together_and_keeps_sibling_order(book):
    mixed = [book.codes[index] for index in (3, 5, 1, 4, 0, 2)]
    assert ids(tree.depth_first(mixed)) == ["CTX", "CTX.FUND", "KM", "KM.SHARE", "KM.TRUST", "KM.TRUST.LOST"]


def test_a_branch_of_twenty_thousand_levels_does_not_end_the_program():
    codes = [Code("0", "0")] + [Code(str(n), str(n), str(n - 1)) for n in range(1, 20_000)]
    assert len(tree.depth_first(reversed(codes))) == 20_000


@pytest.mark.parametrize("way", [lambda b: tree.ancestors(b, "A"), lambda b: tree.depth_first(b.codes)])
def test_circles_are_refused(book, way):
    circle = replace(book, codes=(Code("A", "a", "B"), Code("B", "b", "A")))
    with pytest.raises(CodeCycleError, match="its own ancestor"):
        way(circle)


def test_a_parent_that_is_not_there_is_named(book):
    with pytest.raises(UnknownCodeError, match="“GONE”"):
        tree.depth_first((Code("A", "a", "GONE"),))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("KM.TRUST", "KM.TRUST"),  # an id is itself, though another begins with it
        ("km.trust", "KM.TRUST"),
        ("building TRUST", "KM.TRUST"),
        ("KM.S", "KM.SHARE"),
        ("Build", "KM.TRUST"),
        ("fund", "CTX.FUND"),
        ("lost", "KM.TRUST.LOST"),
        ("RUST.LOST"[-8:], "KM.TRUST.LOST"),
    ],
)
def test_a_code_is_found_by_id_name_or_a_beginning(book, text, found):
    assert tree.find_code(book, text).id == found


def test_an_ambiguous_beginning_lists_its_candidates(book):
    with pytest.raises(AmbiguousCodeError) as caught:
        tree.find_code(book, "KM.")
    assert "KM.SHARE, KM.TRUST, KM.TRUST.LOST" in caught.value.message


@pytest.mark.parametrize("text", ["", "  ", "nothing of the kind"])
def test_what_no_code_answers_to_is_unknown(book, text):
    with pytest.raises(UnknownCodeError):
        tree.find_code(book, text)


def test_names_are_compared_composed_and_folded():
    assert tree.fold("CAFE\u0301  noir") == tree.fold("caf\u00e9 NOIR")
