from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.pdf_glyphs import UNKNOWN, Glyph, _pair
from qualcase.readers.pdf_lines import find_segments
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText

HELVETICA = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
    b"/BaseEncoding /WinAnsiEncoding /Differences [1 /fi /ffi] >> >>"
)
SHAPES = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 1 /LastChar 2 "
    b"/Widths [1 1] /CharProcs << >> /Encoding << /Differences [1 /g1 /g2] >> >>"
)
FONTS = (
    HELVETICA,
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    SHAPES,
)


def at(x: float, y: float, text: str, font: str = "F1", size: float = 10) -> bytes:
    """Return the content that writes `text` at a place in points from the lower left corner."""
    data = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT /{font} {size} Tf {x} {y} Td ".encode() + b"(" + data + b") Tj ET\n"


def column(lines: list[str], x: float = 72, y: float = 700, pitch: float = 12) -> bytes:
    return b"".join(at(x, y - place * pitch, line) for place, line in enumerate(lines) if line)


def make_pdf(*pages: bytes, page: str = "", info: str = "", trailer: str = "") -> bytes:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *FONTS, f"<< {info} >>".encode()]
    kids = []
    for content in pages:
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {page} /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}] >>".encode()
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} "
            f"/Root 1 0 R /Info 6 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def read(*pages: bytes, speakers: str | None = None, page: str = "") -> DocumentText:
    return read_document("talk.pdf", make_pdf(*pages, page=page), speakers=speakers)


def said(document: DocumentText) -> list[tuple[str | None, str]]:
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns]


def apparatus(document: DocumentText) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "apparatus"]


# A line as wide as the page's text, which goes on in the next one.
LONG = "We met in the old mill by the river every second Monday of the month, and somebody always"
TALK = ["I: How?", f"P1: {LONG}", "came late.", "I: And?", "P1: So."]


def test_lines_of_a_paragraph_are_joined_and_short_ones_are_not() -> None:
    lines = ["Board of the mill", "17 River Road", "", f"{LONG}", f"{LONG}", "late."]
    assert read(column(lines)).text == f"Board of the mill\n17 River Road\n\n{LONG} {LONG} late."


def test_labels_open_turns_also_without_space_between_paragraphs() -> None:
    full = f"P1: {LONG}"
    document = read(column(["I: How?", full, "I: And?", full, "came late.", "I: Oh?", "P1: Yes."]))
    assert said(document) == [
        ("I", "How?"), ("P1", LONG), ("I", "And?"), ("P1", f"{LONG} came late."),
        ("I", "Oh?"), ("P1", "Yes."),
    ]  # fmt: skip


def test_the_order_is_that_of_the_page_not_of_the_file() -> None:
    lines = [at(72, 676, "three."), at(72, 700, f"{LONG} one"), at(72, 688, f"{LONG} two")]
    assert read(b"".join(lines)).text == f"{LONG} one {LONG} two three."


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left column, line {number}, with some more words" for number in range(12)]
    right = [f"right column, line {number}, with some more words" for number in range(12)]
    title = "A title that stands across both of the columns of this page here"
    document = read(at(150, 740, title) + column(left, 72) + column(right, 330))
    assert document.text.split() == f"{title} {' '.join(left)} {' '.join(right)}".split()


def test_names_in_a_column_of_their_own_stand_before_their_words() -> None:
    page = b"".join(
        at(72, 700 - 24 * n, name) + at(150, 700 - 24 * n, f"{words} {n}.")
        for n, (name, words) in enumerate([("Anna", "And how was it"), ("Ole", "Well, it went on for")] * 3)
    )
    document = read(page)
    assert [name for name, _ in said(document)] == ["Anna", "Ole"] * 3
    assert said(document)[1] == ("Ole", "Well, it went on for 1.")


def test_a_word_divided_at_a_line_end_is_joined_only_where_it_stands_whole_elsewhere() -> None:
    start = LONG[:70]
    lines = [f"Our cooperation. {start} coopera-", f"tion went on. {start} and the well-", "known mill."]
    text = read(column(lines)).text
    assert "cooperation went on." in text
    assert "the well-\nknown mill." in text
    upper = read(column([f"The Maltese. {LONG} Mal-", "Tese."])).text
    assert "Mal-\nTese." in upper


