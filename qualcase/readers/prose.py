"""Running text of any format: a chat, a table, labelled prose, counted segments, or none of these."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.chat import find_chat
from qualcase.readers.columns import find_columns
from qualcase.readers.endings import without_endings
from qualcase.readers.labels import Labelling, find_labelling
from qualcase.readers.messages import find_messages
from qualcase.readers.paragraphs import fill_between, is_wrapped, line_kind, split_lines
from qualcase.readers.segments import find_segments
from qualcase.readers.speaker_pattern import labels_by_pattern
from qualcase.readers.structure import Structure, make_turn
from qualcase.readers.talk_signs import tell_doubt, tell_passed_over, tell_style, tell_talk, tell_unmatched
from qualcase.readers.timestamps import bracketed_times, to_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.label_lines import Label
    from qualcase.readers.paragraphs import Line

_VOICE_END = "</v>"


def structure_prose(
    text: str,
    speakers: str | None,
    *,
    markdown: bool = False,
    fixed: Sequence[Block] = (),
    bold_runs: Sequence[Label] = (),
) -> Structure:
    """Return the turns and blocks of running text.

    `speakers` is the user's pattern for labels, or "none". `fixed` are blocks that a format knows of itself
    (front matter, Word's headings): no turn reaches into them. `bold_runs` are names in bold without a colon.
    """
    lines = split_lines(text)
    free = _outside(lines, fixed)
    if speakers and speakers.casefold() == "none":
        return _paragraphs(lines, fixed, markdown=markdown)
    if speakers:
        labels = tuple(labels_by_pattern(speakers, free))
        wanted = _labelled(text, lines, Labelling(labels), fixed, markdown=markdown)
        return wanted if labels else replace(wanted, warnings=tell_unmatched())
    if found := find_chat(text, lines) or find_messages(text, lines) or find_columns(text, lines):
        return found
    labelling = find_labelling(free, bold_runs)
    if labelling and not labelling.doubtful:
        return _labelled(text, lines, labelling, fixed, markdown=markdown)
    if found := find_segments(text, free):
        blocks = fill_between(lines, found.turns, fixed, wrapped=is_wrapped(lines), markdown=markdown)
        return Structure(found.turns, blocks, found.times, found.warnings)
    warnings = tell_doubt(labelling) if labelling else tell_talk(free)
    return _paragraphs(lines, fixed, markdown=markdown, warnings=warnings)


def _outside(lines: Sequence[Line], fixed: Sequence[Block]) -> list[Line]:
    """Return the lines that no fixed block covers."""
    covered = sorted((block.start, block.end) for block in fixed)
    free, place = [], 0
    for line in lines:
        while place < len(covered) and covered[place][1] <= line.start:
            place += 1
        if place == len(covered) or covered[place][0] >= line.end:
            free.append(line)
    return free


def _paragraphs(
    lines: Sequence[Line], fixed: Sequence[Block], *, markdown: bool, warnings: tuple[str, ...] = ()
) -> Structure:
    blocks = fill_between(lines, (), fixed, wrapped=is_wrapped(lines), markdown=markdown)
    return Structure(blocks=blocks, warnings=warnings)


def _labelled(
    text: str, lines: Sequence[Line], labelling: Labelling, fixed: Sequence[Block], *, markdown: bool
) -> Structure:
    markers = [Block(line.start, line.end, "apparatus") for line in labelling.markers]
    blocks = [*fixed, *markers]
    headings = [line.start for line in lines if markdown and line_kind(line) != "paragraph"]
    stops = sorted(
        [label.start for label in labelling.labels]
        + [block.start for block in blocks]
        + headings
        + [len(text)]
    )
    turns, closing = without_endings(text, _turns(text, labelling.labels, stops), lines)
    blocks += closing
    filled = fill_between(lines, turns, blocks, wrapped=is_wrapped(lines), markdown=markdown)
    labelled = _label_lines(text, labelling.labels)
    unlabelled = tuple(block for block in filled if block.start not in labelled)
    warnings = tell_style(labelling) + tell_passed_over(labelling)
    return Structure(tuple(turns), unlabelled, _times(text, turns), warnings)


def _label_lines(text: str, labels: Sequence[Label]) -> set[int]:
    """Return where the lines of labels begin: of the name, and of a time stamp above it."""
    named = (text.rfind("\n", label.start, label.speech) + 1 for label in labels)
    return {label.start for label in labels} | {start for start in named if start}


def _turns(text: str, labels: Sequence[Label], stops: Sequence[int]) -> list[Turn]:
    """Return a turn for each label: what is said from it to the next label, heading or marker."""
    turns, place = [], 0
    for label in labels:
        while stops[place] <= label.start:
            place += 1
        end = _without_end_tag(text, label, stops[place])
        turn = make_turn(text, label.speech, end, label.name, label.timestamp, to_seconds(label.timestamp))
        if turn:
            turns.append(turn)
    return turns


def _without_end_tag(text: str, label: Label, end: int) -> int:
    """Return where the speech of a `<v Name>` ends: before its `</v>`, where that closes it."""
    if label.style != "voice":
        return end
    said = text[label.speech : end].rstrip()
    return label.speech + len(said.removesuffix(_VOICE_END))


def _times(text: str, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the stamps of labels and those in brackets anywhere, in the order of the text."""
    stamped = [(turn.start, turn.timestamp) for turn in turns if turn.timestamp]
    return tuple(time for _, time in sorted(stamped + bracketed_times(text)))
