from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.readers.encodings import decode
from qualcase.readers.errors import BadEncodingNameError, UnreadableFileError
from qualcase.readers.reader import RawFile

if TYPE_CHECKING:
    from qualcase.readers.encodings import Decoded

TEXT = "Grüße — “ja”\nnaïve"


def read(data: bytes, encoding: str | None = None) -> Decoded:
    return decode(RawFile("notes.txt", data, encoding))


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    decoded = read(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.encoding.replace("windows-", "cp") in {encoding, "utf-8", "utf-16-le", "utf-32-le"}
    assert bool(decoded.warnings) is (encoding == "cp1252")


def test_the_warning_names_the_byte_where_utf8_failed() -> None:
    assert "byte 2" in read("Grüße".encode("cp1252")).warnings[0]


def test_nothing_is_normalised() -> None:
    text = "e\u0301 ﬁ \u200b\ufeff ½ \u2028x"
    assert read(text.encode()).text == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_one_and_the_map_leads_back(end: str) -> None:
    original = "\ufeffab\ncd\n\ne".replace("\n", end)
    decoded = read(original.encode())
    assert decoded.text == "ab\ncd\n\ne"
    for offset, character in enumerate(decoded.text):
        dropped = max((count for place, count in decoded.offsets if place <= offset), default=0)
        assert original[offset + dropped] == (character if character != "\n" else end[-1])


def test_a_lone_return_among_line_feeds_is_kept() -> None:
    assert read(b"ok\rno\nnext").text == "ok\rno\nnext"


@pytest.mark.parametrize(
    "data",
    [b"a\0b", b"abc\0def\n" * 100, b"\0" * 10, "ab".encode("utf-16-le") + b"c\0d",
     "ab".encode("utf-16") + b"x",
     b"\x81\x8d", b"\xed\xa0\x80\x81"],
)  # fmt: skip
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"notes\.txt cannot be read: .*\.$"):
        read(data)


def test_a_named_encoding_is_strict() -> None:
    assert read("Grüße".encode("cp850"), "cp850").text == "Grüße"
    with pytest.raises(UnreadableFileError, match="byte 2 is not utf-8"):
        read("Grüße".encode("cp1252"), "utf-8")


@pytest.mark.parametrize("name", ["klingon", "zlib", "rot13", "idna", "unicode_escape", "a\0b"])
def test_a_name_that_is_no_text_encoding_is_refused(name: str) -> None:
    with pytest.raises(BadEncodingNameError):
        read(b"abc", name)
