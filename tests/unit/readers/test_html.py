from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText


def read(html: str, speakers: str | None = None) -> DocumentText:
    return read_document("talk.html", html.encode(), speakers=speakers)


def said(document: DocumentText) -> list[tuple[str | None, str]]:
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns]


def kinds(document: DocumentText) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a  b\n c</p><p>d<br>e <br/> f</p>", "a b c\n\nd\ne\nf"),
        ("one<div>two<span> th</span>ree</div>four", "one\n\ntwo three\n\nfour"),
        ("<p>a <b>b</b> <i>c</i>d</p>", "a b cd"),
        ("<pre>a\n  b</pre><p>\xa0c\xa0</p>", "a\n  b\n\n\xa0c\xa0"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<head><title>t</title><style>p{}</style></head><script>x</script><p>a<!-- no --></p>", "a"),
        ("<p>a</p><template>no</template><noscript>no</noscript><p hidden>no</p>", "a"),
        ("<p style='display: none'>no</p><p>a<svg><text>no</text></svg></p>", "a"),
        ("<p>&lt;[?]&gt; &lt;nick&gt; &amp;lt; &eacute; &#8217;</p>", "<[?]> <nick> &lt; é ’"),
        ("<p><[?]> 3 < 4 <nick> and <Anna Berg></p>", "<[?]> 3 < 4 <nick> and <Anna Berg>"),
        ("<p>a<foo>b</foo>c</p>", "abc"),
        ("<p>a<o:p></o:p><wbr>b</p>", "ab"),
        ("<table><tr><td>a<td>b<tr><td><p>c</p><p>d</p><td>e</table>", "a\tb\nc\nd\te"),
        ("<table><tr><td><h1>t</h1><p>a</p></td></tr></table>", "t\n\na"),
        ("<!DOCTYPE html [<!ENTITY a 'boo'>]><p>x</p>", "]>\n\nx"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_the_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert read(html).text == text


def test_labels_in_bold_open_turns() -> None:
    html = (
        "<h1>Talk</h1><p><strong>Anna Berg</strong>: How?</p><p><b>Ole:</b> Well.</p><p>And so on.</p>"
        "<p><b>Anna Berg</b>: And?</p><p><b>Ole:</b> So.</p><footer><p>Printed on Monday</p></footer>"
    )
    document = read(html)
    assert said(document) == [
        ("Anna Berg", "How?"), ("Ole", "Well.\n\nAnd so on."), ("Anna Berg", "And?"), ("Ole", "So."),
    ]  # fmt: skip
    assert kinds(document) == {"Talk": "heading", "Printed on Monday": "apparatus"}
    assert read(html, "none").turns == ()


def test_a_bold_word_in_the_margin_is_no_label() -> None:
    talk = "<p><b>Anna</b>: How?</p><p><b>Ole</b>: Well.</p>" * 2
    html = f"<nav><p><b>Home</b> and more</p></nav>{talk}<footer><p><b>Anna</b> wrote this</p></footer>"
    document = read(html)
    assert [name for name, _ in said(document)] == ["Anna", "Ole", "Anna", "Ole"]
    assert kinds(document) == {"Home and more": "apparatus", "Anna wrote this": "apparatus"}


def test_a_section_of_another_nature_ends_the_talk() -> None:
    talk = "<p>I: How?</p><p>P1: Well.</p><p>I: And?</p><p>P1: So.</p>"
    html = f"<section id='talk'>{talk}</section><section id='source'><p>Found here.</p></section>"
    assert said(read(html))[-1] == ("P1", "So.")
    pages = f"<section id='page1'>{talk}</section><section id='page2'><p>It went on.</p></section>"
    assert said(read(pages))[-1] == ("P1", "So.\n\nIt went on.")


def test_a_table_of_turns_gives_rows_as_turns() -> None:
    html = (
        "<table><caption>Talk</caption><thead><tr><th>Time<th>Speaker<th>Text</thead>"
        "<tr><td>0:01<td>Anna<td>How?<tr><td>0:09<td>Ole<td>Well.<br>Yes.</table>"
    )
    document = read(html)
    assert said(document) == [("Anna", "How?"), ("Ole", "Well.\nYes.")]
    assert document.text.startswith("Talk\n\n")
    assert document.last_timestamp == "0:09"


def test_a_chat_is_known_by_its_angle_brackets() -> None:
    lines = ("&lt;anna&gt; hi", "&lt;ole> hello", "<kari> good", "&lt;anna&gt; so")
    document = read("<pre>" + "\n".join(lines) + "</pre>")
    assert [name for name, _ in said(document)] == ["anna", "ole", "kari", "anna"]


def test_metadata() -> None:
    html = (
        "<title>A  talk</title><meta name=author content='Anna'><meta name='DC.date' content=2019-02-04><p>x"
    )
    assert read(html).metadata == {"title": "A talk", "author": "Anna", "date": "2019-02-04"}


PAGE = "<html><head>{}</head><p>Grüße — ja</p>"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAGE.format("").encode(), "utf-8"),
        (PAGE.format("").encode("cp1252"), "windows-1252"),
        (PAGE.format("<meta charset=iso-8859-1>").encode("cp1252"), "cp1252"),
        (PAGE.format("<meta http-equiv=x content='text/html; charset=cp1250'>").encode("cp1250"), "cp1250"),
        (b"<?xml version='1.0' encoding='cp1250'?>" + PAGE.format("").encode("cp1250"), "cp1250"),
        (PAGE.format("<meta charset=cp1250>").encode("utf-8-sig"), "utf-8"),
        (PAGE.format("<meta charset=cp1250>").encode("utf-16"), "utf-16-le"),
        (PAGE.format("<meta charset=utf-16>").encode(), "utf-8"),
        (PAGE.format("<meta charset=klingon>").encode(), "utf-8"),
        (PAGE.format("<meta charset=zlib>").encode(), "utf-8"),
    ],
)
def test_the_encoding_is_the_mark_then_the_page_then_by_sight(data: bytes, encoding: str) -> None:
    document = read_document("talk.html", data)
    assert (document.text, document.encoding) == ("Grüße — ja", encoding)


