"""Measure how passages follow a corrected transcript: invented transcripts, edits of known effect, one seed.

Every character bears a number that goes with it through all edits, so that where a passage has gone is
known and not estimated. Run it for the table by kind of edit; the tests hold the totals.
"""

# ruff: noqa: PLR2004, SIM905 - shares and word lists are the recipe, and read best where they are used

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qualcase.text.anchors import reanchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qualcase.text.anchors import Placement

SEED, TRANSCRIPTS, SPANS = 20261122, 200, 30
NEW = -1  # the number of a character that nobody had written before

# One character and the number that it bears; a word keeps the blank after it.
Word = list[tuple[str, int]]
Sentence = list[Word]
Turn = list[Sentence]
Span = tuple[int, int]

COMMON = (
    "the of and to a in that it we was they is for you this with as on have be not there from or had by "
    "but what were when one all so my would their about which if out up no more them some then who like "
    "people network project firms trust knowledge members meeting group year time thing work idea goal "
    "leader workshop because really think know come made very before after between together again money"
).split()
FILLERS = ("Mm.", "Yes.", "Right.", "You know.", "I see.", "Exactly, yes.", "And then?", "How do you mean?")
LABELS = ("Interviewer", "Berit", "Tom", "Manager")
SYLLABLES = (
    "ba co di fe ga hu in jo ka lo mi nu or pe qui ra se ti ul ve wo ya zi sta tri ment ling ness".split()
)


@dataclass(frozen=True, slots=True)
class Case:
    """A transcript before and after its edits, its passages, and where each has really gone.

    A truth is the new span, None where nothing of the passage is left, or "split" where it was torn apart.
    """

    kind: str
    old: str
    new: str
    spans: tuple[Span, ...]
    truths: tuple[Span | str | None, ...]


