"""Finding passages again in a text that was corrected elsewhere, and saying where that is not certain."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from qualcase.text.alignment import align

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.text.alignment import Alignment, Stretch

Span = tuple[int, int]

# Measured by benchmarks/anchors.py over 6,000 passages.
GATE = 0.95
_AKIN = 0.5
_LEAST = 0.3
_NEIGHBOURS = 3
_FEW_WORDS = 2
_ENOUGH_WORDS = 4
_MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage is in a new text: `placed`, or `review` where that is a person's to say.

    `start` and `end` are None where nothing was found; `similarity` is of the words, from 0 to 1, and
    `changed` says that they are not the same, white space aside.
    """

    start: int | None
    end: int | None
    state: str
    similarity: float
    changed: bool


LOST = Placement(None, None, "review", 0.0, changed=True)


def reanchor(old: str, new: str, spans: Sequence[Span], *, gate: float = GATE) -> tuple[Placement, ...]:
    """Return where each passage `[start, end)` of an old text is in a new one.

    By the difference between the two, with the ends brought to words; placed where at least 0.95 of the
    words' characters are the same (Indel similarity, or another `gate`) and nothing else could be meant.
    A passage that is not where the difference leads but stands once in either text was moved, and is placed.
    """
    alignment = align(old, new)
    return tuple(_place(alignment, span, gate) for span in spans)


def _place(alignment: Alignment, span: Span, gate: float) -> Placement:
    words = alignment.old.within(span)
    if words[0] == words[1]:
        return LOST
    found, certain = _follow(alignment, span, words)
    guess = LOST
    if found is not None:
        similarity, changed = _compare(alignment, span, found)
        settled = certain and not _is_torn(alignment, words) if changed else _is_settled(alignment, words)
        state = "placed" if settled and similarity >= gate else "review"
        guess = Placement(*found, state, similarity, changed) if similarity >= _LEAST else LOST
    if guess.state == "review" and (moved := _find_moved(alignment, span, words)) is not None:
        return Placement(*moved, "placed", 1.0, changed=False)
    return guess


def _compare(alignment: Alignment, span: Span, found: Span) -> tuple[float, bool]:
    """Return how much of two passages is the same, and whether their words differ at all."""
    before = " ".join(alignment.old.text[span[0] : span[1]].split())
    after = " ".join(alignment.new.text[found[0] : found[1]].split())
    return Indel.normalized_similarity(before, after), before != after


def _follow(alignment: Alignment, span: Span, words: Span) -> tuple[Span | None, bool]:
    """Return where the difference leads from a passage, and whether both ends are beyond doubt."""
    start, sure = _find_start(alignment, span, words)
    end, also_sure = _find_end(alignment, span, words)
    if start is None or end is None or start >= end:
        return None, False
    return (start, end), sure and also_sure


def _find_start(alignment: Alignment, span: Span, words: Span) -> tuple[int | None, bool]:
    first, last = words
    stretch = alignment.stretch_of(first)
    if stretch.same:
        return _start_in(alignment, span, first, stretch.new + first - stretch.old), True
    if stretch.old == first and stretch.old_end <= last and _replaces(alignment, stretch):
        return alignment.new.spans[stretch.new][0], True
    if stretch.old < first and (place := _find_letter(alignment, stretch, span, 0)) is not None:
        return place, True
    after = stretch.old_end
    image = alignment.image(after) if after < last else None
    if image is None:
        return None, False
    # The same marks stand at many ends: the difference may have kept another one than the passage's own.
    lost = after - first
    if alignment.new.forms[max(image - lost, 0) : image] == alignment.old.forms[first:after]:
        image -= lost
    # Of words put where some went, nobody can tell whether they are the passage's.
    return alignment.new.spans[image][0], stretch.new == stretch.new_end


def _find_end(alignment: Alignment, span: Span, words: Span) -> tuple[int | None, bool]:
    first, last = words
    stretch = alignment.stretch_of(last - 1)
    if stretch.same:
        return _end_in(alignment, span, last - 1, stretch.new + last - 1 - stretch.old), True
    if stretch.old_end == last and stretch.old >= first and _replaces(alignment, stretch):
        return alignment.new.spans[stretch.new_end - 1][1], True
    if stretch.old_end > last and (place := _find_letter(alignment, stretch, span, 1)) is not None:
        return place, True
    before = stretch.old - 1
    image = alignment.image(before) if before >= first else None
    if image is None:
        return None, False
    lost = last - stretch.old
    if alignment.new.forms[image + 1 : image + 1 + lost] == alignment.old.forms[stretch.old : last]:
        image += lost
    return alignment.new.spans[image][1], stretch.new == stretch.new_end


def _start_in(alignment: Alignment, span: Span, word: int, image: int) -> int:
    """Return where a passage begins that began in (or with blanks before) a word that is still there."""
    offset = span[0] - alignment.old.spans[word][0]
    place = alignment.new.spans[image][0]
    return place + offset if offset >= 0 else place - _blanks(alignment.new.text[:place][offset:][::-1])


