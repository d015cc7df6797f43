from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText

TYPE = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("meta", "meta"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def make_odt(body: str, styles: str = "", mimetype: str | None = TYPE, **parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype is not None:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return data.getvalue()


def read(body: str, styles: str = "", **parts: str) -> DocumentText:
    return read_document("talk.odt", make_odt(body, styles, **parts))


def said(document: DocumentText) -> list[tuple[str | None, str]]:
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns]


def kinds(document: DocumentText) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


def test_blanks_tabs_and_line_breaks_are_elements() -> None:
    body = (
        "<text:p>one\n   two<text:s text:c='3'/>three<text:tab/>four<text:line-break/>five"
        "<text:s/><text:span>si</text:span>x<!-- not text --></text:p><text:p/>"
        "<text:p>seven<text:soft-page-break/> eight</text:p>"
    )
    assert read(body).text == "one two   three\tfour\nfive six\n\nseven eight"


def test_headings_lists_sections_and_frames_keep_their_order() -> None:
    body = (
        "<text:h text:outline-level='1'>Board</text:h><text:list><text:list-item><text:p>a</text:p>"
        "</text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>"
        "<text:section><text:p>c<draw:frame><draw:text-box><text:p>d</text:p></draw:text-box></draw:frame>"
        "</text:p></text:section>"
    )
    document = read(body)
    assert document.text == "Board\n\na\n\nb\n\nc\n\nd"
    assert kinds(document)["Board"] == "heading"


def test_a_table_of_turns_gives_rows_as_turns() -> None:
    rows = [("Start", "Speaker", "Text"), ("0:01", "Anna:", "How?"), ("0:09", "Ole:", "Well.")]
    table = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    document = read(f"<text:p>Talk</text:p><table:table>{table}</table:table>")
    assert said(document) == [("Anna", "How?"), ("Ole", "Well.")]
    assert (document.first_timestamp, document.turns[1].seconds) == ("0:01", 9)


def test_merged_cells_stand_once_and_repeated_ones_are_counted() -> None:
    body = (
        "<table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>a</text:p>"
        "</table:table-cell><table:covered-table-cell/></table:table-row><table:table-row>"
        "<table:table-cell table:number-columns-repeated='2'><text:p>b</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert read(body).text == "a\nb\tb"


def test_notes_and_comments_are_apparatus_after_the_text() -> None:
    body = (
        "<text:p>I: How<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A note: this.</text:p></text:note-body></text:note>?</text:p><text:p>P1: Well.</text:p>"
        "<text:p>I: And?<office:annotation><text:p>Check.</text:p></office:annotation></text:p>"
        "<text:p>P1: So.</text:p>"
    )
    document = read(body)
    assert said(document) == [("I", "How?"), ("P1", "Well."), ("I", "And?"), ("P1", "So.")]
    assert kinds(document) == {"A note: this.": "apparatus", "Check.": "apparatus"}


def test_what_a_tracked_change_deletes_is_left_out_with_a_word() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>kept <text:change-start/>added<text:change-end/></text:p>"
    )
    document = read(body)
    assert document.text == "kept added"
    assert "one place" in document.warnings[0]


def test_names_in_bold_are_labels() -> None:
    style = "<style:style style:name='B'><style:text-properties fo:font-weight='bold'/></style:style>"
    body = "".join(
        f"<text:p><text:span text:style-name='B'>{name}</text:span>{colon} {words}</text:p>"
        for name, colon, words in (
            ("Anna", ":", "How?"),
            ("Ole", "", "Well."),
            ("Anna", "", "And?"),
            ("Ole", ":", "So."),
        )
    )
    assert said(read(body, style)) == [("Anna", "How?"), ("Ole", "Well."), ("Anna", "And?"), ("Ole", "So.")]


def test_the_documents_own_properties_are_kept() -> None:
    meta = (
        f"<office:document-meta {NAMES} xmlns:dc='http://purl.org/dc/elements/1.1/'><office:meta>"
        "<dc:title>Board, third meeting</dc:title>"
        "<meta:creation-date>2019-02-04T10:00:00</meta:creation-date>"
        "</office:meta></office:document-meta>"
    )
    assert read("<text:p>x</text:p>", meta=meta).metadata == {
        "title": "Board, third meeting",
        "created": "2019-02-04",
    }


@pytest.mark.parametrize(
    "mimetype", [None, "application/zip", "application/vnd.oasis.opendocument.spreadsheet"]
)
def test_the_archive_must_say_that_it_is_a_text(mimetype: str | None) -> None:
    with pytest.raises(UnreadableFileError, match=r"talk\.odt cannot be read: its archive"):
        read_document("talk.odt", make_odt("<text:p>x</text:p>", mimetype=mimetype))


def test_a_password_is_told() -> None:
    manifest = (
        "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
        "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    )
    with pytest.raises(UnreadableFileError, match="password") as refused:
        read("<text:p>x</text:p>", **{"META-INF__manifest": manifest})
    assert "without a password" in (refused.value.hint or "")


@pytest.mark.shared
def test_a_real_interview_is_as_it_was_seen(shared: Path) -> None:
    """Seen in content.xml: a title, a legend, then thirteen paragraphs that begin I:, S1: or S2:."""
    path = shared / "data/corpora/real/derived/haski1_de.odt"
    document = read_document(path.name, path.read_bytes())
    speakers = [turn.speaker for turn in document.turns]
    assert len(speakers) == 13
    assert list(dict.fromkeys(speakers)) == ["I", "S2", "S1"]
    assert said(document)[0] == (
        "I",
        (
            "Wie gut fühlt ihr euch in Bezug auf die Klausur vorbereitet? "
            "Angenommen ihr würdet diese morgen schreiben?"
        ),
    )
    assert said(document)[-1][1].endswith("selber wirklich das komplette Diagramm zu zeichnen.")
    assert (
        "„okay, geh in die Richtung, du musst in der Richtung noch ein bisschen mehr erklären“"
        in document.text
    )
    assert list(kinds(document)) == [
        (
            "Interview with S1 and S2 - Anonymized German transcript of the statements "
            "with reference to NodeGrade"
        ),
        "(S = Student; I = Interviewer)",
    ]
