"""What holds of every text, whatever is in it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as some

from qualcase.readers.encodings import decode
from qualcase.readers.errors import BadSpeakersError, UnreadableFileError
from qualcase.readers.reader import RawFile
from qualcase.readers.registry import read_document
from qualcase.text.edtf import read_edtf
from qualcase.text.errors import BadDateError
from qualcase.text.matching import find_quote, first_difference
from qualcase.text.sentences import split_sentences
from qualcase.text.visible import make_visible
from qualcase.text.words import word_spans

TALK = some.text(alphabet="AIbe .:!?\n\t-*#[]<>0123(“”…é\u0301", max_size=300)
LINES = some.lists(
    some.sampled_from(
        ["I: How?", "P: Well.", "", "- point", "# Head", "**Anna:** yes", "**Ole:** no", "[00:10] A:",
         "0.12\tso", "<anna> hi", "12:00 <ole> ho", "Note: x", "---", "a\tb\tc", "Q. why", "  ",
         "Dr. No came. He left"]
    ),
    max_size=25,
).map("\n".join)  # fmt: skip
DATES = some.text(alphabet="0123456789-/.X~?%[]{}, 2", max_size=24)


@given(TALK | LINES)
def test_sentences_lie_within_their_spans_in_order_and_lose_nothing(text: str) -> None:
    half = len(text) // 2
    sentences = split_sentences(text, [(0, half), (half, len(text))])
    place = 0
    for sentence in sentences:
        assert place <= sentence.start < sentence.end
        assert sentence.end <= half or sentence.start >= half
        place = sentence.end
    kept = "".join(text[one.start : one.end] for one in sentences)
    assert "".join(kept.split()) == "".join(text.split())


@given(TALK)
def test_words_are_in_order_and_never_blank(text: str) -> None:
    place = 0
    for start, end in word_spans(text):
        assert place <= start < end
        assert not any(sign.isspace() for sign in text[start:end])
        place = end


@given(TALK, some.data())
def test_what_stands_in_a_text_is_found_however_it_is_wrapped(text: str, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(text)))
    end = data.draw(some.integers(start, len(text)))
    quote = text[start:end].strip()
    found = find_quote(text, "  \n ".join(quote.split()))
    if quote:
        assert any(" ".join(text[first:last].split()) == " ".join(quote.split()) for first, last in found)


@given(TALK, TALK)
def test_a_difference_lies_in_the_text(text: str, quote: str) -> None:
    offset, _, _ = first_difference(text, quote)
    assert 0 <= offset <= len(text)


@given(some.text(max_size=200))
def test_what_is_shown_has_the_same_length_and_can_be_printed(text: str) -> None:
    shown = make_visible(text)
    assert len(shown) == len(text)
    assert not any(ord(sign) < 0x20 and sign not in "\n\t" for sign in shown)


@given(DATES)
def test_a_date_is_bounds_in_order_or_a_refusal(text: str) -> None:
    try:
        bounds = read_edtf(text)
    except BadDateError:
        return
    assert bounds.earliest or bounds.latest
    assert not (bounds.earliest and bounds.latest) or bounds.earliest <= bounds.latest


@given(LINES | TALK | some.text(max_size=200), some.sampled_from([".txt", ".md"]))
def test_turns_and_blocks_never_overlap_and_the_text_stays(text: str, suffix: str) -> None:
    try:
        read = read_document(f"any{suffix}", text.encode("utf-8", "surrogatepass"))
    except UnreadableFileError:
        return
    parts = sorted(
        [(turn.start, turn.end) for turn in read.turns] + [(one.start, one.end) for one in read.blocks]
    )
    for (_, before), (after, end) in pairwise(parts):
        assert before <= after < end
    assert all(0 <= start < end <= len(read.text) for start, end in parts)


@example(text="I: yes", pattern="[2||")
@example(text="I: yes", pattern="[[I]")
@given(LINES, some.text(alphabet="IP|:()[]+*?.\\d {2,}^$", max_size=20))
def test_any_pattern_is_taken_or_refused(text: str, pattern: str) -> None:
    try:
        read = read_document("any.txt", text.encode(), speakers=pattern)
    except BadSpeakersError:
        return
    assert all(turn.speaker and turn.start < turn.end for turn in read.turns)


@given(some.text(alphabet="aé\r\n\ufeff", max_size=60), some.booleans())
def test_the_map_leads_every_character_back(text: str, marked: bool) -> None:
    original = ("\ufeff" if marked else "") + text
    decoded = decode(RawFile("any.txt", original.encode()))
    for offset, sign in enumerate(decoded.text):
        dropped = max((count for place, count in decoded.offsets if place <= offset), default=0)
        assert original[offset + dropped] == sign or (sign == "\n" and original[offset + dropped] == "\r")


@given(some.binary(max_size=200), some.sampled_from([".txt", ".md", ".docx", ".vtt", ".csv", ".tsv"]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        read = read_document(f"any{suffix}", data)
    except UnreadableFileError as refused:
        assert refused.message.endswith(".")  # noqa: PT017 -- a refusal is as good as a reading
    else:
        assert "\0" not in read.text


@given(some.text(alphabet='a,;"\n\t&<v >-:01\r', max_size=120), some.sampled_from([".csv", ".tsv", ".vtt"]))
def test_any_table_or_caption_is_read_or_refused(text: str, suffix: str) -> None:
    for head in ("", "speaker,text\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n"):
        try:
            read = read_document(f"any{suffix}", (head + text).encode())
        except UnreadableFileError:
            continue
        assert all(0 <= turn.start < turn.end <= len(read.text) for turn in read.turns)
