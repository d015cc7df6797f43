from __future__ import annotations

from dataclasses import replace

import pytest

from qualcase.codebook.cells import guard, unguard
from qualcase.codebook.csv_file import COLUMNS, lost_in_csv, read_codebook, write_codebook
from qualcase.codebook.errors import CodebookFileError
from qualcase.model.code import Code, Codebook


def read(text: str) -> Codebook:
    return read_codebook(text, name="codebook.csv")


def refusal(text: str) -> CodebookFileError:
    with pytest.raises(CodebookFileError) as caught:
        read(text)
    return caught.value


def test_a_plain_list_of_codes():
    book = read("code\ntrust\nfunding\n")
    assert (book.id, book.version) == ("codebook", 1)
    assert [(code.id, code.name) for code in book.codes] == [("trust", "trust"), ("funding", "funding")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_two_columns_with_any_usual_separator(separator):
    book = read(f"Code{separator}Definition\r\ntrust{separator}to rely on\r\n")
    assert (book.codes[0].name, book.codes[0].definition) == ("trust", "to rely on")


def test_the_columns_of_another_program_are_understood():
    book = read("\ufefftag,description,number of highlights\nchange.money,Any mention,2\n")
    assert (book.codes[0].id, book.codes[0].definition) == ("change.money", "Any mention")


def test_a_definition_may_hold_commas_without_quotation_marks_where_it_comes_last():
    assert read("code,definition\ntrust,to rely, freely\n").codes[0].definition == "to rely, freely"


def test_quoted_cells_may_hold_lines_and_marks():
    book = read('code,definition\ntrust,"first\nsecond ""quoted"""\nnext,x\n')
    assert [code.definition for code in book.codes] == ['first\nsecond "quoted"', "x"]


def test_parents_are_found_by_id_or_name_and_may_come_later():
    book = read("id,name,parent,kind\nT,Trust,Knowledge,\nKM,Knowledge,,process\nS,Sharing,KM,\n")
    assert [(code.id, code.parent, code.kind) for code in book.codes] == [
        ("KM", None, "process"),
        ("T", "KM", "process"),
        ("S", "KM", "process"),
    ]


def test_items_in_a_cell_are_parted_by_lines_or_semicolons():
    book = read('code,key_phrases,include\ntrust,"good will; share","a; b\nc"\n')
    assert book.codes[0].key_phrases == ("good will", "share")
    assert book.codes[0].include == ("a; b", "c")


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("", 1, 1, "an empty file"),
        ("code\n", 1, 1, "expected a code below the header"),
        ("wort,definition\nx,y\n", 1, 1, "expected one of the columns code, id, name"),
        ("definition\ny\n", 1, 1, "expected a column code, id or name"),
        ("code,name\na,b\n", 1, 2, "expected each column once"),
        ("code\na\nA\n", 3, 1, "found “A” again (first on line 2)"),
        ('code,definition\na,"x\ny"\n,z\n', 4, 1, "expected an id"),
        ("id,name,parent\nA,a,B\nB,b,A\n", 2, 1, "a circle"),
        ("id,name,parent\nA,a,NO\n", 2, 1, "expected a parent that is a code, found “NO”"),
        ("id,name,kind\nA,a,process,more\n", 2, 4, "expected 3 fields, found 4"),
        ('code,definition\na,b\nc,"open\nd,e\n', 3, 1, "expected a closing quotation mark"),
        ('id,name,kind\nA,"a"b"c",process\n', 2, 1, "stray quotation marks"),
        ("code,definition\na," + "x" * 100_001, 2, 1, "at most 100000 characters"),
        ("code\n" + "x\n" * 2_500_001, None, None, "at most 5 MB"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_field(text, line, column, problem):
    error = refusal(text)
    assert problem in error.message
    assert (error.line, error.column) == (line, column)


def test_an_export_reads_back_as_the_same_codes(book):
    after = read(write_codebook(book))
    assert after.codes == book.codes


def test_no_cell_of_an_export_is_a_formula():
    code = Code("=1+1", "@SUM(A1)", definition="-2", include=("+1", "=x"), examples=("\tx",))
    text = write_codebook(Codebook("b", "b", 1, (code,)))
    assert "'=1+1,'@SUM(A1),,other,'-2" in text
    assert read(text).codes[0] == replace(code, examples=("x",))


@pytest.mark.parametrize("cell", ["=a", "'=a", "''=a", "+", "-1", "@x", "\tx", "\rx", "'", "'a", "a=", ""])
def test_the_guard_is_undone_exactly(cell):
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_csv_cannot_hold_is_said(book):
    assert lost_in_csv(book) == ()
    noted = replace(book, rules=("one",), codes=(replace(book.codes[0], note="n", colour="#123456"),))
    assert lost_in_csv(noted) == ("the rules", "the notes on codes", "the colours")


def test_the_columns_are_the_ten_of_the_contract():
    header = write_codebook(Codebook("b", "b", 1, ())).strip()
    assert header == "id,name,parent,kind,definition,include,exclude,key_phrases,examples,status"
    assert header == ",".join(COLUMNS)