def test_ligatures_are_letters() -> None:
    assert read(at(72, 700, "\x01nd the o\x02ce")).text == "find the office"


def test_the_letters_of_a_wide_ligature_stay_in_their_word() -> None:
    places = [("o", 0, 6), ("f", 6, 17), ("f", 6, 17), ("i", 6, 17), ("c", 17, 22)]
    glyphs = [Glyph(sign, left, right, 0, 10, bold=False) for sign, left, right in places]
    assert [segment.text for segment in find_segments(glyphs)] == ["offic"]


def test_the_lines_of_the_left_column_are_joined_as_those_of_the_right() -> None:
    left = [
        *["The hall was cold that year and nobody", "came to sit in it but the sexton and all"] * 4,
        "his cats.",
    ]
    right = ["By the second winter there were forty-two", "of them, and they had rented the old dairy"] * 5
    text = read(column(left) + column(right, x=320)).text
    assert text.startswith(" ".join(left[:8]) + " his cats.\n")
    assert text.endswith(" ".join(right))


def test_a_hyphen_that_stays_does_not_end_its_paragraph() -> None:
    document = read(column([f"{LONG} well-", "known and", "", "late."]))
    assert "well-\nknown and" in [document.text[one.start : one.end][-15:] for one in document.blocks]


def test_page_headers_and_numbers_are_apparatus_outside_every_turn() -> None:
    def page(number: int, lines: list[str]) -> bytes:
        return at(72, 760, "Interview P03, wave 2") + column(lines) + at(300, 30, f"Page {number} of 3")

    document = read(page(1, TALK[:2]), page(2, TALK[2:4]), page(3, TALK[4:]))
    assert said(document) == [("I", "How?"), ("P1", f"{LONG} came late."), ("I", "And?"), ("P1", "So.")]
    assert apparatus(document) == [
        "Interview P03, wave 2", "Page 1 of 3", "Interview P03, wave 2",
        "Page 2 of 3", "Interview P03, wave 2", "Page 3 of 3",
    ]  # fmt: skip
    for turn in document.turns:
        for block in document.blocks:
            assert block.end <= turn.start or turn.end <= block.start


def test_a_line_that_only_looks_like_a_header_is_speech() -> None:
    pages = [
        column([f"P1: {word} it went on.", "I: Okay.", f"P1: {word}."], y=770)
        for word in ("Well", "So", "Then")
    ]
    document = read(*pages)
    assert len(document.turns) == 9
    assert apparatus(document) == []


def test_numbers_of_lines_in_the_margin_are_apparatus() -> None:
    lines = [line for line in TALK * 3 if line]
    numbers = column([str(number) for number in range(1, len(lines) + 1)], x=40)
    document = read(column(lines) + numbers)
    assert said(document) == [("I", "How?"), ("P1", f"{LONG} came late."), ("I", "And?"), ("P1", "So.")] * 3
    assert sorted(apparatus(document), key=int) == [str(number) for number in range(1, len(lines) + 1)]


def test_tape_counters_open_segments() -> None:
    page = b"".join(
        at(72, 700 - 36 * n, f"{n}.{10 + n}") + column([f"{LONG}?", "It did."], 108, 700 - 36 * n)
        for n in range(6)
    )
    document = read(page)
    assert [(turn.speaker, turn.timestamp) for turn in document.turns] == [
        (None, f"{n}.{10 + n}") for n in range(6)
    ]
    assert said(document)[5] == (None, f"{LONG}? It did.")


def test_numbers_that_mark_contributions_open_segments() -> None:
    page = b"".join(
        at(72, 700 - 36 * n, str(n + 1)) + column([LONG, f"late {n}."], 108, 700 - 36 * n) for n in range(6)
    )
    document = read(page)
    assert said(document) == [(None, f"{LONG} late {n}.") for n in range(6)]
    assert document.text.startswith("1\tWe met")


