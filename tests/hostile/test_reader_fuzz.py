"""Files at random and good files damaged at random: a text comes out, or one sentence, and nothing else."""

from __future__ import annotations

import io
import os
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import SEEDS
from small_files import make_zip

from qualcase.model.errors import QualcaseError
from qualcase.readers.registry import read_document

# Set QUALCASE_CASES to try more: 10000 take some minutes.
CASES = int(os.environ.get("QUALCASE_CASES", "200"))
GOOD = {f"a{suffix}": seeds[-1] for suffix, seeds in SEEDS.items()}
BEGINS = {
    ".odt": b"PK\x03\x04",
    ".epub": b"PK\x03\x04",
    ".html": b"<",
    ".rtf": b"{\\rtf1",
    ".pdf": b"%PDF-1.7\n",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
}


@pytest.mark.parametrize("suffix", BEGINS)
@given(data=st.binary(max_size=400), begins=st.booleans())
@settings(max_examples=CASES)
def test_bytes_at_random_give_a_text_or_a_sentence(suffix: str, data: bytes, begins: bool) -> None:
    read_or_refuse(f"a{suffix}", (BEGINS[suffix] if begins else b"") + data)


PIECES = [
    *(
        b"{",
        b"}",
        b"\\par",
        b"\\cell",
        b"\\row",
        b"\\itap9",
        b"\\nestrow",
        b"\\u-1?",
        b"\\uc99",
        b"\\'",
        b"\\bin9",
    ),
    *(
        b"\\*",
        b"<table>",
        b"<tr>",
        b"<td>",
        b"<pre>",
        b"</p>",
        b"<br>",
        b"&#",
        b"\xff",
        b"\0",
        b"<!--",
        b"]]>",
    ),
    *(b"obj", b"endobj", b"stream", b"BT", b"ET", b"Tj", b"1e99", b"<<", b">>", b"0 0 0 0 0 0 Tm", b"/Kids"),
    b"999999999999 0 R",
]


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Return a good file with pieces cut out, put in, or bytes changed."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 20))
        data[place : place + size] = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)))
    return bytes(data)


@pytest.mark.parametrize("name", GOOD)
@given(data=st.data())
@settings(max_examples=CASES)
def test_a_damaged_file_gives_a_text_or_a_sentence(name: str, data: st.DataObject) -> None:
    read_or_refuse(name, data.draw(damaged(GOOD[name])))


def rezip(data: bytes, member: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    return make_zip(*((name, content if name == member else old) for name, old in parts))


@pytest.mark.parametrize(
    ("name", "member"),
    [
        ("a.odt", "content.xml"), ("a.odt", "mimetype"), ("a.epub", "a.xhtml"), ("a.epub", "b.opf"),
        ("a.epub", "META-INF/container.xml"), ("a.docx", "word/document.xml"), ("a.docx", "_rels/.rels"),
        ("a.xlsx", "xl/worksheets/a.xml"), ("a.xlsx", "xl/workbook.xml"),
    ],
)  # fmt: skip
@given(data=st.data())
@settings(max_examples=max(CASES // 2, 1))
def test_a_damaged_part_gives_a_text_or_a_sentence(name: str, member: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD[name])) as archive:
        old = archive.read(member)
    read_or_refuse(name, rezip(GOOD[name], member, data.draw(damaged(old))))


def read_or_refuse(name: str, data: bytes) -> None:
    try:
        document = read_document(name, data)
    except QualcaseError as refused:
        assert refused.message.endswith(".")  # noqa: PT017 -- either outcome is promised
        return
    document.text.encode()
    spans = sorted((span.start, span.end) for span in (*document.turns, *document.blocks))
    assert all(0 <= start <= end <= len(document.text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("name", GOOD)
def test_the_good_files_are_good(name: str) -> None:
    assert read_document(name, GOOD[name]).text
