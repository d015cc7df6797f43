"""For every reader: files cut short, too large, endless, wrongly encoded, nested too deep, or acting."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from listed_files import DOCTYPES, INCLUDE, encrypted
from seeds import SEEDS
from small_files import (
    HELLO,
    OFFICE,
    PACKAGE,
    make_docx,
    make_epub,
    make_odt,
    make_pdf,
    make_xlsx,
    make_zip,
    paragraph,
    relations,
    sheet_rows,
    word_xml,
)
from watched_runs import CPU, MEGABYTES

from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.extent import LINE_LIMIT, SIZE_LIMIT
from qualcase.readers.registry import known_formats, read_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from watched_runs import Place

ALIASES = {".text", ".log", ".markdown", ".htm", ".xhtml", ".ott"}
MANY = LINE_LIMIT + 1
LATIN = "Ødegård".encode("latin-1")
HALF = "I: How?\n".encode("utf-16-le")[:-1]
XML_LIE = "<?xml version='1.0' encoding='utf-8'?>"
SCRIPT = "<script>x()</script><img src=x onerror=x()>"
DEEP = 100_000
REFUSED = None


def cut(suffix: str) -> bytes:
    """Return a sound file without its last third."""
    whole = SEEDS[suffix][-1]
    return whole[: len(whole) * 2 // 3]


def wrong(document: str) -> bytes:
    """Return XML that says it is UTF-8 and is not."""
    return (XML_LIE + document).encode("latin-1")


def external(kind: str, target: str) -> str:
    one = f'<Relationship Id="x1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{one}</Relationships>'


def acting_word() -> bytes:
    """Return a document with a macro, a field that runs a program, an embedded page and outside pictures."""
    runs = "w:instr='DDEAUTO cmd.exe /k calc'"
    field = f"<w:p><w:fldSimple {runs}><w:r><w:t>hello</w:t></w:r></w:fldSimple></w:p>"
    linked = '<w:altChunk xmlns:r="x" r:id="x1"/>'
    return make_docx(
        word_xml(field + linked),
        ("word/_rels/document.xml.rels", external("image", "http://127.0.0.1:9/x.png")),
        ("word/vbaProject.bin", b"Sub AutoOpen()"),
        ("word/embeddings/a.bin", b"MZ"),
    )


def acting_sheet() -> bytes:
    """Return a workbook whose cells reckon with programs and addresses and keep what they last were."""
    cells = (
        "<row r='1'><c r='A1' t='str'><f>WEBSERVICE(\"http://127.0.0.1:9/x\")</f><v>hello</v></c></row>"
        "<row r='2'><c r='A2' t='str'><f>cmd|' /C calc'!A0</f><v>there</v></c></row>"
    )
    return make_xlsx(cells, ("xl/externalLinks/a.xml", "<externalLink/>"))


def acting_pdf() -> bytes:
    """Return a PDF that opens with a script, launches a program, and carries a file and a form."""
    catalog = (
        b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9'\\)) >> "
        b"/AA << /WC << /S /Launch /F (/bin/sh) >> >> /AcroForm << /XFA 7 0 R /Fields [] >> "
        b"/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /EF << /F 7 0 R >> >>] >> >>"
    )
    return make_pdf(HELLO, b"", catalog, b"<< /Length 2 >>\nstream\nMZ\nendstream")


# (format, kind of harm): the file, and the text that comes of it, or None where it is refused.
CASES: dict[tuple[str, str], tuple[Callable[[], bytes], str | None]] = {
    (".txt", "truncated"): (lambda: "Ødegård €".encode()[:-1], "Ã˜degÃ¥rd â‚"),
    (".txt", "oversized"): (lambda: b"x" * (SIZE_LIMIT + 1), REFUSED),
    (".txt", "endless"): (lambda: b"I: x\n" * MANY, REFUSED),
    (".txt", "wrong encoding"): (lambda: HALF, REFUSED),
    (".txt", "nested"): (lambda: b"(" * DEEP + b"x", "(" * DEEP + "x"),
    (".txt", "active"): (SCRIPT.encode, SCRIPT),
    (".md", "truncated"): (lambda: b"---\ntitle: T\nno end", "---\ntitle: T\nno end"),
    (".md", "oversized"): (lambda: b"x" * (SIZE_LIMIT + 1), REFUSED),
    (".md", "endless"): (lambda: b"- x\n" * MANY, REFUSED),
    (".md", "wrong encoding"): (lambda: HALF, REFUSED),
    (".md", "nested"): (lambda: b">" * DEEP + b" x", ">" * DEEP + " x"),
    (".md", "active"): (f"{SCRIPT}[a](javascript:x())".encode, f"{SCRIPT}[a](javascript:x())"),
    (".vtt", "truncated"): (lambda: b"WEBVTT\n\n00:01.000 --> 00:0", ""),
    (".vtt", "oversized"): (lambda: b"WEBVTT\n\n" + b"x" * SIZE_LIMIT, REFUSED),
    (".vtt", "endless"): (lambda: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * MANY, REFUSED),
    (".vtt", "wrong encoding"): (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + LATIN, "Ødegård"),
    (".vtt", "nested"): (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<i>" * DEEP + b"x", "x"),
    (".vtt", "active"): (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\nx<script src=y>", "x<script src=y>"),
    (".srt", "truncated"): (lambda: b"1\n00:00:01,000 --> 00:0", ""),
    (".srt", "oversized"): (lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + b"x" * SIZE_LIMIT, REFUSED),
    (".srt", "endless"): (lambda: b"1\n00:00:01,000 --> 00:00:02,000\nx\n\n" * MANY, REFUSED),
    (".srt", "wrong encoding"): (lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + LATIN, "Ødegård"),
    (".srt", "nested"): (lambda: b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<i>" * DEEP + b"x", "x"),
    (".srt", "active"): (lambda: b"1\n00:00:01,000 --> 00:00:02,000\n{\\an8}=1+1", "=1+1"),
    (".sbv", "truncated"): (lambda: b"0:00:01.000,0:0", REFUSED),
    (".sbv", "oversized"): (lambda: b"0:00:01.000,0:00:02.000\n" + b"x" * SIZE_LIMIT, REFUSED),
    (".sbv", "endless"): (lambda: b"0:00:01.000,0:00:02.000\nx\n\n" * MANY, REFUSED),
    (".sbv", "wrong encoding"): (lambda: b"0:00:01.000,0:00:02.000\n" + LATIN, "Ødegård"),
    (".sbv", "nested"): (lambda: b"0:00:01.000,0:00:02.000\n" + b"[" * DEEP + b"x", "[" * DEEP + "x"),
    (".sbv", "active"): (lambda: b"0:00:01.000,0:00:02.000\n=1+1", "=1+1"),
    (".csv", "truncated"): (lambda: b'speaker,text\nA,"One', REFUSED),
    (".csv", "oversized"): (lambda: b"speaker,text\nA," + b"x" * SIZE_LIMIT, REFUSED),
    (".csv", "endless"): (lambda: b"speaker,text\n" + b"A,x\n" * MANY, REFUSED),
    (".csv", "wrong encoding"): (lambda: b"speaker,text\nA," + LATIN, "A: Ødegård"),
    (".csv", "nested"): (lambda: b'speaker,text\nA,"' + b'"' * 19, "speaker | text\nA | " + chr(34) * 9),
    (".csv", "active"): (lambda: b"speaker,text\nA,=1+1\n", "speaker | text\nA | =1+1"),
    (".tsv", "truncated"): (lambda: b"speaker\ttext\nA", "speaker | text\nA"),
    (".tsv", "oversized"): (lambda: b"speaker\ttext\nA\t" + b"x" * SIZE_LIMIT, REFUSED),
    (".tsv", "endless"): (lambda: b"speaker\ttext\n" + b"A\tx\n" * MANY, REFUSED),
    (".tsv", "wrong encoding"): (lambda: b"speaker\ttext\nA\t" + LATIN, "A: Ødegård"),
    (".tsv", "nested"): (lambda: b"speaker\ttext\nA\t" + b"(" * 1000, "speaker | text\nA | " + "(" * 1000),
    (".tsv", "active"): (lambda: b"speaker\ttext\nA\t@SUM(1)\nB\tx\n", "A: @SUM(1)\nB: x"),
    (".json", "truncated"): (lambda: b'[{"speaker":"A","te', REFUSED),
    (".json", "oversized"): (lambda: b'["' + b"x" * SIZE_LIMIT + b'"]', REFUSED),
    (".json", "endless"): (lambda: b"[" + b'{"speaker":"A","text":"x"},' * MANY + b"{}]", REFUSED),
    (".json", "wrong encoding"): (lambda: b'[{"speaker":"A","text":"x\\udc00"}]', REFUSED),
    (".json", "nested"): (lambda: b"[" * DEEP + b"]" * DEEP, REFUSED),
    (".json", "active"): (lambda: b'[{"speaker":"A","text":"=1+1","__class__":"os.system"}]', "A: =1+1"),
    (".html", "truncated"): (lambda: b"<html><body><p>hello</p><p", "hello"),
    (".html", "oversized"): (lambda: b"<p>x</p>" * 9_000_000, REFUSED),
    (".html", "endless"): (lambda: b"<p>x</p>" * MANY, REFUSED),
    (".html", "wrong encoding"): (lambda: b"<meta charset=utf-8><p>" + LATIN, "Ødegård"),
    (".html", "nested"): (lambda: b"<div>" * DEEP + b"x", REFUSED),
    (".html", "active"): (f"<p>hello{SCRIPT}</p><iframe srcdoc='x'></iframe>".encode, "hello"),
    (".rtf", "truncated"): (lambda: b"{\\rtf1 hello{\\b there", "hellothere"),
    (".rtf", "oversized"): (lambda: b"{\\rtf1 " + b"x" * (100 * 1024 * 1024), REFUSED),
    (".rtf", "endless"): (lambda: b"{\\rtf1 " + b"x\\par " * MANY + b"}", REFUSED),
    (".rtf", "wrong encoding"): (lambda: b"{\\rtf1\\ansi\\ansicpg99999 \\'d8}", "Ø"),
    (".rtf", "nested"): (lambda: b"{\\rtf1 " + b"{" * DEEP + b"x", REFUSED),
    (".rtf", "active"): (lambda: b"{\\rtf1 {\\object\\objocx{\\*\\objdata 0105}}hello}", "hello"),
    (".docx", "truncated"): (lambda: cut(".docx"), REFUSED),
    (".docx", "oversized"): (lambda: make_docx(word_xml(paragraph("x" * 70_000_000))), REFUSED),
    (".docx", "endless"): (lambda: make_docx(word_xml(paragraph("x") * MANY)), REFUSED),
    (".docx", "wrong encoding"): (lambda: make_docx(wrong(word_xml(paragraph("Ø")))), REFUSED),
    (".docx", "nested"): (lambda: make_docx(word_xml("<w:tbl><w:tr><w:tc>" * 1000)), REFUSED),
    (".docx", "active"): (acting_word, "hello"),
    (".xlsx", "truncated"): (lambda: cut(".xlsx"), REFUSED),
    (".xlsx", "oversized"): (lambda: make_xlsx(sheet_rows(("x" * 70_000_000,))), REFUSED),
    (".xlsx", "endless"): (lambda: make_xlsx("<row><c><v>1</v></c></row>" * MANY), REFUSED),
    (".xlsx", "wrong encoding"): (
        lambda: make_xlsx("", ("xl/sharedStrings.xml", wrong("<sst><si><t>Ø</t></si></sst>"))), REFUSED,
    ),
    (".xlsx", "nested"): (lambda: make_xlsx("<row>" * 1000), REFUSED),
    (".xlsx", "active"): (acting_sheet, "hello\nthere"),
    (".xlsx", "macros"): (lambda: make_xlsx("", ("xl/vbaProject.bin", b"Sub Auto_Open()")), REFUSED),
    (".odt", "truncated"): (lambda: cut(".odt"), REFUSED),
    (".odt", "oversized"): (lambda: make_odt(f"<t:p>{'x' * 70_000_000}</t:p>"), REFUSED),
    (".odt", "endless"): (lambda: make_odt("<t:p>x</t:p>" * MANY), REFUSED),
    (".odt", "wrong encoding"): (lambda: make_zip(
        ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", wrong("<a>Ø</a>"))
    ), REFUSED),
    (".odt", "nested"): (lambda: make_odt("<t:list>" * 1000 + "</t:list>" * 1000), REFUSED),
    (".odt", "active"): (lambda: make_odt(
        f"<t:p>hello{INCLUDE}</t:p>", "", "application/vnd.oasis.opendocument.text", ("Basic/a.xml", "<x/>")
    ), "hello"),
    (".epub", "truncated"): (lambda: cut(".epub"), REFUSED),
    (".epub", "oversized"): (lambda: make_epub(f"<p>{'x' * 70_000_000}</p>"), REFUSED),
    (".epub", "endless"): (lambda: make_epub("<html><body>" + "<p>x</p>" * MANY + "</body></html>"), REFUSED),
    (".epub", "wrong encoding"): (lambda: make_epub(wrong("<html><body><p>Ø</p></body></html>")), "Ø"),
    (".epub", "nested"): (lambda: make_epub("<html><body>" + "<div>" * DEEP), REFUSED),
    (".epub", "active"): (lambda: make_epub(
        "<html><body><p>hello<script>x()</script></p></body></html>", ("a.js", "x()")
    ), "hello"),
    (".pdf", "truncated"): (lambda: cut(".pdf"), REFUSED),
    (".pdf", "oversized"): (lambda: make_pdf(HELLO) + b"\n" * (100 * 1024 * 1024), REFUSED),
    (".pdf", "endless"): (lambda: make_pdf(HELLO.replace(b"hello", b"x" * 30) * 60_000), REFUSED),
    (".pdf", "wrong encoding"): (lambda: make_pdf(HELLO.replace(b"(hello)", b"(\\341)")), "Æ"),
    (".pdf", "nested"): (lambda: make_pdf(b"[" * 1_000_000 + HELLO), REFUSED),
    (".pdf", "active"): (acting_pdf, "hello"),
    (".docx", "entities"): (lambda: make_docx(word_xml(paragraph("&i;"), DOCTYPES["xxe_file"])), REFUSED),
    (".xlsx", "entities"): (
        lambda: make_xlsx("", ("xl/sharedStrings.xml", f"{DOCTYPES['xxe_file']}<sst>&i;</sst>")), REFUSED,
    ),
    (".xlsx", "encrypted"): (lambda: encrypted(SEEDS[".xlsx"][0]), REFUSED),
    (".xlsx", "leading out"): (lambda: make_xlsx("", ("../../evil", relations())), REFUSED),
}  # fmt: skip
KINDS = {"truncated", "oversized", "endless", "wrong encoding", "nested", "active"}
IDS = [f"{kind}{suffix}" for suffix, kind in CASES]


def test_every_reader_has_every_kind() -> None:
    assert {(suffix, kind) for suffix in set(known_formats()) - ALIASES for kind in KINDS} <= set(CASES)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_file_of_this_kind_is_refused_or_passes_without_harm(
    case: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    make, text = CASES[case]
    if text is not REFUSED:
        assert read_document(f"a{case[0]}", make()).text == text
        return
    with pytest.raises(UnreadableFileError) as refused:
        read_document(f"a{case[0]}", make())
    assert refused.value.message.startswith(f"a{case[0]} cannot be read: ")
    assert "\n" not in refused.value.message


def test_a_folder_of_them_all_comes_in_without_harm(place: Place) -> None:
    folder = place.work / "all"
    folder.mkdir()
    for (suffix, kind), (make, _) in CASES.items():
        (folder / f"{kind.replace(' ', '-')}{suffix}").write_bytes(make())
    taken = {make() for make, text in CASES.values() if text}
    seen = place.run("import", "all")
    assert seen.code == 1
    assert seen.megabytes <= MEGABYTES
    assert (seen.sockets, seen.outside) == ((), ())
    assert f"Took in {len(taken)} sources" in seen.out
    assert f"refused {len(seen.errors)}." in seen.out
    assert len(seen.errors) == sum(not text for _, text in CASES.values())
    assert "Traceback" not in seen.err
    assert seen.cpu <= CPU * len(CASES)
