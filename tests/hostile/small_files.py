"""Small archives and PDFs of every kind that can be imported, built by hand, to make hostile ones of."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
ODT = "application/vnd.oasis.opendocument.text"
_KINDS = "application/vnd.openxmlformats-officedocument"

Part = tuple[str | zipfile.ZipInfo, str | bytes]


def make_zip(*parts: Part) -> bytes:
    """Return an archive of these parts, with the same bytes on every run."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return data.getvalue()


def relations(*targets: tuple[str, str], more: str = "") -> str:
    """Return a part that says what belongs to another: (kind, target) each."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}{more}</Relationships>'


def kinds(**parts: str) -> str:
    """Return the table of the kinds of the parts of an Office file, `__` standing for a slash."""
    listed = "".join(
        f'<Override PartName="/{path.replace("__", "/")}.xml" ContentType="{_KINDS}.{kind}+xml"/>'
        for path, kind in parts.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{listed}</Types>'
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_xml(inner: str, before: str = "") -> str:
    return f'{before}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'


def make_docx(document: str | bytes, *more: Part) -> bytes:
    return make_zip(
        ("[Content_Types].xml", kinds(word__document="wordprocessingml.document.main")),
        ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
        ("word/document.xml", document),
        *more,
    )


_WORKBOOK = (
    f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Talk" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def make_xlsx(rows: str, *more: Part) -> bytes:
    return make_zip(
        (
            "[Content_Types].xml",
            kinds(xl__workbook="spreadsheetml.sheet.main", xl__worksheets__a="spreadsheetml.worksheet"),
        ),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", _WORKBOOK),
        ("xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/a.xml"))),
        ("xl/worksheets/a.xml", f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'),
        *more,
    )


def sheet_rows(*rows: tuple[str, ...]) -> str:
    """Return rows of cells whose words stand in them."""
    return "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{"ABCDEFGH"[place]}{number}" t="inlineStr"><is><t>{word}</t></is></c>'
            for place, word in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


def make_odt(body: str, before: str = "", mimetype: str = ODT, *more: Part) -> bytes:
    content = (
        f'{before}<o:document-content xmlns:o="{OPEN}:office:1.0" xmlns:t="{OPEN}:text:1.0" '
        f'xmlns:b="{OPEN}:table:1.0"><o:body><o:text>{body}</o:text></o:body></o:document-content>'
    )
    return make_zip(("mimetype", mimetype), ("content.xml", content), *more)


def make_epub(
    page: str | bytes, *more: Part, href: str = "a.xhtml", before: str = "", root: str = "b.opf"
) -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        f'<rootfile full-path="{root}"/></rootfiles></container>'
    )
    package = (
        f'{before}<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="{href}" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    return make_zip(
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("b.opf", package),
        ("a.xhtml", page),
        *more,
    )


def make_pdf(content: bytes, more: bytes = b"", catalog: bytes = b"", *others: bytes) -> bytes:
    """Return a PDF of one page, with `more` in its stream's dictionary, and other objects from 7 on."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), more, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
        *others,
    )
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + end


HELLO = b"BT /F1 10 Tf 72 700 Td (hello) Tj ET"
