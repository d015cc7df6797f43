"""The readers on what researchers and committees really wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qualcase.readers.registry import read_document
from qualcase.text.language import detect_language

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText, Turn

EXPECTED = [
    "ws_JEFFERY_10MAR92_corrected.txt",
    "backstage-9.md",
    "w3c_irccloud.txt",
    "haski_interview1_de.docx",
]


def read(path: Path) -> DocumentText:
    return read_document(path.name, path.read_bytes())


def lines_of(text: str) -> str:
    """Lines trimmed and blank ones dropped, as the expected results were written down."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def as_expected(document: DocumentText, turn: Turn) -> dict[str, str | None]:
    return {"speaker": turn.speaker, "text": lines_of(document.text[turn.start : turn.end])}


@pytest.mark.shared
@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_checked_by_hand_comes_out_as_it_was_seen(shared: Path, name: str) -> None:
    corpora = shared / "data/corpora"
    expected = json.loads((corpora / f"expected/{name}.json").read_text(encoding="utf-8"))
    document = read(corpora / expected["file"])
    speakers = dict.fromkeys(turn.speaker for turn in document.turns if turn.speaker)
    assert len(document.turns) == expected["turns"]
    assert list(speakers) == expected["speakers"]
    assert as_expected(document, document.turns[0]) == expected["first_turn"]
    assert as_expected(document, document.turns[-1]) == expected["last_turn"]
    assert document.first_timestamp == expected["first_timestamp"]
    assert document.last_timestamp == expected["last_timestamp"]
    assert expected["must_contain"] in document.text


# (file, turns, speakers, language): counted in the files with other tools, or by eye.
SEEN = [
    ("real/txt/ws_NICCOL_EDITED.txt", 62, 0, "en"),
    ("real/txt/fwp_alabama_1_LONG.txt", 0, 0, "en"),
    ("real/md/bt_corallo.es.md", 0, 0, "es"),
    ("real/docx/haski_interview2_de.docx", 19, 3, "de"),
    ("real/docx/aws_bda_call.docx", 44, 2, "en"),
    ("real/csv/ws_transcripts_metadata.csv", 0, 0, "en"),
    ("real/vtt/webvttpy_captions_with_bom.vtt", 4, 0, None),
    ("real/vtt/webvttpy_comments.vtt", 3, 0, "sv"),
    ("real/vtt/webvttpy_cue_tags.vtt", 3, 0, None),
    ("real/vtt/webvttpy_missing_timeframe.vtt", 6, 0, None),
    ("real/vtt/webvttpy_non_padded_timestamps.vtt", 3, 2, None),
    ("real/vtt/webvttpy_regions.vtt", 2, 2, None),
    ("real/vtt/webvttpy_youtube_dl.vtt", 4, 0, None),
    ("derived/senedd_committee_teams.vtt", 229, 11, "en"),
    ("derived/haski1_de_cp1252.txt", 13, 3, "de"),
    ("derived/jeffery_cp1252_crlf.txt", 38, 0, "en"),
    ("derived/jeffery_utf16le_bom_crlf.txt", 38, 0, "en"),
    ("derived/jeffery_utf8bom_cr_only.txt", 38, 0, "en"),
]


@pytest.mark.shared
@pytest.mark.parametrize(("file", "turns", "speakers", "language"), SEEN)
def test_a_real_file_has_the_turns_that_are_in_it(
    shared: Path, file: str, turns: int, speakers: int, language: str | None
) -> None:
    corpora = shared / "data/corpora"
    path = corpora / file if (corpora / file).exists() else corpora / "real" / file
    document = read(path)
    assert len(document.turns) == turns
    assert len({turn.speaker for turn in document.turns} - {None}) == speakers
    assert detect_language(document.text) == language


@pytest.mark.shared
def test_three_encodings_of_one_interview_are_one_text(shared: Path) -> None:
    folder = shared / "data/corpora/real"
    texts = {read(path).text for path in sorted((folder / "derived").glob("jeffery_*.txt"))}
    texts.add(read(folder / "txt/ws_JEFFERY_10MAR92_corrected.txt").text)
    assert len(texts) == 1


@pytest.mark.shared
def test_minutes_have_no_turns_and_lose_no_word(shared: Path) -> None:
    files = sorted((shared / "data/corpora/openjs-cpc").glob("*.md"))
    assert len(files) == 213
    for path in files:
        document = read(path)
        assert document.turns == (), path.name
        kept = "".join(document.text[block.start : block.end] for block in document.blocks)
        assert "".join(kept.split()) == "".join(document.text.split()), path.name


@pytest.mark.shared
def test_papers_have_no_turns(shared: Path) -> None:
    files = sorted((shared / "literature").glob("*.txt"))
    assert files
    for path in files:
        document = read(path)
        assert document.turns == (), path.name
        assert document.text == path.read_bytes().decode().replace("\r\n", "\n").removeprefix("\ufeff")


@pytest.mark.shared
def test_bold_minutes_of_a_working_group_are_talk(shared: Path) -> None:
    document = read(shared / "data/corpora/real/md/w3c_2019-09-16-did.md")
    names = {turn.speaker for turn in document.turns}
    assert {"Daniel Burnett", "Charles 'chaals' (McCathie) Nevile", "Rong Chen"} <= names
    assert not names & {"Date", "Present", "Regrets", "Guests", "Chair", "Scribe(s)"}


@pytest.mark.shared
def test_a_panel_keeps_names_with_their_handles(shared: Path) -> None:
    document = read(shared / "data/corpora/real/md/bt_socratic_vaults.md")
    names = {turn.speaker for turn in document.turns}
    assert {"MF", "Michael Folkson (MF)", "openoms (O)"} <= names
    assert not any("announcement" in (name or "") for name in names)
