from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
PAGE = (
    '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
    "<head><title/></head><body>{}</body></html>"
)


def make_epub(chapters: dict[str, str], hrefs: dict[str, str] | None = None, **parts: str) -> bytes:
    hrefs = hrefs or {name: f"{name}.xhtml" for name in chapters}
    items = "".join(
        f'<item id="{name}" href="{href}" media-type="application/xhtml+xml"/>'
        for name, href in hrefs.items()
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in hrefs)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Four talks</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine>"
        "</package>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", parts.pop("mimetype", "application/epub+zip"))
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", package)
        for name, body in chapters.items():
            archive.writestr(f"OPS/{name}.xhtml", PAGE.format(body))
        for name, content in parts.items():
            archive.writestr(f"META-INF/{name}.xml", content)
    return data.getvalue()


def read(chapters: dict[str, str], hrefs: dict[str, str] | None = None, **parts: str) -> DocumentText:
    return read_document("book.epub", make_epub(chapters, hrefs, **parts))


def test_chapters_come_in_the_order_of_the_spine() -> None:
    chapters = {"b": "<h1>B</h1><p>b&nbsp;&eacute;&amp;</p>", "a": "<h1>A</h1><p>a</p>"}
    document = read(chapters, {"a": "a.xhtml", "b": "../OPS/b%2exhtml#part"})
    assert document.text == "A\n\na\n\nB\n\nb\xa0é&"
    assert document.metadata == {"title": "Four talks"}
    assert document.format == "epub"


def test_a_chapter_that_is_no_xml_is_read_as_html() -> None:
    assert read({"a": "<p>one<br>two<p>three"}).text == "one\ntwo\n\nthree"


def test_a_chapter_that_is_missing_is_told() -> None:
    document = read({"a": "<p>a</p>"}, {"a": "a.xhtml", "b": "b.xhtml"})
    assert document.text == "a"
    assert document.warnings == ("Chapters that the book names but does not hold: 1.",)


def test_notes_are_apparatus_and_comments_are_nothing() -> None:
    body = (
        "<p>I: How<a epub:type='noteref' xmlns:epub='http://www.idpf.org/2007/ops'>1</a>?</p>"
        "<!-- no --><p>P1: Well.</p>"
        "<p>I: And?</p><p>P1: So.</p><aside role='doc-footnote'>A note.</aside>"
    )
    document = read({"a": body})
    assert [turn.speaker for turn in document.turns] == ["I", "P1", "I", "P1"]
    assert [document.text[block.start : block.end] for block in document.blocks] == ["A note."]
    assert "no" not in document.text.split()


def method(algorithm: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
        f'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{algorithm}"/>'
        "</EncryptedData></encryption>"
    )


def test_protection_is_told_and_obfuscated_fonts_are_no_protection() -> None:
    fonts = method("http://www.idpf.org/2008/embedding")
    with pytest.raises(UnreadableFileError, match="protected") as refused:
        read({"a": "<p>x</p>"}, encryption=method("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
    assert "without protection" in (refused.value.hint or "")
    with pytest.raises(UnreadableFileError, match="protected"):
        read({"a": "<p>x</p>"}, rights="<rights/>")
    assert read({"a": "<p>x</p>"}, encryption=fonts).text == "x"


@pytest.mark.parametrize(
    "href", ["../../a.xhtml", "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/a", "..\\a", "//[x"]
)
def test_a_path_that_leads_out_of_the_book_is_refused(href: str) -> None:
    with pytest.raises(UnsafeFileError):
        read({"a": "<p>x</p>"}, {"a": href})


@pytest.mark.parametrize(
    ("chapters", "parts"),
    [({}, {}), ({"a": "<p>x</p>"}, {"mimetype": "application/zip"})],
)
def test_what_is_no_book_is_refused(chapters: dict[str, str], parts: dict[str, str]) -> None:
    with pytest.raises(UnreadableFileError):
        read(chapters, None, **parts)


@pytest.mark.shared
def test_a_real_book_is_as_it_was_seen(shared: Path) -> None:
    """Counted in its four chapters: 73 + 378 + 110 + 32 labelled paragraphs."""
    path = shared / "data/corpora/real/derived/loc_interviews.epub"
    document = read_document(path.name, path.read_bytes())
    assert len(document.turns) == 593
    assert list(dict.fromkeys(turn.speaker for turn in document.turns)) == [
        "Fountain Hughes", "Hermond Norwood", "Harriet Smith", "John Henry Faulk",
        "Elmer Sparks", "Charlie Smith", "Isom Moseley", "Robert Sonkin",
    ]  # fmt: skip
    first, last = document.turns[0], document.turns[-1]
    assert document.text[first.start : first.end] == "Talk to who?"
    assert (
        "And they treating me fine, I don't find a bit of fault on it."
        in document.text[last.start : last.end]
    )
    assert document.metadata["title"] == "Voices from the Days of Slavery: four interviews"
