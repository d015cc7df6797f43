"""JSON built to hurt, and subtitles and JSON at random: one sentence, or a transcript."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.model.errors import QualcaseError
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.registry import read_document

HOSTILE = {
    "lone_surrogate": b'{"name":"\\ud800"}',
    "surrogate_in_words": b'[{"speaker":"A","text":"x\\udc00"}]',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep_objects": b'{"a":' * 500 + b"1" + b"}" * 500,
    "bigint": b'{"start":' + b"9" * 10_000 + b"}",
    "nan": b'{"start":NaN,"end":Infinity}',
    "minus_infinity": b'[{"speaker":"A","text":"x","start":-Infinity}]',
    "truncated": b'{"segments":[{"text":"Hello","sta',
    "not_json": b"WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n",
    "nul": b'[{"speaker":"A","text":"x\\u0000y"}]',
    "raw_nul": b'[{"speaker":"A","text":"x\0y"}]',
    "empty": b"",
    "wrong_bytes": b"\xff\xfe\xfd",
    "many_parts": b"[" + b"[]," * 1_100_000 + b"[]]",
    "oversized": b'["' + b"x" * (33 * 1024 * 1024) + b'"]',
    "xml_inside_a_json_name": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_json_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_document(f"{name}.json", HOSTILE[name])
    message = refused.value.message
    assert message.startswith(f"{name}.json cannot be read: ")
    assert message.endswith(".")
    assert "\n" not in message
    assert len(message) < 200


def test_an_emoji_written_as_a_pair_is_whole() -> None:
    assert read_document("a.json", b'[{"speaker":"A","text":"\\ud83d\\ude00"}]').text == "A: \U0001f600"


def test_active_content_is_only_text() -> None:
    words = "<script>alert(1)</script> =HYPERLINK(1) \x1b[2J \u202e"
    assert (
        read_document("a.json", json.dumps([{"speaker": "A", "text": words}]).encode()).text == f"A: {words}"
    )


def test_endless_numbers_are_no_times() -> None:
    data = b'[{"speaker":"A","text":"x","start":1e999},{"speaker":"A","text":"y","start":1.5e400}]'
    assert [turn.seconds for turn in read_document("a.json", data).turns] == [None, None]


KEY_LIST = """
results items alternatives type content speaker speaker_labels segments start end start_time text
words word punct retval segmentation paragraphs name time duration transcript Transcript
ParticipantRole Content channels channel_labels timestamps speech transcripts start_offset
meeting_transcripts chunks timestamp transcription from response
"""
KEYS = st.sampled_from(KEY_LIST.split())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["pronunciation", "punctuation", "word", "0.5", "spk_0", "."]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)  # fmt: skip


@given(value=VALUES)
def test_any_json_is_read_or_refused(value: object) -> None:
    read_or_refuse(json.dumps(value).encode("utf-8", "surrogatepass"))


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refuse(data)


def read_or_refuse(data: bytes) -> None:
    try:
        document = read_document("a.json", data)
    except QualcaseError as refused:
        assert refused.message.endswith(".")  # noqa: PT017 -- either outcome is promised
        return
    assert all(0 <= turn.start < turn.end <= len(document.text) for turn in document.turns)