def test_a_heading_ends_a_counted_segment() -> None:
    page = b"".join(
        at(72, 700 - 36 * n, f"{n}.{10 + n}") + column([LONG, "late."], 108, 700 - 36 * n) for n in range(6)
    )
    document = read(page + at(72, 460, "After the tape", size=20) + column(["We had tea."], 108, 420))
    assert said(document)[5] == (None, f"{LONG} late.")
    assert [(b.kind, document.text[b.start : b.end]) for b in document.blocks] == [
        ("heading", "After the tape"), ("paragraph", "We had tea."),
    ]  # fmt: skip


def test_names_in_bold_are_labels_and_large_letters_headings() -> None:
    pairs = [("Anna", "How was it?"), ("Ole", "Well."), ("Anna", "And then?"), ("Ole", "So.")]
    page = at(72, 740, "The mill", size=20) + b"".join(
        at(72, 700 - 24 * n, name, "F2") + at(110, 700 - 24 * n, words)
        for n, (name, words) in enumerate(pairs)
    )
    document = read(page)
    assert said(document) == pairs
    assert [block.kind for block in document.blocks] == ["heading"]


def test_what_lies_outside_the_page_is_not_shown_and_not_read() -> None:
    assert read(at(72, 700, "seen") + at(72, -500, "unseen") + at(900, 700, "unseen")).text == "seen"


def test_text_that_runs_up_the_margin_is_apparatus() -> None:
    turned = b"BT /F1 10 Tf 0 1 -1 0 20 300 Tm (Draft of May) Tj ET\n"
    document = read(column([LONG, "late."]) + turned)
    assert document.text == f"{LONG} late.\n\nDraft of May"
    assert apparatus(document) == ["Draft of May"]


@pytest.mark.parametrize(
    ("matrix", "rotate"), [("0 1 -1 0 {y} 72", 90), ("0 -1 1 0 {x} 700", 270), ("-1 0 0 -1 540 {x}", 180)]
)
def test_a_turned_page_is_read_upright(matrix: str, rotate: int) -> None:
    lines = [LONG, "late."]
    content = b"".join(
        b"BT /F1 10 Tf %s Tm (%s) Tj ET\n"
        % (
            matrix.format(y=100 + 12 * n, x=400 - 12 * n if rotate == 270 else 200 + 12 * n).encode(),
            line.encode(),
        )
        for n, line in enumerate(lines)
    )
    assert read(content, page=f"/Rotate {rotate}").text == f"{LONG} late."


def test_a_character_in_two_halves_is_one() -> None:
    assert _pair(["a", "\ud83d", "\ude00", "\ude00", "\ud83d"]) == ["a", "😀", "", UNKNOWN, UNKNOWN]


def test_clipped_text_is_not_shown_and_not_read() -> None:
    clipped = b"q 50 600 500 150 re W n " + at(72, 700, "seen") + at(72, 500, "unseen") + b"Q "
    assert read(clipped + at(172, 500, "other")).text.split() == ["seen", "other"]


def test_properties() -> None:
    data = make_pdf(at(72, 700, "x"), info="/Title (Board) /Author (Anna) /CreationDate (D:20190204101500Z)")
    assert read_document("a.pdf", data).metadata == {
        "title": "Board", "author": "Anna", "created": "2019-02-04", "pages": "1",
    }  # fmt: skip


IMAGE = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match="scan without text") as refused:
        read(IMAGE)
    assert "OCR" in (refused.value.hint or "")
    with pytest.raises(UnreadableFileError, match="scan without text"):
        read(*(IMAGE + at(300, 30, f"{number}") for number in range(1, 5)))
    with pytest.raises(UnreadableFileError, match="no text"):
        read(b"")


def test_a_scanned_page_among_others_is_told() -> None:
    document = read(at(72, 700, "one"), IMAGE)
    assert document.text == "one"
    assert "without text" in document.warnings[0]
    assert document.warnings[0].endswith(": 2.")


def test_letters_that_stand_for_no_characters_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="stand for no characters"):
        read(at(72, 700, "\x01\x02\x01\x02", "F3"))


