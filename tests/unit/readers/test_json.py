from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText

# Written down from the files themselves, with the counts made by other means, before the reader was run:
# file, turns, speakers in order of appearance, how the first turn begins, first and last time, a snippet.
SEEN: list[tuple[str, int, list[str], str, str | None, str | None, str]] = [
    (
        "aws_call_analytics.json", 37, ["AGENT", "CUSTOMER"],
        "Thank you for calling Anchor Credit Union, the number one choice for captains worldwide, how can I",
        "40", "181940", "Hi um Okay so I was at fisherman's terminal.",
    ),
    (
        "aws_channel_identification.json", 7, ["ch_1", "ch_0"], "She was gone out into the village",
        "0.49", "116.74", "instead of kites, fly falcons who, instead of obeying",
    ),
    (
        "aws_todayinfocus.json", 8, ["spk_0", "spk_1"], "Today the devastation of Cyclone e di one of",
        "5.24", "232.22", "this low flat area",
    ),
    (
        "bbc_dpe.json", 22, ["F_S12", "F_S10"], "There is a day. About ten years ago when", "13.02", "657.22",
        "groom's.",
    ),
    (
        "bbc_kaldi_segments.json", 73, ["S12", "S10"], "There is a day. About ten years ago when", "13.02",
        "702.17", "S12: It was a toy called plea.",
    ),
    (
        "ibm_watson_ted.json", 1, ["1"], "there is a day about ten years ago", "13.04", "13.04",
        "dinosaur robot upside down use this toy call the pleroma",
    ),
    (
        "speechmatics_ted.json", 11, ["F4", "F3", "F2"], "There was a day about 10 years", "13.05",
        "705.53", "upside down. It was this toy called the polio",
    ),
    (
        "qmsum_Bed003.json", 1029, ["Grad C", "Grad D", "Grad A", "Grad B"], "Nice .", None, None,
        "OK . Switching o",
    ),
]  # fmt: skip


def read(value: Any, speakers: str | None = None) -> DocumentText:
    return read_document("talk.json", json.dumps(value).encode(), speakers=speakers)


def said(document: DocumentText) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.timestamp, document.text[turn.start : turn.end]) for turn in document.turns]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "turns", "speakers", "first", "begin", "end", "snippet"), SEEN)
def test_a_real_transcript_is_as_it_was_seen(
    shared: Path,
    name: str,
    turns: int,
    speakers: list[str],
    first: str,
    begin: str | None,
    end: str | None,
    snippet: str,
) -> None:
    path = shared / "data/corpora/real/json" / name
    document = read_document(name, path.read_bytes())
    assert len(document.turns) == turns
    assert list(dict.fromkeys(turn.speaker for turn in document.turns)) == speakers
    assert document.text[document.turns[0].start :].startswith(first)
    assert (document.first_timestamp, document.last_timestamp) == (begin, end)
    assert snippet in document.text


@pytest.mark.shared
def test_no_word_of_a_recogniser_is_lost_or_moved(shared: Path) -> None:
    folder = shared / "data/corpora/real/json"
    kaldi = json.loads((folder / "bbc_kaldi_segments.json").read_bytes())["retval"]["punct"]
    aws = json.loads((folder / "aws_todayinfocus.json").read_bytes())["results"]["transcripts"][0][
        "transcript"
    ]
    for name, words in (("bbc_kaldi_segments.json", kaldi), ("aws_todayinfocus.json", aws)):
        document = read_document(name, (folder / name).read_bytes())
        spoken = " ".join(document.text[turn.start : turn.end] for turn in document.turns)
        assert spoken.split() == words.split()


@pytest.mark.shared
def test_a_parliament_keeps_its_names_and_parties(shared: Path) -> None:
    """276 items of 89 names, counted with other tools; every item is a turn, also of one speaker in a row."""
    path = shared / "data/corpora/real/json/qmsum_covid_4.json"
    document = read_document(path.name, path.read_bytes())
    names = {turn.speaker for turn in document.turns}
    assert (len(document.turns), len(names)) == (276, 89)
    assert "The Chair (Hon. Anthony Rota (NipissingTimiskaming, Lib.))" in names
    assert (
        document.text.endswith("The meeting is adjourned.") or "The Chair: Those are all the" in document.text
    )


