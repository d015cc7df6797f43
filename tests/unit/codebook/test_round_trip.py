"""Any codebook that passes its own checks survives being written and read."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import assume, given
from hypothesis import strategies as st

from qualcase.codebook import csv_file, yaml_file
from qualcase.codebook.checks import ERROR, check_codebook
from qualcase.codebook.errors import CodebookFileError
from qualcase.codebook.tree import depth_first
from qualcase.model.code import (
    CODE_KINDS,
    RELATIONS,
    BoundaryNote,
    Code,
    Codebook,
    CodingAttribute,
    Crosswalk,
    CrosswalkRow,
)

# Words that YAML, a spreadsheet or a person could misread stand beside every other text.
AWKWARD = [
    "no",
    "~",
    "null",
    "1e3",
    "2020-01-01",
    "- a",
    "a: b",
    "# c",
    "=1+1",
    "'=x",
    "@a",
    "'",
    '"',
    "|",
    "a;b",
    "%",
]
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
LABELS = st.one_of(st.sampled_from(AWKWARD), st.text(LETTERS, min_size=1, max_size=12)).filter(str.strip)
TEXTS = st.one_of(
    st.sampled_from(["", *AWKWARD]), st.text(LETTERS | st.sampled_from("\n\t :#'\""), max_size=40)
)
LISTS = st.lists(TEXTS.filter(bool), max_size=3).map(tuple)
COLOURS = st.sampled_from(["", "#123", "#a1B2c3"])


@st.composite
def codebooks(draw) -> Codebook:
    ids = draw(st.lists(LABELS, min_size=1, max_size=6, unique=True))
    codes = [
        Code(
            code_id,
            draw(LABELS),
            draw(st.sampled_from([None, *ids[:index]])),
            draw(st.sampled_from(CODE_KINDS)),
            draw(TEXTS),
            draw(LISTS),
            draw(LISTS),
            draw(LISTS),
            draw(LISTS),
            draw(st.sampled_from(["active", "retired"])),
            draw(TEXTS),
            draw(COLOURS),
        )
        for index, code_id in enumerate(ids)
    ]
    notes = (BoundaryNote((ids[0], ids[-1]), draw(TEXTS.filter(bool))),) if draw(st.booleans()) else ()
    row = CrosswalkRow(
        draw(LABELS), draw(LISTS.map(_labels)), (draw(LABELS),), draw(st.sampled_from(RELATIONS))
    )
    book = Codebook(
        draw(LABELS),
        draw(LABELS),
        draw(st.integers(1, 999)),
        depth_first(codes),
        draw(LISTS),
        notes,
        (CodingAttribute(draw(LABELS), draw(LISTS), draw(TEXTS)),),
        (Crosswalk(draw(LABELS), draw(LABELS), draw(LABELS), draw(LABELS), (row,)),),
        draw(TEXTS),
    )
    assume(all(finding.level != ERROR for finding in check_codebook(book)))
    return book


def _labels(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip())


@given(codebooks())
def test_yaml_gives_back_what_it_was_given(book):
    assert yaml_file.read_codebook(yaml_file.write_codebook(book), name="x.yaml") == book


def as_csv_keeps_it(code: Code) -> tuple[object, ...]:
    lists = (code.include, code.exclude, code.key_phrases, code.examples)
    items = tuple(tuple(" ".join(item.split()) for item in part if item.split()) for part in lists)
    return (code.id, code.name, code.parent, code.kind, code.definition, items, code.status)


@given(codebooks())
def test_csv_gives_back_its_ten_columns(book):
    after = csv_file.read_codebook(csv_file.write_codebook(book), name="x.csv")
    assert [as_csv_keeps_it(code) for code in after.codes] == [as_csv_keeps_it(code) for code in book.codes]


@given(st.text(LETTERS | st.sampled_from("\n\t :#'\"-[]{}&*!|>%@`,"), max_size=120))
def test_whatever_a_file_holds_it_is_a_codebook_or_a_sentence(text):
    for reader in (yaml_file.read_codebook, csv_file.read_codebook):
        for whole in (text, f"codes:\n- name: {text}", f"code,definition\n{text}"):
            with suppress(CodebookFileError):
                book = reader(whole, name="x")
                assert all(finding.level != ERROR for finding in check_codebook(book))