def _end_in(alignment: Alignment, span: Span, word: int, image: int) -> int:
    offset = span[1] - alignment.old.spans[word][1]
    place = alignment.new.spans[image][1]
    return place + offset if offset <= 0 else place + _blanks(alignment.new.text[place : place + offset])


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _region(alignment: Alignment, stretch: Stretch) -> tuple[Span, Span]:
    """Return the characters of both texts that a stretch covers, from its first word to its last."""
    old, new = alignment.old.spans, alignment.new.spans
    before = (old[stretch.old][0], old[stretch.old_end - 1][1]) if stretch.old < stretch.old_end else (0, 0)
    after = (new[stretch.new][0], new[stretch.new_end - 1][1]) if stretch.new < stretch.new_end else (0, 0)
    return before, after


def _texts(alignment: Alignment, stretch: Stretch) -> tuple[str, str] | None:
    before, after = _region(alignment, stretch)
    if (
        before == (0, 0)
        or after == (0, 0)
        or max(before[1] - before[0], after[1] - after[0]) > _MOST_CHARACTERS
    ):
        return None
    return alignment.old.text[slice(*before)], alignment.new.text[slice(*after)]


def _replaces(alignment: Alignment, stretch: Stretch) -> bool:
    """Say whether words are the old ones in another spelling, or a few that took the place of a few."""
    texts = _texts(alignment, stretch)
    if texts is None:
        return False
    few = max(stretch.old_end - stretch.old, stretch.new_end - stretch.new) <= _FEW_WORDS
    return few or Indel.normalized_similarity(*texts) >= _AKIN


def _find_letter(alignment: Alignment, stretch: Stretch, span: Span, side: int) -> int | None:
    """Return where an end of a passage is that lies among changed words, found by their letters.

    `side` is 0 for the beginning and 1 for the end. An end between words stays between words.
    """
    texts = _texts(alignment, stretch)
    if texts is None or Indel.normalized_similarity(*texts) < _AKIN:
        return None
    (base, _), (new_base, _) = _region(alignment, stretch)
    kept = [op for op in Indel.opcodes(*texts) if op.tag == "equal"]
    wanted = span[side] - base
    if side == 0:
        found = next(
            (max(wanted, op.src_start) + op.dest_start - op.src_start for op in kept if op.src_end > wanted),
            None,
        )
    else:
        found = next(
            (
                min(wanted, op.src_end) + op.dest_start - op.src_start
                for op in reversed(kept)
                if op.src_start < wanted
            ),
            None,
        )
    return None if found is None else _to_words(alignment, span[side], new_base + found, side)


def _to_words(alignment: Alignment, old_place: int, place: int, side: int) -> int:
    """Return the end of the word that a place lies in, where the passage ended with a word before."""
    if any(word[side] == old_place for word in _around(alignment.old.spans, old_place)):
        for word in _around(alignment.new.spans, place):
            if word[0] < place < word[1]:
                return word[side]
    return place


def _around(spans: tuple[Span, ...], place: int) -> tuple[Span, ...]:
    index = bisect_left(spans, place, key=lambda word: word[1])
    return spans[index : index + 2]


def _is_settled(alignment: Alignment, words: Span) -> bool:
    """Say whether unchanged words can only be these: they stand once, or their neighbours are there too."""
    first, last = words
    line = f" {' '.join(alignment.old.forms[first:last])} "
    if alignment.old.count_line(line) == 1 == alignment.new.count_line(line):
        return True
    return _beside(alignment, first, -1) and _beside(alignment, last - 1, 1)


def _beside(alignment: Alignment, word: int, step: int) -> bool:
    image = _stand_in(alignment, word)
    for distance in range(step, step * (_NEIGHBOURS + 1), step):
        other = word + distance
        if not 0 <= other < len(alignment.old.spans):
            return image is not None and not 0 <= image + distance < len(alignment.new.spans)
        if image is None or _stand_in(alignment, other) != image + distance:
            return False
    return True


def _stand_in(alignment: Alignment, word: int) -> int | None:
    """Return the word that is this one, or stands in its place where as many were changed as there were."""
    stretch = alignment.stretch_of(word)
    if stretch.same or stretch.old_end - stretch.old == stretch.new_end - stretch.new <= _NEIGHBOURS:
        return stretch.new + word - stretch.old
    return None


def _find_moved(alignment: Alignment, span: Span, words: Span) -> Span | None:
    """Return where a passage stands now that stood once and stands once, as it was."""
    first, last = words
    line = f" {' '.join(alignment.old.forms[first:last])} "
    if last - first < _ENOUGH_WORDS or not alignment.old.count_line(line) == 1 == alignment.new.count_line(
        line
    ):
        return None
    image = alignment.new.line[: alignment.new.line.index(line)].count(" ")
    found = (
        _start_in(alignment, span, first, image),
        _end_in(alignment, span, last - 1, image + last - first - 1),
    )
    return None if _compare(alignment, span, found)[1] else found


def _is_torn(alignment: Alignment, words: Span) -> bool:
    """Say whether part of a passage now stands elsewhere, or part of another stands within it."""
    first, last = words
    for stretch in alignment.stretches:
        if stretch.same or stretch.old_end < first or stretch.old > last:
            continue
        gone = alignment.old.forms[max(stretch.old, first) : min(stretch.old_end, last)]
        come = alignment.new.forms[stretch.new : stretch.new_end] if first < stretch.old < last else ()
        if _stands_in(gone, alignment.new.line) or _stands_in(come, alignment.old.line):
            return True
    return False


def _stands_in(words: Sequence[str], line: str) -> bool:
    return len(words) >= _ENOUGH_WORDS and f" {' '.join(words)} " in line