@pytest.mark.shared
def test_a_meeting_checked_by_hand(shared: Path) -> None:
    corpora = shared / "data/corpora"
    expected = json.loads((corpora / "expected/qmsum_ES2004a.json.json").read_text(encoding="utf-8"))
    document = read_document("a.json", (corpora / expected["file"]).read_bytes())
    assert len(document.turns) == expected["turns"]
    assert list(dict.fromkeys(turn.speaker for turn in document.turns)) == expected["speakers"]
    first, *_, last = said(document)
    assert [first[0], first[2]] == list(expected["first_turn"].values())
    assert [last[0], last[2]] == list(expected["last_turn"].values())
    assert (document.first_timestamp, document.last_timestamp) == (None, None)
    assert expected["must_contain"] in document.text


def word(text: str, start: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "type": "pronunciation" if start else "punctuation",
        "alternatives": [{"content": text}],
        **({"start_time": start} if start else {}),
        **more,
    }


def test_amazon_with_speakers_at_the_words() -> None:
    items = [
        word("Well", "0.5", speaker_label="spk_0"),
        word(",", speaker_label="spk_0"),
        word("yes", "1.0", speaker_label="spk_0"),
        word("No", "2.0", speaker_label="spk_1"),
        word("."),
    ]
    document = read({"results": {"items": items, "language_code": "en-GB"}})
    assert document.text == "spk_0: Well, yes\nspk_1: No."
    assert [turn.seconds for turn in document.turns] == [0.5, 2.0]
    assert document.metadata == {"language": "en-GB"}


def test_amazon_without_speakers_is_one_run_of_nobody() -> None:
    document = read({"results": {"items": [word("Well", "0.5"), word("."), word("Yes", "1.0")]}})
    assert said(document) == [(None, "0.5", "Well. Yes")]


def test_amazon_channels_without_a_common_list() -> None:
    channels = [
        {"channel_label": "ch_0", "items": [word("Hello", "0.1"), word("."), word("Fine", "3.0")]},
        {"channel_label": "ch_1", "items": [word("Hi", "1.1"), word("!")]},
    ]
    document = read({"results": {"channel_labels": {"channels": channels}}})
    assert document.text == "ch_0: Hello.\nch_1: Hi!\nch_0: Fine"


def test_google_repeats_all_words_with_speakers_at_the_end() -> None:
    plain = [{"word": "Hello", "startTime": "0s"}, {"word": "there.", "startTime": "1.300s"}]
    told = [{**plain[0], "speakerTag": 1}, {**plain[1], "speakerTag": 2}]
    results = [
        {"alternatives": [{"transcript": "Hello there.", "words": plain}]},
        {"alternatives": [{"words": told}]},
    ]
    for value in ({"results": results}, {"response": {"results": results}}):
        assert said(read(value)) == [("1", "0s", "Hello"), ("2", "1.300s", "there.")]


def test_google_without_speakers_gives_results() -> None:
    results = [
        {"alternatives": [{"transcript": "Hello there.", "confidence": 0.9}], "languageCode": "en-us"},
        {"alternatives": [{"transcript": " How are you?"}], "resultEndTime": "4s"},
        {},
    ]
    assert said(read({"results": results})) == [(None, None, "Hello there."), (None, None, "How are you?")]


def test_google_batch_of_version_2() -> None:
    words = [
        {"startOffset": "0.100s", "word": "Ja,", "speakerLabel": "1"},
        {"startOffset": "0.400s", "word": "doch.", "speakerLabel": "1"},
    ]
    results = {"gs://b/a.wav": {"transcript": {"results": [{"alternatives": [{"words": words}]}]}}}
    assert said(read({"results": results})) == [("1", "0.100s", "Ja, doch.")]


