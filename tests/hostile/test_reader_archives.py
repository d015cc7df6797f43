"""Documents built to hurt the readers of OpenDocument, e-books, web pages, Rich Text and PDF."""

from __future__ import annotations

import io
import json
import socket
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.registry import read_document
from qualcase.text.visible import make_visible

if TYPE_CHECKING:
    from collections.abc import Callable

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODT = "application/vnd.oasis.opendocument.text"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}"/></rootfiles></container>'
)
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
FILE = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
NET = "<!DOCTYPE l [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]>"
PARAMETER = "<!DOCTYPE l [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]>"
OUT_OF_IT = "../../tmp/qualcase-PWNED"


def make_zip(*parts: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return data.getvalue()


def make_odt(
    body: str, before: str = "", mimetype: str = ODT, *more: tuple[str | zipfile.ZipInfo, str | bytes]
) -> bytes:
    content = (
        f'{before}<o:document-content xmlns:o="{OFFICE}" xmlns:t="{TEXT}"><o:body><o:text>{body}'
        "</o:text></o:body></o:document-content>"
    )
    return make_zip(("mimetype", mimetype), ("content.xml", content), *more)


def make_epub(
    page: str | bytes = "<html><body><p>ok</p></body></html>",
    href: str = "a.xhtml",
    *more: tuple[str | zipfile.ZipInfo, str | bytes],
    before: str = "",
    root: str = "b.opf",
) -> bytes:
    package = (
        f'{before}<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="{href}" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return make_zip(
        ("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER.format(root)),
        ("b.opf", package), ("a.xhtml", page), *more,
    )  # fmt: skip


def make_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (size, trailer, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(content), more) + content + b"\nendstream"


CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
PAGES = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> %s >> >>"
)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
HELLO = b"BT /F1 10 Tf 72 700 Td (hello) Tj ET"


def small_pdf(catalog: bytes = b"", page: bytes = b"", content: bytes = HELLO, more: bytes = b"") -> bytes:
    return make_pdf(CATALOG % catalog, PAGES, PAGE % page, stream(content, more), FONT)


def flag(data: bytes) -> bytes:
    """Say of every member that it is encrypted."""
    changed = bytearray(data)
    for signature, place_of_flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + place_of_flag] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


