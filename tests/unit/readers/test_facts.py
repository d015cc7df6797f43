"""Real files against facts that were counted by hand, with other tools, before a reader saw them.

At first sight 18 of 24 matched. Five of the six others were the reader's faults, mended since (`mended`,
`corrected` in the file say how); of one the reader was wrong by two turns and the fact by one.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText, Turn

FACTS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "data/reader_facts.json").read_text(encoding="utf-8")
)


def named(document: DocumentText) -> Counter[str]:
    return Counter(turn.speaker for turn in document.turns if turn.speaker)


def begins(document: DocumentText, turn: Turn, fact: dict[str, str]) -> bool:
    """Whether a turn has the words and the speaker of the fact; blanks are counted as one."""
    words = " ".join(document.text[turn.start : turn.end].split())
    speaker = (turn.speaker or "").startswith(fact["speaker"] or "") and bool(turn.speaker) == bool(
        fact["speaker"]
    )
    return speaker and words.startswith(fact["opening"])


def spoken_words(document: DocumentText) -> int:
    return len(document.text.split())


def differences(document: DocumentText, fact: dict[str, Any]) -> dict[str, object]:
    """What the reader saw otherwise, by the name of the fact."""
    speakers = named(document)
    seen: dict[str, object] = {
        "turns": len(document.turns),
        "speakers": {name: speakers[name] for name in fact["speakers"]}
        if fact["speakers"]
        else dict(speakers),
        "speaker_count": len(speakers),
        "first_timestamp": document.first_timestamp,
        "last_timestamp": document.last_timestamp,
        "words": spoken_words(document),
        "encoding": document.encoding,
        "paragraphs": sum(1 for b in document.blocks if document.text[b.start : b.end].strip()),
    }
    wrong = {key: value for key, value in seen.items() if key in fact and fact[key] != value}
    if fact["speakers"] and "speaker_count" not in fact and len(speakers) != len(fact["speakers"]):
        wrong["other speakers"] = sorted(set(speakers) - set(fact["speakers"]))
    for key, place in (("first", 0), ("last", -1)):
        if key in fact and not (document.turns and begins(document, document.turns[place], fact[key])):
            wrong[key] = document.turns[place] if document.turns else None
    if fact["snippet"] not in document.text:
        wrong["snippet"] = fact["snippet"]
    if "utf8_fails_at" in fact and not any(
        f"{fact['utf8_fails_at']:,}" in w or str(fact["utf8_fails_at"]) in w for w in document.warnings
    ):
        wrong["utf8_fails_at"] = document.warnings
    return wrong


@pytest.mark.shared
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["file"].rpartition("/")[2])
def test_a_file_counted_by_hand_is_read_as_it_was_counted(shared: Path, fact: dict[str, Any]) -> None:
    path = shared / "data/corpora" / fact["file"]
    assert differences(read_document(path.name, path.read_bytes()), fact) == {}


def test_there_are_facts_for_more_than_twenty_files() -> None:
    assert len({fact["file"] for fact in FACTS}) == 24
    assert all(fact["counted"] and fact["snippet"] for fact in FACTS)