def test_whisper_segments() -> None:
    segments = [
        {"id": 0, "start": 0.0, "end": 2.5, "text": " How did it begin?"},
        {"id": 1, "start": 2.5, "end": 4.0, "text": " Slowly."},
    ]
    document = read({"text": " How did it begin? Slowly.", "segments": segments, "language": "en"})
    assert said(document) == [(None, "0.0", "How did it begin?"), (None, "2.5", "Slowly.")]
    assert document.text == "How did it begin?\nSlowly."


def test_whisperx_names_speakers_at_segments_and_words() -> None:
    def spoken(text: str, start: float, speaker: str | None) -> dict[str, Any]:
        return {"word": text, "start": start, **({"speaker": speaker} if speaker else {})}

    segments = [
        {
            "start": 0.5,
            "text": "Well then.",
            "speaker": "SPEAKER_00",
            "words": [spoken("Well", 0.5, "SPEAKER_00")],
        },
        {
            "start": 3.0,
            "text": "Yes. Why 12?",
            "speaker": "SPEAKER_01",
            "words": [spoken("Yes.", 3.0, "SPEAKER_01"), spoken("Why", 4.0, "SPEAKER_00"), {"word": "12?"}],
        },
    ]
    assert (
        read({"segments": segments}).text == "SPEAKER_00: Well then.\nSPEAKER_01: Yes.\nSPEAKER_00: Why 12?"
    )


def test_words_of_whisper_alone_are_runs() -> None:
    words = [
        {"word": " Well", "start": 0.5, "speaker": "A"},
        {"word": ",", "start": 0.6, "speaker": "A"},
        {"word": " no", "start": 0.7, "speaker": "B"},
    ]
    assert said(read({"word_segments": words})) == [("A", "0.5", "Well,"), ("B", "0.7", "no")]


def test_kin_of_whisper() -> None:
    cpp = {"transcription": [{"timestamps": {"from": "00:00:01,500", "to": "00:00:02,000"}, "text": " Hei."}]}
    assert said(read(cpp)) == [(None, "00:00:01,500", "Hei.")]
    chunks = {"speakers": [{"speaker": "SPEAKER_00", "timestamp": [1.5, 2.0], "text": " Hei."}], "text": ""}
    assert said(read(chunks)) == [("SPEAKER_00", "1.5", "Hei.")]


def test_otter_names_its_speakers_in_a_list() -> None:
    speech = {
        "title": "Third talk",
        "speakers": [{"id": 7, "speaker_name": "Anna Berg"}],
        "transcripts": [
            {"transcript": "How then?", "start_offset": 1320, "speaker_id": 7},
            {"transcript": "Well.", "start_offset": 5000, "speaker_id": None, "label": "2"},
            {"transcript": "Oh.", "start_offset": 9000, "speaker_id": None},
        ],
    }
    for value in ({"speech": speech}, speech):
        document = read(value)
        assert said(document) == [
            ("Anna Berg", "1320", "How then?"),
            ("2", "5000", "Well."),
            (None, "9000", "Oh."),
        ]
        assert document.metadata == {"title": "Third talk"}


# Offsets of samples, of milliseconds, and of nothing that shows; the seconds of the second item.
OFFSETS = [
    ({"alignment": [{"word": "How", "start": 0, "end": 8.28}]}, (18240, 150720, 175680), 10.98),
    ({"alignment": [{"word": "How", "start": 0, "end": 58.8}]}, (132400, 191240, 200000), 200.0),
    ({"alignment": []}, (18240, 150720, 40743680), 2546.48),
    ({}, (18240, 150720, 2500000), 2500.0),
    ({}, (18240, 150720, 9_000), None),
]


@pytest.mark.parametrize(("item", "offsets", "seconds"), OFFSETS)
def test_otter_counts_in_what_its_words_or_its_length_show(
    item: dict[str, Any], offsets: tuple[int, int, int], seconds: float | None
) -> None:
    begin, end, second = offsets
    speech = {
        "duration": 2549,
        "transcripts": [
            {"transcript": "How?", "start_offset": begin, "end_offset": end, "label": "0",
             "speaker_model_label": "1", "speaker_id": None, **item},
            {"transcript": "Well.", "start_offset": second, "end_offset": second + 16_000, "label": "1",
             "speaker_model_label": "2", "speaker_id": None},
        ],
    }  # fmt: skip
    document = read({"status": "OK", "speech": speech})
    assert [speaker for speaker, _, _ in said(document)] == ["1", "2"]
    assert document.turns[1].timestamp == str(second)
    assert document.turns[1].seconds == (pytest.approx(seconds) if seconds else None)