def overlap(data: bytes) -> bytes:
    """Let every entry of the table of contents point at the same bytes."""
    changed = bytearray(data)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 42 : place + 46] = struct.pack("<I", 0)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def symlink(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


# The cases of the shared list for these formats, by its names.
LISTED: dict[str, Callable[[], bytes]] = {
    "odt/xml_billion_laughs.odt": lambda: make_odt("<t:p>&i;</t:p>", LAUGHS),
    "odt/xml_xxe_http.odt": lambda: make_odt("<t:p>&x;</t:p>", NET),
    "odt/xml_xxe_param.odt": lambda: make_odt("<t:p>x</t:p>", PARAMETER),
    "odt/mimetype_mismatch.odt": lambda: make_odt("<t:p>x</t:p>", mimetype="application/zip"),
    "epub/overlap_bomb.epub": lambda: overlap(make_epub("<p>x</p>", "a.xhtml", ("z.bin", b"0" * 1_000_000))),
    "epub/script.epub": lambda: make_epub(href="../../../../etc/passwd"),
}
DEEP = "<t:section>" * 100_000 + "</t:section>" * 100_000
REFUSED: dict[str, Callable[[], bytes]] = {
    **LISTED,
    "xxe_file.odt": lambda: make_odt("<t:p>&x;</t:p>", FILE),
    "utf16_dtd.odt": lambda: make_zip(
        ("mimetype", ODT), ("content.xml", f"{LAUGHS}<a>&i;</a>".encode("utf-16"))
    ),
    "deep.odt": lambda: make_odt(DEEP),
    "bomb.odt": lambda: make_odt("<t:p>" + " " * 70_000_000 + "</t:p>"),
    "picture_bomb.odt": lambda: make_odt("<t:p>x</t:p>", "", ODT, ("Pictures/a.png", b"\0" * 50_000_000)),
    "entries.odt": lambda: make_odt("<t:p>x</t:p>", "", ODT, *((f"e/{n}", "") for n in range(11_000))),
    "path.odt": lambda: make_odt("<t:p>x</t:p>", "", ODT, (OUT_OF_IT, "x")),
    "link.odt": lambda: make_odt("<t:p>x</t:p>", "", ODT, (symlink("Pictures/a"), "/etc/passwd")),
    "encrypted.odt": lambda: flag(make_odt("<t:p>x</t:p>")),
    "cut.odt": lambda: make_odt("<t:p>x</t:p>")[:-40],
    "cut_inside.odt": lambda: make_zip(("mimetype", ODT), ("content.xml", "<a><b>")),
    "no_content.odt": lambda: make_zip(("mimetype", ODT)),
    "another_root.odt": lambda: make_zip(("mimetype", ODT), ("content.xml", "<html/>")),
    "unknown_encoding.odt": lambda: make_odt("<t:p>x</t:p>", "<?xml version='1.0' encoding='klingon'?>"),
    "wrong_encoding.odt": lambda: make_zip(
        ("mimetype", ODT), ("content.xml", b"<?xml version='1.0' encoding='utf-8'?><a>\xff\xfe</a>")
    ),
    "laughs.epub": lambda: make_epub(f"{LAUGHS}<html><body>&i;</body></html>"),
    "xxe.epub": lambda: make_epub(f"{FILE}<html><body>&x;</body></html>"),
    "package_xxe.epub": lambda: make_epub(before=NET),
    "container_path.epub": lambda: make_epub(root="../../../etc/passwd"),
    "absolute.epub": lambda: make_epub(href="/etc/passwd"),
    "escaped.epub": lambda: make_epub(href="%2e%2e/%2e%2e/etc/passwd"),
    "address.epub": lambda: make_epub(href="http://127.0.0.1:9/a.xhtml"),
    "member_path.epub": lambda: make_epub("<p>x</p>", "a.xhtml", (OUT_OF_IT, "x")),
    "link.epub": lambda: make_epub("<p>x</p>", "a.xhtml", (symlink("b.xhtml"), "/etc/passwd")),
    "deep.epub": lambda: make_epub("<html><body>" + "<div>" * 100_000),
    "bomb.epub": lambda: make_epub("<html><body>" + " " * 70_000_000),
    "many.epub": lambda: make_epub("<p>x</p>", "a.xhtml", *((f"e/{n}", "") for n in range(11_000))),
    "cut.epub": lambda: make_epub()[:-40],
    "encrypted.epub": lambda: flag(make_epub()),
    "empty.epub": lambda: b"",
    "deep.html": lambda: b"<div>" * 100_000 + b"x",
    "deep_inline.html": lambda: b"<b>" * 100_000 + b"x",
    "endless.html": lambda: b"<p>" + b"x" * 20_000_000,
    "oversized.html": lambda: b"<p>x</p>" * 9_000_000,
    "nul.html": lambda: b"<p>a\0b</p>",
    "half_utf16.html": lambda: "\ufeff<p>a</p>".encode("utf-16-le") + b"x",
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * 100_000 + b"x",
    "oversized.rtf": lambda: b"{\\rtf1 " + b"x" * (100 * 1024 * 1024),
    "nul.rtf": lambda: b"{\\rtf1 a\0b}",
    "word.rtf": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
    "empty.rtf": lambda: b"",
    "empty.pdf": lambda: b"",
    "page.pdf": lambda: b"<!DOCTYPE html><p>This is no PDF</p>",
    "header.pdf": lambda: b"%PDF-1.7\n" + b"\0" * 2000,
    "no_pages.pdf": lambda: make_pdf(CATALOG % b"", b"<< /Type /Pages /Count 0 /Kids [] >>"),
    "many_pages.pdf": lambda: make_pdf(
        CATALOG % b"", b"<< /Type /Pages /Count 900000 /Kids [3 0 R] >>", PAGE % b"", stream(HELLO), FONT
    ),
    "oversized.pdf": lambda: small_pdf() + b"\n" * (100 * 1024 * 1024),
    "own_parent.pdf": lambda: make_pdf(CATALOG % b"", b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"),
    "nested.pdf": lambda: small_pdf(content=b"[" * 1_000_000 + HELLO),
    "strewn.pdf": lambda: small_pdf(
        content=b"".join(b"BT /F1 1 Tf %d %d Td (x) Tj ET " % (n % 90 * 6, n // 90 * 6) for n in range(9000))
    ),
    "no_letters.pdf": lambda: small_pdf(content=b"0 0 m 100 100 l S"),
}


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.usefixtures("offline")
def test_a_hostile_file_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_document(name.rpartition("/")[2], REFUSED[name]())
    message = refused.value.message
    assert message.startswith(f"{name.rpartition('/')[2]} cannot be read: ")
    assert message.endswith(".")
    assert "\n" not in message
    assert "root:" not in message
    assert not Path("/tmp/qualcase-PWNED").exists()


@pytest.mark.shared
def test_every_listed_case_of_these_formats_is_built(shared: Path) -> None:
    cases = json.loads((shared / "data/hostile-cases.json").read_text(encoding="utf-8"))
    listed = {case["file"] for case in cases if case["file"].startswith(("odt/", "epub/"))}
    assert listed == set(LISTED)


SCRIPTS = (
    "<html><head><script src='http://127.0.0.1:9/x.js'></script><link rel=stylesheet href='http://127.0.0.1:9/x'>"
    "<base href='http://127.0.0.1:9/'></head><body onload='x()'><iframe src='file:///etc/passwd'>no</iframe>"
    "<img src='http://127.0.0.1:9/x.png' onerror='x()'/><p>hello</p><object data='file:///etc/passwd'>no</object>"
    "<a href='javascript:x()'/><meta http-equiv='refresh' content='0;url=http://127.0.0.1:9/'/></body></html>"
)
LINKED = (
    "<t:p>hello</t:p><d:frame xmlns:d='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' "
    "xmlns:x='http://www.w3.org/1999/xlink'><d:image x:href='http://127.0.0.1:9/x.png'/></d:frame>"
    "<t:section><t:section-source xmlns:x='http://www.w3.org/1999/xlink' x:href='file:///etc/passwd'/></t:section>"
)
ITSELF = b"/XObject << /X 6 0 R >>"
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
ACTIVE: dict[str, Callable[[], bytes]] = {
    "script.html": SCRIPTS.encode,
    "script.epub": lambda: make_epub(SCRIPTS),
    "include.epub": lambda: make_epub(f"<html><body><p>hello</p>{INCLUDE}</body></html>"),
    "macro.odt": lambda: make_odt(LINKED, "", ODT, ("Basic/Standard/a.xml", "<script>Shell(1)</script>")),
    "include.odt": lambda: make_odt(f"<t:p>hello{INCLUDE}</t:p>"),
    "object.rtf": lambda: (
        b"{\\rtf1 {\\object\\objocx{\\*\\objclass Shell}{\\*\\objdata 0105}}{\\field{\\*\\fldinst "
        b'INCLUDETEXT "file:///etc/passwd"}{\\fldrslt }}{\\*\\template http://127.0.0.1:9/x}hello}'
    ),
    "launch.pdf": lambda: small_pdf(
        b"/OpenAction << /S /Launch /F (/bin/sh) >> /AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    ),
    "itself.pdf": lambda: make_pdf(
        CATALOG % b"", PAGES, PAGE % ITSELF, stream(HELLO + b" /X Do"), FONT,
        stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << %s >>" % ITSELF),
    ),
    "one_over_the_other.pdf": lambda: small_pdf(content=HELLO * 20_000),
    "bomb.pdf": lambda: small_pdf(
        content=zlib.compress(b" " * 100_000_000 + HELLO), more=b"/Filter /FlateDecode"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTIVE)
@pytest.mark.usefixtures("offline")
def test_what_would_act_is_passed_over(name: str) -> None:
    document = read_document(name, ACTIVE[name]())
    assert document.text == "hello"
    assert document.turns == ()


STEERING = "safe \x1b]52;c;ZWNobw==\x07 a\u202egpj.exe"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("esc.html", b"<p>" + STEERING.encode() + b"</p>"),
        ("esc.epub", make_epub("<html><body><p>safe &#x202e;x</p></body></html>")),
        ("esc.odt", make_odt("<t:p>safe &#x202e;x</t:p>")),
        ("esc.rtf", rb"{\rtf1 safe \u27?]52;c;\u7? \u8238?x}"),
    ],
)
def test_text_that_steers_a_terminal_is_kept_and_shown_as_signs(name: str, data: bytes) -> None:
    text = read_document(name, data).text
    assert "\u202e" in text
    assert "\u202e" not in make_visible(text)
    assert "\x1b" not in make_visible(text)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("words.html", b"<p>" + b"word <b>word</b> " * 100_000),
        ("tags.html", b"<p>x" * 100_000),
        ("brackets.html", b"<" * 500_000),
        ("unknown.html", b"<abc>" * 200),
        ("unclosed.html", b"x" + b"<abc" * 200_000),
        ("entities.html", b"&lt;" * 300_000),
        ("cells.html", b"<table>" + b"<tr>" + b"<td>x" * 100_000),
        ("marks.rtf", b"{\\rtf1 " + b"\\u8364?" * 200_000 + b"}"),
        ("words.rtf", b"{\\rtf1 " + b"\\b word\\b0\\par " * 50_000 + b"}"),
        ("cells.rtf", b"{\\rtf1\\intbl " + b"x\\cell\\row " * 50_000 + b"}"),
        ("spaces.odt", make_odt("<t:p>a<t:s t:c='2000000000'/>b</t:p>" * 50)),
        ("numbers.odt", make_odt("<t:p>a<t:s t:c='" + "9" * 10_000 + "'/>b</t:p>")),
    ],
)
def test_what_repeats_without_end_is_read_in_linear_time(name: str, data: bytes) -> None:
    assert read_document(name, data).text


def test_too_much_in_all_is_refused() -> None:
    part = bytes(range(256)) * 400_000
    with pytest.raises(UnsafeFileError):
        read_document("total.odt", make_odt("<t:p>x</t:p>", "", ODT, *((f"{n}.bin", part) for n in range(6))))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.doc", "save it as .docx"), ("a.pages", "save it as .docx"), ("a.mp3", "Import the transcript"),
        ("a.mp4", "Import the transcript"), ("a.jpg", "Import the transcript"), ("a.zip", "Unpack it"),
    ],
)  # fmt: skip
def test_what_no_reader_takes_is_refused_with_what_to_do(name: str, says: str) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be read") as refused:
        read_document(name, b"x")
    assert says in (refused.value.hint or "")
