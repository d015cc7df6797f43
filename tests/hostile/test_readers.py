"""Files built to hurt: each gets the outcome that the project promises, at the door of the readers."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.registry import read_document
from qualcase.text.sentences import split_sentences
from qualcase.text.visible import make_visible

if TYPE_CHECKING:
    from collections.abc import Callable

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def document_xml(inner: str, before: str = "") -> str:
    return f'{before}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def make_docx(document: str | bytes, *extra: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, content in extra:
            archive.writestr(name, content)
    return data.getvalue()


def test_the_plain_fixture_is_read() -> None:
    read = read_document("ok.docx", make_docx(document_xml(paragraph("hello") + paragraph("there"))))
    assert read.text == "hello\n\nthere"


def symlink() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("word/link.xml")
    info.external_attr = 0o120777 << 16
    return info


def encrypted() -> bytes:
    data = bytearray(make_docx(document_xml(paragraph("ok"))))
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + flag] |= 1
            place = data.find(signature, place + 4)
    return bytes(data)


def overlapping() -> bytes:
    """Every entry of the table of contents points at the same bytes."""
    data = bytearray(make_docx(document_xml(paragraph("ok")), ("a.bin", b"0" * 10_000)))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 42 : place + 46] = struct.pack("<I", 0)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def many_entries() -> bytes:
    return make_docx(document_xml(paragraph("ok")), *((f"e/{number}", b"") for number in range(20_000)))


LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip

HOSTILE: dict[str, Callable[[], bytes]] = {
    "zipbomb_200MB_document": lambda: make_docx(document_xml(paragraph(" " * 200_000_000))),
    "zipbomb_many_entries": many_entries,
    "zipbomb_in_a_picture": lambda: make_docx(document_xml(""), ("word/media/a.png", b"\0" * 50_000_000)),
    "overlap_bomb": overlapping,
    "traversal_dotdot": lambda: make_docx(document_xml(""), ("../../tmp/qualcase-PWNED", b"x")),
    "traversal_absolute": lambda: make_docx(document_xml(""), ("/tmp/qualcase-PWNED", b"x")),
    "traversal_ads": lambda: make_docx(document_xml(""), ("word/a.xml:evil", b"x")),
    "traversal_backslash": lambda: make_docx(document_xml(""), ("..\\evil", b"x")),
    "symlink_entry": lambda: make_docx(document_xml(""), (symlink(), b"/etc/passwd")),
    "not_a_zip": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
    "encrypted_flag": encrypted,
    "zip_prefix_polyglot": lambda: b"#!/bin/sh\n" + make_docx(document_xml(paragraph("ok"))),
    "xml_billion_laughs": lambda: make_docx(document_xml(paragraph("&i;"), LAUGHS)),
    "xml_quadratic": lambda: make_docx(
        document_xml(paragraph("&a;" * 50), f"<!DOCTYPE l [<!ENTITY a '{'x' * 10_000}'>]>")
    ),
    "xml_xxe_file": lambda: make_docx(
        document_xml(paragraph("&x;"), '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    ),
    "xml_xxe_http": lambda: make_docx(
        document_xml(paragraph("&x;"), '<!DOCTYPE l [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>')
    ),
    "xml_xxe_param": lambda: make_docx(
        document_xml(paragraph("x"), '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>')
    ),
    "xml_dtd_in_utf16": lambda: make_docx(document_xml(paragraph("&a;"), LAUGHS).encode("utf-16")),
    "xml_under_a_false_name": lambda: make_docx(
        document_xml(paragraph("x")), ("word/media/a.png", document_xml("", LAUGHS))
    ),
    "deep_nesting": lambda: make_docx(document_xml("<w:p>" * 100_000 + "</w:p>" * 100_000)),
    "truncated": lambda: make_docx(document_xml(paragraph("ok")))[:-40],
    "cut_xml": lambda: make_docx(document_xml(paragraph("ok"))[:-10]),
    "empty": lambda: b"",
    "another_zip": lambda: make_docx("<html/>"),
    "wrong_root": lambda: make_docx(f'<w:styles xmlns:w="{WORD}"/>'),
}


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.usefixtures("offline")
def test_a_hostile_word_file_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_document(f"{name}.docx", HOSTILE[name]())
    message = refused.value.message
    assert message.startswith(f"{name}.docx cannot be read: ")
    assert message.endswith(".")
    assert "\n" not in message
    assert "root:" not in message


@pytest.mark.usefixtures("offline")
def test_an_include_is_ignored() -> None:
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    )
    read = read_document(
        "xinclude.docx", make_docx(document_xml(f"<w:p><w:r><w:t>hi{include}</w:t></w:r></w:p>"))
    )
    assert read.text == "hi"


@pytest.mark.usefixtures("offline")
def test_a_remote_template_is_never_fetched() -> None:
    settings = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>'
    )
    data = make_docx(document_xml(paragraph("hello")), ("word/_rels/document.xml.rels", settings))
    assert read_document("external_template.docx", data).text == "hello"


def test_too_much_in_all_is_refused() -> None:
    part = b"\x01" + bytes(range(256)) * 400_000
    data = make_docx(document_xml(""), *((f"{number}.bin", part) for number in range(6)))
    with pytest.raises(UnsafeFileError):
        read_document("total.docx", data)


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]52;c;ZWNobyBwd25lZA==\x07 hello",
        "\x1b]0;title\x07\x1b[21t hello",
        "\x1b]8;;http://x\x07link\x1b]8;;\x07",
        "[bold red]x[/] [@click=app.quit]y[/] [/nope]",
        "safe\b\b\b\bevil\rEVIL\n",
        "a\u202egpj.exe",
        "<script>alert(1)</script>{{ 7*7 }}${7*7}",
        "o" + "\u0301" * 50_000,
    ],
)
def test_text_that_steers_a_terminal_is_stored_unchanged_and_shown_as_symbols(text: str) -> None:
    read = read_document("esc.txt", text.encode())
    assert read.text == text
    shown = make_visible(read.text)
    assert not any(ord(sign) < 0x20 and sign not in "\n\t" for sign in shown)
    assert "\u202e" not in shown


def test_nul_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="NUL"):
        read_document("nul_bytes.txt", b"text\0more" + b"abc\0def\n" * 98)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 400_000,
        "a" * 20_000_000,
        "\n" * 300_000,
        "a:" * 1_000_000,
        "I: x\n" * 50_000,
        "0.01\t\n" * 50_000,
        "\t" * 1_000_000,
        "*" * 1_000_000,
        "<" * 1_000_000,
        "---\n" + "a: b\n" * 50_000,
        ". " * 200_000,
    ],
    ids=[
        "words",
        "letters",
        "blanks",
        "colons",
        "labels",
        "counters",
        "tabs",
        "stars",
        "angles",
        "front",
        "stops",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_huge_text_is_read_in_linear_time(text: str, suffix: str) -> None:
    read = read_document(f"huge{suffix}", text.encode())
    spans = read.turns or read.blocks
    split_sentences(read.text, spans)
    assert read.text == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("field_10MB.csv", "speaker,text\nA," + "x" * 10_000_000),
        ("unclosed_quote.csv", 'speaker,text\nA,"' + "x,y\n" * 2000),
        ("quote_inside.csv", 'speaker,text\nA,"x"y\n'),
    ],
)
def test_a_broken_table_is_refused(name: str, text: str) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_document(name, text.encode())


def test_formulas_come_in_as_written() -> None:
    rows = 'speaker,text\nA,"=HYPERLINK(""http://x"")"\nB,+1+1\nC,@SUM(A1)\n'
    read = read_document("formula_eq.csv", rows.encode())
    assert [read.text[turn.start : turn.end] for turn in read.turns] == [
        '=HYPERLINK("http://x")',
        "+1+1",
        "@SUM(A1)",
    ]


@pytest.mark.parametrize("name", ["-rf.txt", "evil\nname\x1b[2J.txt"])
def test_a_name_is_only_a_name(name: str) -> None:
    assert read_document(name, b"x").text == "x"
    with pytest.raises(UnreadableFileError) as refused:
        read_document(name, b"\0")
    assert "\x1b" not in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "data", [b"WEBVTT\n\n00:00 --> x\nhi", b"no header", b"WEBVTT\n\n" + b"<v " * 200_000]
)
def test_captions_that_are_none_are_refused_or_empty(data: bytes) -> None:
    try:
        assert read_document("bad.vtt", data).turns == ()
    except UnreadableFileError as refused:
        assert refused.message.startswith("bad.vtt")  # noqa: PT017 -- either outcome is promised


@pytest.mark.parametrize("tag", ["<p {}>x</p>", "<p a='\\n' {}", "<p title='a b' {}>x"])
def test_an_element_of_endless_attributes_is_refused_before_it_is_parsed(tag: str) -> None:
    attributes = " ".join(f"a{number}=1" for number in range(300_000))
    with pytest.raises(UnsafeFileError, match="more than 2,000 attributes"):
        read_document("a.html", tag.format(attributes).encode())


def test_a_picture_within_a_page_is_one_attribute() -> None:
    page = f"<p><img alt='' src='data:image/png;base64,{'iVBO Rw0K ' * 50_000}'>hello</p>"
    assert read_document("a.html", page.encode()).text == "hello"


@pytest.mark.parametrize("name", ["bad\udcff.txt", "bad\udcff.docx"])
def test_a_name_that_is_no_utf_8_is_refused_alone_and_can_be_shown(name: str) -> None:
    with pytest.raises(UnreadableFileError, match="name is not valid UTF-8") as refused:
        read_document(name, b"I: How?")
    assert refused.value.message.encode()
