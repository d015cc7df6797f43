from __future__ import annotations

from dataclasses import replace

import pytest

from qualcase.codebook import checks
from qualcase.codebook.confusables import skeleton
from qualcase.codebook.errors import BrokenCodebookError
from qualcase.model.code import BoundaryNote, Code, Codebook, Crosswalk, CrosswalkRow


def book_of(*codes: Code, **parts) -> Codebook:
    return Codebook("b", "B", 1, codes, **parts)


def errors(book: Codebook) -> list[checks.Finding]:
    return [finding for finding in checks.check_codebook(book) if finding.level == checks.ERROR]


def test_a_sound_codebook_has_no_findings(book):
    assert checks.check_codebook(book) == ()
    checks.refuse_broken(book)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (Code("A", ""), "expected a name"),
        (Code("A", "   "), "expected a name"),
        (Code("A", "\u200b"), "expected a name that can be seen"),
        (Code("", "a"), "expected an id"),
        (Code("A", "bell\a"), "control characters"),
        (Code("A", "two\nlines"), "control characters"),
        (Code("A", "a", definition="nul\0"), "control characters"),
        (Code("A", "a", examples=("\ud800",)), "control characters"),
        (Code("A", "a", kind="proces"), "one of the kinds"),
        (Code("A", "a", status="gone"), "one of the states"),
        (Code("A", "a", colour="red;}"), "expected a colour"),
        (Code("A", "a", parent="B"), "expected a parent that is a code, found “B”"),
    ],
)
def test_what_is_wrong_with_one_code(code, problem):
    [finding] = errors(book_of(code))
    assert problem in finding.message
    assert finding.where == (0,)


@pytest.mark.parametrize(("first", "second"), [("A", "A"), ("A", "a"), ("caf\u00e9", "cafe\u0301")])
def test_ids_are_unique_under_case_and_composition(first, second):
    [finding] = errors(book_of(Code(first, "one"), Code(second, "two")))
    assert "expected each code once" in finding.message
    assert finding.where == (1, 0)


def test_siblings_have_different_names_and_cousins_need_not(book):
    twins = replace(book, codes=(*book.codes, Code("KM.X", "SHARING", "KM")))
    assert [finding.where for finding in errors(twins)] == [(6, 1)]
    cousins = replace(book, codes=(*book.codes, Code("CTX.X", "Sharing", "CTX")))
    assert errors(cousins) == []


def test_a_circle_and_a_bottomless_branch_are_errors():
    circle = book_of(Code("A", "a", "B"), Code("B", "b", "A"))
    assert "circle" in errors(circle)[0].message
    chain = [Code("0", "0")] + [Code(str(n), str(n), str(n - 1)) for n in range(1, checks.MAX_DEPTH + 1)]
    assert errors(book_of(*chain[:-1])) == []
    assert [finding.where for finding in errors(book_of(*chain))] == [(checks.MAX_DEPTH,)]


def test_the_first_error_is_raised_as_a_sentence():
    with pytest.raises(BrokenCodebookError, match=r"The codebook b is broken at A: expected a name .*\."):
        checks.refuse_broken(book_of(Code("A", "")))


def test_boundary_notes_name_codes_that_exist(book):
    noted = replace(book, boundary_notes=(BoundaryNote(("KM", "XX"), "rule"),))
    assert "“XX”" in errors(noted)[0].message


@pytest.mark.parametrize("other", ["tru\u0455t", "trust\u200b", "t\u00adrust", "\uff54rust", "trust\ufe0f"])
def test_names_that_look_alike_are_a_warning(other):
    [finding] = checks.check_codebook(book_of(Code("A", "trust"), Code("B", other)))
    assert finding.level == checks.WARNING
    assert finding.message.startswith("2 confusable code names (UTS #39 skeleton)")
    assert finding.where == (0, 1)


def test_a_warning_spells_out_what_cannot_be_seen():
    [sentence] = checks.warnings(book_of(Code("A", "trust"), Code("B", "tru\u0455t")))
    assert "tru\\u0455t" in sentence
    assert sentence.endswith(".")


def test_names_that_differ_in_sight_have_different_skeletons():
    names = ["IA", "LA", "trust", "Trust", "resume", "r\u00e9sum\u00e9", "KM", "NH", "phase 2", "phase 3"]
    assert len({skeleton(name) for name in names}) == len(names)


def test_every_element_of_a_crosswalk_is_a_code(book):
    rows = (CrosswalkRow("R1", ("KM.SHARE+KM.TRUST", "KM.GONE"), ("CTX",), "corresponds"),)
    findings = checks.check_crosswalk(Crosswalk("x", "X", "small", "small", rows), book, book)
    assert [("“KM.GONE”" in finding.message) for finding in findings] == [True]


def test_an_unknown_relation_is_an_error(book):
    crosswalk = Crosswalk("x", "X", "small", "small", (CrosswalkRow("R1", (), (), "like"),))
    assert "“like”" in errors(replace(book, crosswalks=(crosswalk,)))[0].message


def test_what_fills_a_gap_is_a_code_of_either_side(book):
    rows = (
        CrosswalkRow("R1", (), ("CTX",), "gap", "", "KM.GONE"),
        CrosswalkRow("R2", (), ("CTX",), "gap", "", "KM"),
    )
    found = checks.check_crosswalk(Crosswalk("x", "X", "small", "small", rows), book, book)
    assert [finding.message for finding in found] == [
        "expected a code that fills a gap of x, found “KM.GONE”"
    ]


def test_only_a_gap_is_filled(book):
    row = CrosswalkRow("R1", ("KM",), ("CTX",), "corresponds", filled_by="KM")
    broken = replace(book, crosswalks=(Crosswalk("x", "X", "small", "small", (row,)),))
    assert "where “KM” fills one" in checks.check_codebook(broken)[0].message
