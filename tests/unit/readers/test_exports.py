"""Transcripts as programs for transcription write them out, and as people type them in many places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualcase.readers.registry import read_document
from qualcase.readers.timestamps import bare_time, to_seconds

DATA = Path(__file__).parents[2] / "data"


def cases(name: str) -> dict[str, tuple[str, list[str]]]:
    """Return each file of a collection, and its turns as "speaker | time stamp | speech"."""
    parts = re.split(r"^=== (.+)\n", (DATA / name).read_text(), flags=re.MULTILINE)[1:]
    halves = ((title, *body.split("=>\n")) for title, body in zip(parts[::2], parts[1::2], strict=True))
    return {title: (text, turns.strip("\n").split("\n")) for title, text, turns in halves}


TRANSCRIPTS, CHATS, NO_TALK = (cases(f"{name}.txt") for name in ("transcripts", "chats", "no_talk"))


def said(text: str, name: str = "a.txt") -> list[str]:
    document = read_document(name, text.encode())
    assert document.text == text
    return [
        f"{turn.speaker or '-'} | {turn.timestamp or '-'} | {' '.join(text[turn.start : turn.end].split())}"
        for turn in document.turns
    ]


@pytest.mark.parametrize("kind", TRANSCRIPTS)
def test_a_transcript_has_the_turns_it_marks(kind: str) -> None:
    text, turns = TRANSCRIPTS[kind]
    assert said(text, "a.md" if "**" in text else "a.txt") == turns


@pytest.mark.parametrize("kind", CHATS)
def test_a_message_goes_on_to_the_next_and_what_nobody_sent_is_no_turn(kind: str) -> None:
    text, turns = CHATS[kind]
    assert said(text) == turns


def test_what_nobody_sent_is_apparatus_with_its_place() -> None:
    text = CHATS["WhatsApp, Android"][0]
    first = read_document("a.txt", text.encode()).blocks[0]
    assert (first.kind, text[first.start : first.end].startswith("12.03.24, 09:14 - Nachr")) == (
        "apparatus",
        True,
    )


def test_a_chat_counts_its_seconds_within_the_first_day_alone() -> None:
    text = "3/4/24, 11:59 PM - A: x\n3/4/24, 11:59:30 PM - B: y\n3/5/24, 12:01 AM - A: z\n"
    assert [turn.seconds for turn in read_document("a.txt", text.encode()).turns] == [0.0, 30.0, None]


@pytest.mark.parametrize("kind", NO_TALK)
def test_what_only_looks_like_talk_has_no_turns(kind: str) -> None:
    assert said(NO_TALK[kind][0]) == []


def test_the_head_of_a_page_is_apparatus_behind_the_turn_it_ends() -> None:
    text = TRANSCRIPTS["heads of pages"][0]
    document = read_document("a.txt", text.encode())
    heads = [text[one.start : one.end] for one in document.blocks if one.kind == "apparatus"]
    assert heads == ["Valley     Page 2", "Valley     Page 3"]


def test_facts_at_the_head_are_nobodys_words_in_paragraphs_of_their_own_too() -> None:
    facts = "Datum: 3.5.2018\n\nInterviewer: Max Weber\n\nBefragte: Frau L.\n\n"
    talk = "I: Los.\n\nB: Gern. Also: ja.\n\nI: Wie?\n\nB: Neun.\n\nI: Ja?\n\nB: Ja.\n"
    assert [turn[0] for turn in said(facts + talk)] == ["I", "B", "I", "B", "I", "B"]


def test_a_log_is_read_as_text() -> None:
    text, turns = CHATS["IRC, a log"]
    assert said(text, "hall.log") == turns


@pytest.mark.parametrize(
    ("stamp", "time", "seconds"),
    [
        ("#00:01:07-3#", "00:01:07-3", 67.3),
        ("[00:01 - 00:07]", "00:01", 1.0),
        ("(9:41 p.m.)", "9:41 p.m.", 78060.0),
        ("12:05 AM", "12:05 AM", 300.0),
        ("01:00:03:12", "01:00:03:12", 3603.0),
        ("[00:00:01,500]", "00:00:01,500", 1.5),
    ],
)
def test_a_time_is_as_written_and_as_seconds(stamp: str, time: str, seconds: float) -> None:
    assert bare_time(stamp) == time
    assert to_seconds(time) == seconds
