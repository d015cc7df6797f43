from __future__ import annotations

import pytest

from qualcase.codebook import changes
from qualcase.codebook.checks import check_codebook
from qualcase.codebook.errors import CodebookChangeError, UnknownCodeError
from qualcase.codebook.tree import get_code
from qualcase.model.code import Code


def ids(book) -> list[str]:
    return [code.id for code in book.codes]


def test_a_new_code_stands_last_among_its_siblings_and_the_old_codebook_stays(book):
    after = changes.add_code(book, Code("KM.NEW", "New", "KM", "process"))
    assert ids(after) == ["KM", "KM.SHARE", "KM.TRUST", "KM.TRUST.LOST", "KM.NEW", "CTX", "CTX.FUND"]
    assert (book.version, after.version) == (3, 4)
    assert len(book.codes) == 6


@pytest.mark.parametrize(
    "code",
    [Code("km", "Other"), Code("X", "knowledge"), Code("X", ""), Code("X", "x", kind="odd")],
)
def test_a_code_that_clashes_is_not_added(book, code):
    with pytest.raises(CodebookChangeError, match="The change is not possible"):
        changes.add_code(book, code)


def test_a_code_below_nothing_is_not_added(book):
    with pytest.raises(UnknownCodeError):
        changes.add_code(book, Code("X", "x", "GONE"))


def test_renaming_keeps_the_id(book):
    after = changes.rename_code(book, "KM.SHARE", "Telling")
    assert get_code(after, "KM.SHARE").name == "Telling"
    assert ids(after) == ids(book)
    with pytest.raises(CodebookChangeError, match="already"):
        changes.rename_code(after, "KM.SHARE", "Telling")
    with pytest.raises(CodebookChangeError, match="each name once"):
        changes.rename_code(book, "KM.SHARE", "building trust")


def test_redefining_changes_only_what_is_given(book):
    after = changes.redefine_code(book, "KM.SHARE", definition="To tell.", exclude=("shouting",))
    code = get_code(after, "KM.SHARE")
    assert (code.definition, code.exclude, code.key_phrases) == (
        "To tell.",
        ("shouting",),
        ("share knowledge",),
    )
    with pytest.raises(CodebookChangeError, match="Nothing"):
        changes.redefine_code(after, "KM.SHARE", definition="To tell.")


def test_a_part_can_be_emptied(book):
    after = changes.redefine_code(book, "KM.SHARE", key_phrases=())
    assert get_code(after, "KM.SHARE").key_phrases == ()


def test_a_branch_moves_whole(book):
    after = changes.move_code(book, "KM.TRUST", "CTX")
    assert ids(after) == ["KM", "KM.SHARE", "CTX", "CTX.FUND", "KM.TRUST", "KM.TRUST.LOST"]
    top = changes.move_code(book, "KM.TRUST", None)
    assert get_code(top, "KM.TRUST").parent is None


@pytest.mark.parametrize("target", ["KM.TRUST", "KM.TRUST.LOST"])
def test_a_code_does_not_move_below_itself(book, target):
    with pytest.raises(CodebookChangeError, match="below itself"):
        changes.move_code(book, "KM.TRUST", target)


def test_a_move_to_where_the_code_is_changes_nothing(book):
    with pytest.raises(CodebookChangeError, match="already there"):
        changes.move_code(book, "KM.TRUST", "KM")


def test_a_merged_code_leaves_its_phrases_examples_and_children(book):
    after = changes.merge_codes(book, "KM.TRUST", "KM.SHARE")
    gone, kept = get_code(after, "KM.TRUST"), get_code(after, "KM.SHARE")
    assert (gone.status, gone.note) == ("retired", "Merged into KM.SHARE.")
    assert kept.examples == ("We trust them.",)
    assert get_code(after, "KM.TRUST.LOST").parent == "KM.SHARE"
    assert check_codebook(after) == ()


def test_merging_does_not_double_phrases(book):
    after = changes.merge_codes(book, "KM.TRUST.LOST", "KM.SHARE")
    assert get_code(after, "KM.SHARE").key_phrases == ("share knowledge", "lose trust")


@pytest.mark.parametrize(("code", "into"), [("KM", "KM"), ("KM.TRUST", "KM.TRUST.LOST")])
def test_a_code_is_not_merged_into_its_own_branch(book, code, into):
    with pytest.raises(CodebookChangeError, match="below it"):
        changes.merge_codes(book, code, into)


def test_a_retired_code_stays_and_takes_no_part_in_changes(book):
    after = changes.retire_code(book, "KM.SHARE")
    assert get_code(after, "KM.SHARE").status == "retired"
    for change in (
        lambda: changes.retire_code(after, "KM.SHARE"),
        lambda: changes.merge_codes(after, "CTX", "KM.SHARE"),
        lambda: changes.move_code(after, "CTX", "KM.SHARE"),
        lambda: changes.add_code(after, Code("X", "x", "KM.SHARE")),
    ):
        with pytest.raises(CodebookChangeError, match="retired"):
            change()


def test_a_code_with_sub_codes_in_use_is_not_retired(book):
    with pytest.raises(CodebookChangeError, match=r"KM\.TRUST\.LOST"):
        changes.retire_code(book, "KM.TRUST")
    emptied = changes.retire_code(book, "KM.TRUST.LOST")
    assert get_code(changes.retire_code(emptied, "KM.TRUST"), "KM.TRUST").status == "retired"


def test_a_code_that_is_not_there_is_unknown(book):
    with pytest.raises(UnknownCodeError):
        changes.rename_code(book, "NO", "x")