def make_cases(seed: int = SEED, transcripts: int = TRANSCRIPTS, spans: int = SPANS) -> Iterator[Case]:
    """Yield edited transcripts, the kinds of edit in turn."""
    chance = random.Random(seed)
    vocabulary = [
        *COMMON * 6,
        *("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(600)),
    ]
    kinds = list(EDITS)
    for number in range(transcripts):
        kind = kinds[number % len(kinds)]
        turns = number_characters(make_transcript(chance, vocabulary))
        old = flat(turns)
        chosen = tuple(choose_span(chance, turns, len(old)) for _ in range(spans))
        EDITS[kind](chance, turns, vocabulary)
        yield Case(kind, text_of(old), text_of(flat(turns)), chosen, tuple(find_truths(flat(turns), chosen)))


def make_transcript(chance: random.Random, vocabulary: list[str]) -> list[list[list[str]]]:
    """Return turns of sentences of words, labels and line ends included."""
    speakers = ["Interviewer", chance.choice(LABELS[1:])]
    turns = []
    for number in range(chance.randint(40, 110)):
        label = [[f"{speakers[number % 2]}: "]]
        turns.append(label + [make_sentence(chance, vocabulary) for _ in range(chance.randint(1, 7))])
        turns[-1][-1][-1] = turns[-1][-1][-1].rstrip() + "\n\n"
    return turns


def make_sentence(chance: random.Random, vocabulary: list[str]) -> list[str]:
    """Return a sentence; one in six is something that people say all the time."""
    if chance.random() < 1 / 6:
        return [f"{word} " for word in chance.choice(FILLERS).split()]
    words = chance.choices(vocabulary, k=chance.randint(3, 26))
    words = [f"{word}," if chance.random() < 0.07 else word for word in words]
    words = [f"{word}-{chance.choice(COMMON)}" if chance.random() < 0.03 else word for word in words]
    return [f"{word} " for word in [words[0].capitalize(), *words[1:-1], words[-1].rstrip(",") + "."]]


def number_characters(turns: list[list[list[str]]]) -> list[Turn]:
    """Give every character its number."""
    count = iter(range(10**9))
    return [
        [[[(letter, next(count)) for letter in word] for word in sentence] for sentence in turn]
        for turn in turns
    ]


def flat(turns: list[Turn]) -> Word:
    """Return all characters in order."""
    return [pair for turn in turns for sentence in turn for word in sentence for pair in word]


def text_of(word: Word) -> str:
    """Return characters as text."""
    return "".join(letter for letter, _ in word)


def choose_span(chance: random.Random, turns: list[Turn], length: int) -> Span:
    """Return a passage as coders mark them: words, sentences, turns, now and then any stretch."""
    how = chance.random()
    if how < 0.06:
        start = chance.randrange(length - 200)
        return start, start + chance.randint(3, 200)
    turn = chance.randrange(len(turns))
    if how < 0.14:
        words = [
            word for part in turns[turn : turn + chance.randint(2, 3)] for line in part for word in line
        ][1:]
    elif how < 0.3:
        words = [word for sentence in turns[turn][1:] for word in sentence]
    elif how < 0.65:
        first = chance.randrange(1, len(turns[turn]))
        words = [word for sentence in turns[turn][first : first + chance.randint(1, 3)] for word in sentence]
    else:
        words = [word for sentence in turns[turn][1:] for word in sentence]
        first = chance.randrange(len(words))
        words = words[first : first + chance.randint(1, 15)]
    numbers = [number for word in words for letter, number in word if not letter.isspace()]
    return numbers[0], numbers[-1] + 1


def find_truths(now: Word, spans: tuple[Span, ...]) -> Iterator[Span | str | None]:
    """Yield where the characters of each passage are now."""
    places: dict[int, list[int]] = {}
    for place, (_, number) in enumerate(now):
        places.setdefault(number, []).append(place)
    for start, end in spans:
        there = [place for number in range(start, end) for place in places.get(number, ())]
        if not there:
            yield None
            continue
        first, last = min(there), max(there)
        strangers = any(number != NEW and not start <= number < end for _, number in now[first : last + 1])
        yield "split" if strangers else (first, last + 1)


def typed(word: str, over: Word) -> Word:
    """Return letters typed over others, whose numbers they take."""
    return [(letter, over[min(place, len(over) - 1)][1]) for place, letter in enumerate(word)]


def fresh(word: str) -> Word:
    """Return letters that nobody had written before."""
    return [(letter, NEW) for letter in word]


def fix_typos(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Swap, drop, double or replace a letter in some words."""
    del vocabulary
    share = chance.choice((0.005, 0.02, 0.05))
    for word in (word for turn in turns for sentence in turn[1:] for word in sentence):
        body = len(text_of(word).rstrip())
        if chance.random() < share and body > 2:
            place = chance.randrange(body - 1)
            letters = text_of(word[place : place + 2])
            made = chance.choice((letters[::-1], letters[0], letters[0] + letters, "x" + letters[1]))
            word[place : place + 2] = typed(made, word[place : place + 2])


def change_words(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Put words in and take words out."""
    share = chance.choice((0.003, 0.01, 0.03))
    for sentence in (sentence for turn in turns for sentence in turn[1:]):
        for place in range(len(sentence) - 2, 0, -1):
            if chance.random() < share:
                sentence.insert(place, fresh(f"{chance.choice(vocabulary)} "))
            elif chance.random() < share:
                del sentence[place]
            elif chance.random() < share / 2:
                other = f"{chance.choice(vocabulary)} "
                sentence[place] = typed(other, sentence[place])


def move_sentences(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Take sentences out of one turn and put them into another."""
    del vocabulary
    for _ in range(chance.randint(1, 8)):
        giver = chance.choice([turn for turn in turns if len(turn) > 3])
        moved = giver.pop(chance.randrange(1, len(giver) - 1))
        taker = chance.choice(turns)
        taker.insert(chance.randrange(1, len(taker)), moved)


def double_sentences(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Write a sentence a second time, beside it or elsewhere."""
    del vocabulary
    for _ in range(chance.randint(1, 8)):
        turn = chance.choice([turn for turn in turns if len(turn) > 2])
        place = chance.randrange(1, len(turn) - 1)
        copy = [fresh(text_of(word)) for word in turn[place]]
        other = turn if chance.random() < 0.4 else chance.choice(turns)
        beside = place + chance.randrange(2)
        other.insert(beside if other is turn else chance.randrange(1, len(other)), copy)


def cut_turns(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Leave out whole turns, or what ends one."""
    del vocabulary
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(turns))
        if chance.random() < 0.7 or len(turns[place]) < 4:
            del turns[place : place + chance.randint(1, 3)]
        else:
            del turns[place][2:-1]


def rename_speakers(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Call the speakers something else."""
    del vocabulary
    names = {label: chance.choice(("I", "P1", "Interviewer 2", "Dr Holm", "B.")) for label in LABELS}
    for turn in turns:
        word = turn[0][0]
        colon = text_of(word).index(":")
        word[:colon] = typed(names.get(text_of(word)[:colon], "P2"), word[:colon])


def change_spacing(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Wrap lines anew, double blanks, and take out or put in hyphens."""
    del vocabulary
    width, column, doubled = chance.choice((60, 76, 100)), 0, chance.random() < 0.3
    for word in (word for turn in turns for sentence in turn for word in sentence):
        text = text_of(word)
        column = column + len(text)
        if text.endswith(" ") and (column > width or (doubled and chance.random() < 0.1)):
            word[-1:] = typed("\n" if column > width else "  ", word[-1:])
            column = 0 if column > width else column
        elif "-" in text and chance.random() < 0.3:
            del word[text.index("-")]
        elif len(text) > 9 and chance.random() < 0.01:
            word.insert(len(text) // 2, ("-", NEW))


def change_all(chance: random.Random, turns: list[Turn], vocabulary: list[str]) -> None:
    """Make three kinds of edit, one after the other."""
    single = [edit for kind, edit in EDITS.items() if kind != "mixed"]
    for edit in chance.sample(single, 3):
        edit(chance, turns, vocabulary)


EDITS: dict[str, Callable[[random.Random, list[Turn], list[str]], None]] = {
    "typos fixed": fix_typos,
    "words changed": change_words,
    "sentences moved": move_sentences,
    "sentences doubled": double_sentences,
    "turns cut": cut_turns,
    "speakers renamed": rename_speakers,
    "white space and hyphens": change_spacing,
    "mixed": change_all,
}


def judge(truth: Span | str | None, found: Placement) -> str:
    """Return exact, wrong, near (within 2 characters of the truth) or review.

    A passage of which nothing is left is exact where no place was proposed for it.
    """
    if truth is None and found.start is None:
        return "exact"
    if found.state != "placed":
        return "review"
    if isinstance(truth, tuple) and found.start is not None and found.end is not None:
        off = max(abs(found.start - truth[0]), abs(found.end - truth[1]))
        return "exact" if off == 0 else "near" if off <= 2 else "wrong"
    return "wrong"


def count_all(cases: Iterator[Case]) -> dict[str, dict[str, int]]:
    """Return how many passages came to what, by kind of edit; `unflagged` are wrong with words unchanged."""
    counts: dict[str, dict[str, int]] = {}
    for case in cases:
        row = counts.setdefault(
            case.kind, dict.fromkeys(("spans", "exact", "near", "wrong", "review", "nod", "unflagged"), 0)
        )
        for truth, found in zip(case.truths, reanchor(case.old, case.new, case.spans), strict=True):
            verdict = judge(truth, found)
            row["spans"] += 1
            row[verdict] += 1
            row["nod"] += verdict == "exact" and found.changed
            row["unflagged"] += verdict in {"wrong", "near"} and not found.changed
    return counts


def main() -> None:
    """Print the table by kind of edit, in percent, and the time for one transcript."""
    cases = list(make_cases())
    began = time.process_time()
    counts = count_all(iter(cases))
    spent = time.process_time() - began
    heads = ("exact", "near", "wrong", "review", "nod", "unflagged")
    print(f"{'kind of edit':<26} {'spans':>6} " + " ".join(f"{head:>9}" for head in heads))
    total = {head: sum(row[head] for row in counts.values()) for head in ("spans", *heads)}
    for kind, row in {**counts, "all": total}.items():
        shares = " ".join(f"{100 * row[head] / row['spans']:>8.2f}%" for head in heads)
        print(f"{kind:<26} {row['spans']:>6} {shares}")
    size = sum(len(case.old) for case in cases) // len(cases)
    print(f"{1000 * spent / len(cases):.1f} ms a transcript of {size:,} characters and {SPANS} passages")


if __name__ == "__main__":
    main()