def test_a_page_that_is_wrong_about_itself_is_told() -> None:
    document = read_document("talk.html", PAGE.format("<meta charset=utf-8>").encode("cp1252"))
    assert document.text == "Grüße — ja"
    assert any("says that it is utf-8" in warning for warning in document.warnings)


@pytest.mark.parametrize("html", ["<p>a\0b</p>", "<p>a&#0;b\0</p>"])
def test_nul_is_refused(html: str) -> None:
    with pytest.raises(UnreadableFileError, match="NUL"):
        read(html)


def test_a_bold_name_that_begins_a_line_of_the_source_is_a_label_where_its_paragraph_was_forgotten() -> None:
    page = (
        "<p><b>Anna</b>: How?</p>\n<p><b>Ole</b>: I said [<b>Anna</b> laughs] well.\n <b>Anna</b>: And?</p>\n"
        "<b>Ole</b>: So.\n<b>Anna:</b> Yes.\n<b>Not</b> a name."
    )
    turns = said(read_document("a.html", page.encode()))
    assert [name for name, _ in turns] == ["Anna", "Ole", "Anna", "Ole", "Anna"]
    assert turns[1][1] == "I said [Anna laughs] well."


# (file, turns of each speaker, first words, last words): by <strong>, also without its <p>.
SEEN = [
    (
        "loc_fountain_hughes_1949.html",
        {"Fountain Hughes": 38, "Hermond Norwood": 37},
        "Talk to who?",
        "END OF TAPE",
    ),
    (
        "loc_harriet_smith_1941.html",
        {"Harriet Smith": 193, "John Henry Faulk": 192},
        "And you ask me any words you want to ask me about a slave, you know, back, and uh, I can remember.",
        "Yes, I, I don't know if my children ever seen any oxen.",
    ),
    (
        "loc_isom_moseley_1941.html",
        {"Isom Moseley": 17, "Robert Sonkin": 15},
        "My name is Isom Moseley. Raised up in old time without a mother.",
        "[END OF SIDE A]",
    ),
]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "speakers", "first", "last"), SEEN)
def test_a_real_page_is_as_it_was_seen(
    shared: Path, name: str, speakers: dict[str, int], first: str, last: str
) -> None:
    document = read_document(name, (shared / "data/corpora/real/html" / name).read_bytes())
    turns = said(document)
    assert {who: sum(who == speaker for speaker, _ in turns) for who in dict(turns)} == speakers
    assert turns[0][1].startswith(first)
    assert turns[-1][1].endswith(last)
    assert list(kinds(document).values()).count("heading") == 3
    assert kinds(document)[document.text.rpartition("\n")[2]] == "apparatus"
    assert not any(name == "Harriet Smith interrupts" for name, _ in turns)