def test_an_encrypted_file_is_refused_with_what_to_do() -> None:
    locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>"
    data = make_pdf(at(72, 700, "x"), trailer=f"{locked} /ID [<00> <00>]")
    with pytest.raises(UnreadableFileError, match="encrypted") as refused:
        read_document("a.pdf", data)
    assert "password" in (refused.value.hint or "")


@pytest.mark.parametrize("data", [b"", b"<html>", b"PK\x03\x04", b"%PDF-1.7", b"%PDF-1.7\n" + b"\0" * 1000])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"a\.pdf cannot be read: .*\.$") as refused:
        read_document("a.pdf", data)
    assert refused.value.hint


def test_the_user_may_want_no_turns_or_other_labels() -> None:
    assert read(column(TALK), speakers="none").turns == ()
    assert {name for name, _ in said(read(column(TALK), speakers="P1"))} == {"P1"}


# (file, turns, first time, last time, first words, last words): seen on the rendered pages.
SEEN = [
    (
        "ws_camilleri.pdf", 64, "0.39", "31.24",
        "My name is Rita Camilleri. My address 17 Targo Road, Pendle Hill.",
        "'Let's get out of here , let's get out of here!'",
    ),
    (
        "ws_jeffery.pdf", 38, "0.25", "27.29",
        "My name is Dorothy Joan Jeffery. I live at 38 Julie Street, Blacktown.",
        "Well thank you very much.\n\nEND OF TAPE",
    ),
    (
        "pdpilot_P2.pdf", 165, None, None,
        "Okay. So now I just had, the last part is just an, I have some interview questions to ask you.",
        "Yes, let me remember where that button is.",
    ),
]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(("name", "turns", "begins", "ends", "first", "last"), SEEN)
def test_a_real_interview_is_as_it_was_seen(
    shared: Path, name: str, turns: int, begins: str | None, ends: str | None, first: str, last: str
) -> None:
    document = read_document(name, (shared / "data/corpora/real/pdf" / name).read_bytes())
    assert len(document.turns) == turns
    assert (document.first_timestamp, document.last_timestamp) == (begins, ends)
    assert said(document)[0][1].startswith(first)
    assert said(document)[-1][1].endswith(last)


@pytest.mark.shared
def test_numbers_in_a_real_margin_are_no_speech(shared: Path) -> None:
    """Seen: 1 beside the heading, 2 to 166 beside the labels, 1/8 to 8/8 at the foot; 81 times Dan."""
    path = shared / "data/corpora/real/pdf/pdpilot_P2.pdf"
    document = read_document(path.name, path.read_bytes())
    assert [name for name, _ in said(document)].count("Dan") == 81
    assert [name for name, _ in said(document)].count("Participant") == 84
    beside = apparatus(document)
    assert [word for word in beside if "/" in word] == [f"{number}/8" for number in range(1, 9)]
    assert [int(word) for word in beside if "/" not in word] == list(range(1, 167))
    assert "[" not in said(document)[0][1]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("pdf", "txt", "pdf_only", "txt_only"),
    [
        ("ws_camilleri", "ws_CAMILLERI_18OCT91_fromscan", ["–", "everybody’s"], ["–everybody’s"]),
        (
            "ws_jeffery", "ws_JEFFERY_10MAR92_corrected",
            ["2", "3", "4", "no-", "one", "5", "6", "7", "8"], ["no-one", "2"],
        ),
    ],
)  # fmt: skip
def test_pdf_and_text_of_one_interview_agree_word_by_word(
    shared: Path, pdf: str, txt: str, pdf_only: list[str], txt_only: list[str]
) -> None:
    """The differences are a dash at a line end, a word that is hyphenated there, and the page numbers."""
    folder = shared / "data/corpora/real"
    words = {
        suffix: read_document(f"a.{suffix}", (folder / suffix / f"{name}.{suffix}").read_bytes()).text.split()
        for suffix, name in (("pdf", pdf), ("txt", txt))
    }
    assert difference(words["pdf"], words["txt"]) == (pdf_only, txt_only)


def difference(first: list[str], second: list[str]) -> tuple[list[str], list[str]]:
    import difflib

    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    only_first: list[str] = []
    only_second: list[str] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            only_first += first[a:b]
            only_second += second[c:d]
    return only_first, only_second
