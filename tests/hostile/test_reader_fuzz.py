"""Files at random and good files damaged at random: a text comes out, or one sentence, and nothing else."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcase.model.errors import QualcaseError
from qualcase.readers.registry import read_document

ODT = "application/vnd.oasis.opendocument.text"


def make_zip(*parts: tuple[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return data.getvalue()


def make_odt(body: str) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<o:document-content xmlns:o="{names}:office:1.0" xmlns:t="{names}:text:1.0"><o:body><o:text>{body}'
        "</o:text></o:body></o:document-content>"
    )
    return make_zip(("mimetype", ODT), ("content.xml", content))


def make_epub(page: str) -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="b.opf"/></rootfiles></container>'
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return make_zip(
        ("mimetype", "application/epub+zip"), ("META-INF/container.xml", container),
        ("b.opf", package), ("a.xhtml", page),
    )  # fmt: skip


def make_pdf(content: bytes) -> bytes:
    """Return a PDF without a table of its objects, which a reader finds all the same."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    numbered = (b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer << /Size 7 /Root 1 0 R >>\n%%EOF"


GOOD: dict[str, bytes] = {
    "a.odt": make_odt("<t:p>I: How?</t:p><t:p>P1: Well<t:tab/>x<t:s t:c='3'/></t:p><t:h>After</t:h>"),
    "a.epub": make_epub("<html><body><h1>a</h1><p>I: How?</p><table><tr><td>x</td></tr></table></body>"),
    "a.html": b"<meta charset=utf-8><p><b>Anna:</b> How?<br>x<table><tr><td>a<td>b</table><pre> x",
    "a.rtf": (
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset204 A;}}{\\info{\\title T}}"
        b"\\b Anna:\\b0 How\\u8364?\\par"
        b"\\trowd\\intbl a\\cell b\\cell\\row\\pard{\\footnote x}\\'e9{\\f0 \\'e9}\\par}"
    ),
    "a.pdf": make_pdf(
        b"BT /F1 10 Tf 72 700 Td (hello) Tj ET BT /F1 20 Tf 72 600 Td (World) Tj 0 -30 Td (I: x) Tj ET"
    ),
}  # fmt: skip
BEGINS = {
    ".odt": b"PK\x03\x04",
    ".epub": b"PK\x03\x04",
    ".html": b"<",
    ".rtf": b"{\\rtf1",
    ".pdf": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("suffix", BEGINS)
@given(data=st.binary(max_size=400), begins=st.booleans())
@settings(max_examples=150)
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
@settings(max_examples=200)
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
        ("a.epub", "META-INF/container.xml"),
    ],
)  # fmt: skip
@given(data=st.data())
@settings(max_examples=100)
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