def test_google_times_are_read_also_where_a_client_wrote_them_apart() -> None:
    words = [
        {"word": "How?", "startTime": {"seconds": "1", "nanos": 300000000}, "speakerTag": 1},
        {"word": "Well.", "startTime": {"seconds": "2"}, "speakerTag": 2},
        {"word": "So.", "startTime": {"nanos": 5000000}, "speakerTag": 1},
        {"word": "Yes.", "startTime": "3.200s", "speakerTag": 2},
    ]
    document = read({"results": [{"alternatives": [{"words": words}]}]})
    assert [(turn.timestamp, turn.seconds) for turn in document.turns] == [
        ("1.3s", 1.3), ("2s", 2.0), ("0.005s", 0.005), ("3.200s", 3.2),
    ]  # fmt: skip


def test_watson_names_speakers_beside_the_words() -> None:
    results = [
        {"alternatives": [{"transcript": "so ja ", "timestamps": [["so", 0.1, 0.3], ["ja", 0.4, 0.5]]}]}
    ]
    labels = [{"from": 0.1, "speaker": 0}, {"from": 0.4, "speaker": 2}]
    assert said(read({"results": results, "speaker_labels": labels})) == [
        ("0", "0.1", "so"),
        ("2", "0.4", "ja"),
    ]
    assert said(read({"results": results * 2}))[1] == (None, "0.1", "so ja")


def test_speechmatics_of_today() -> None:
    results = [
        {"type": "word", "start_time": 0.1, "alternatives": [{"content": "Well", "speaker": "S1"}]},
        {
            "type": "punctuation", "attaches_to": "previous", "start_time": 0.3,
            "alternatives": [{"content": ".", "speaker": "S1"}],
        },
        {"type": "word", "start_time": 0.8, "alternatives": [{"content": "Yes", "speaker": "S2"}]},
    ]  # fmt: skip
    assert said(read({"format": "2.9", "results": results})) == [("S1", "0.1", "Well."), ("S2", "0.8", "Yes")]


@pytest.mark.parametrize(
    "value",
    [
        [
            {"speaker": "Anna", "text": "How?"},
            {"speaker": "Anna", "text": "Why?"},
            {"speaker": "Ole", "text": " "},
        ],
        {
            "utterances": [
                {"speaker": {"name": "Anna"}, "content": "How?"},
                {"name": "Anna:", "message": "Why?"},
            ]
        },
    ],
)
def test_items_of_any_script(value: Any) -> None:
    assert said(read(value)) == [("Anna", None, "How?"), ("Anna", None, "Why?")]


def test_a_whole_number_is_no_time_in_seconds_and_a_clock_is() -> None:
    items = [
        {"text": "One", "start": 90},
        {"text": "Two", "start": 91.5},
        {"text": "Three", "start": "00:01:35"},
    ]
    document = read({"segments": [{"utterance": item["text"], "start": item["start"]} for item in items]})
    assert [(turn.timestamp, turn.seconds) for turn in document.turns] == [
        ("90", None),
        ("91.5", 91.5),
        ("00:01:35", 95.0),
    ]


def test_the_user_may_want_no_turns() -> None:
    document = read([{"speaker": "Anna", "text": "How?"}], speakers="none")
    assert (document.text, document.turns, len(document.blocks)) == ("Anna: How?", (), 1)


@pytest.mark.parametrize(
    "value", [{}, [], 3, "words", {"a": [1]}, [{"id": 1}], {"events": [{"title": "x"}]}, None]
)
def test_other_json_is_refused_with_a_way_out(value: Any) -> None:
    with pytest.raises(UnreadableFileError, match="no transcript in a form") as refused:
        read(value)
    assert refused.value.hint
