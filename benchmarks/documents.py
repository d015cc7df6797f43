"""Invented interviews as plain text, Word, HTML and PDF, the same on every machine."""

# ruff: noqa: SIM905 - word lists read best as words

from __future__ import annotations

import html
import io
import textwrap
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

SYLLABLES = "ba co di fe ga hu in jo ka lo mi nu or pe qui ra se ti ul ve wo ya zi sta tri ment".split()
COMMON = (
    "the of and to a in that it we was they is for you this with as on have be not there from or had by "
    "but what when one all so my would their about which if out up no more them some then who like people "
    "network project firms trust knowledge members meeting group year time thing work idea goal leader"
).split()
LINES_A_PAGE, LINE_WIDTH = 46, 84

Turn = tuple[str, str]


def make_interview(chance: random.Random, words: int) -> list[Turn]:
    """Return (speaker, what was said) until there are so many words."""
    rare = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(600)]
    turns: list[Turn] = []
    while words > 0:
        said = [make_sentence(chance, rare) for _ in range(chance.randint(1, 8))]
        words -= sum(len(sentence.split()) for sentence in said) + 1
        turns.append((("Interviewer", "Berit")[len(turns) % 2], " ".join(said)))
    return turns


def make_sentence(chance: random.Random, rare: list[str]) -> str:
    """Return a sentence of common and rare words."""
    words = [chance.choice(COMMON if chance.random() < 0.8 else rare) for _ in range(chance.randint(3, 26))]  # noqa: PLR2004
    return " ".join(words).capitalize() + chance.choice("...?")


def as_txt(turns: list[Turn]) -> bytes:
    """Return UTF-8 text, an empty line after each turn."""
    return "\n\n".join(f"{speaker}: {said}" for speaker, said in turns).encode() + b"\n"


def as_html(turns: list[Turn]) -> bytes:
    """Return a page of paragraphs."""
    body = "\n".join(f"<p><b>{speaker}:</b> {html.escape(said)}</p>" for speaker, said in turns)
    head = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Interview</title></head>'
    return f"{head}<body>\n{body}\n</body></html>\n".encode()


def as_docx(turns: list[Turn]) -> bytes:
    """Return a Word document of paragraphs with a bold label."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}: </w:t></w:r><w:r><w:t>{}</w:t></w:r>'
    body = "".join(f"<w:p>{run.format(speaker, html.escape(said))}</w:p>" for speaker, said in turns)
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{office}-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{office}-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            archive.writestr(zipfile.ZipInfo(name, (2010, 1, 1, 0, 0, 0)), declaration + content)
    return data.getvalue()


def as_pdf(turns: list[Turn]) -> bytes:
    """Return A4 pages of lines, a page number at the foot of each."""
    lines = [
        line for speaker, said in turns for line in (*textwrap.wrap(f"{speaker}: {said}", LINE_WIDTH), "")
    ]
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages, start=1):
        objects += _page(page, number, len(objects) + 2)
    return _file(objects)


def _page(lines: list[str], number: int, content: int) -> tuple[bytes, bytes]:
    shown = "".join(f"({_escaped(line)}) Tj T*\n" if line else "T*\n" for line in lines)
    drawn = f"BT /F1 11 Tf 15 TL 72 770 Td\n{shown}ET\nBT /F1 9 Tf 295 40 Td ({number}) Tj ET\n".encode(
        "cp1252"
    )
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        f"/Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
    )
    return page.encode(), b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: list[bytes]) -> bytes:
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(data)


FORMATS = {"txt": as_txt, "docx": as_docx, "html": as_html, "pdf": as_pdf}
