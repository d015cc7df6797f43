from __future__ import annotations

from pathlib import Path

import pytest

from qualcase.codebook.errors import CodebookFileError
from qualcase.codebook.files import format_codebook, read_codebook_file


@pytest.mark.parametrize("name", ["a.yaml", "a.YML", "a.csv"])
def test_the_ending_says_how_a_file_is_read_and_written(tmp_path, book, name):
    path = tmp_path / name
    path.write_text(format_codebook(book, path), encoding="utf-8")
    assert read_codebook_file(path).codes == book.codes


def test_a_refi_codebook_is_refused_with_a_way_out(tmp_path, book):
    path = tmp_path / "codes.qdc"
    path.write_text("<CodeBook/>")
    with pytest.raises(CodebookFileError, match="not supported yet") as caught:
        read_codebook_file(path)
    assert caught.value.hint is not None
    with pytest.raises(CodebookFileError, match="not supported yet"):
        format_codebook(book, path)


def test_other_endings_are_refused(book):
    with pytest.raises(CodebookFileError, match="another ending"):
        format_codebook(book, Path("codes.txt"))


def test_a_file_that_is_not_there_or_not_a_file_is_refused(tmp_path):
    with pytest.raises(CodebookFileError, match="No such file"):
        read_codebook_file(tmp_path / "gone.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(CodebookFileError, match="cannot be read"):
        read_codebook_file(tmp_path / "folder.yaml")


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("code\ntillit\nærlighet\n".encode("latin-1"))
    with pytest.raises(CodebookFileError, match=r"latin\.csv, line 3.*UTF-8"):
        read_codebook_file(path)


def test_a_big_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(5_000_001)
    with pytest.raises(CodebookFileError, match="5 MB"):
        read_codebook_file(path)


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path):
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfcodes:\n- name: A\n")
    assert read_codebook_file(path).codes[0].name == "A"
