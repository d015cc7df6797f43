"""What questions about codes mean, and what answers to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.coding.frame import CodedData, CodingColumns, SpanColumns
from qualcase.coding.queries.errors import BadQueryError
from qualcase.coding.queries.evaluation import Evaluation, Names
from qualcase.coding.queries.filters import Filter
from qualcase.coding.queries.grammar import All, Any, CodeLeaf, Link, SetLeaf, read_question
from qualcase.coding.queries.hits import find_hits
from qualcase.coding.queries.spans import FAR, common, cover, make_spans
from qualcase.coding.queries.words import read_search
from qualcase.text.folding import fold_word, folded_spans, folded_words

TEXT = "aaaa bbbb. cccc dddd. eeee ffff. gggg hhhh. iiii jjjj."
SENTENCES = [(0, 10), (11, 21), (22, 32), (33, 43), (44, 54)]
TURNS = [(0, 21), (22, 43), (44, 54)]
# code, coder, source, start, end
CODINGS = [
    ("A", "Anna", 0, 0, 9),
    ("A", "Bo", 0, 0, 9),
    ("B", "Anna", 0, 5, 20),
    ("C", "Anna", 0, 33, 42),
    ("A", "Anna", 0, 44, 54),
    ("A", "Anna", 1, 0, 4),
    ("C", "Bo", 1, 11, 20),
    ("D", "Bo", 0, 21, 22),  # The blank between two sentences, which are also two turns.
    ("D", "Bo", 0, 22, 26),
]
CODES, CODERS = ("A", "B", "C", "D"), ("Anna", "Bo")


def columns(spans):
    rows = [(source, start, end) for source in (0, 1) for start, end in spans]
    source, start, end = np.array(rows, dtype=np.int64).T
    return SpanColumns(source, start, end, np.full(len(rows), -1))


@pytest.fixture
def data():
    code, coder, source, start, end = zip(*CODINGS, strict=True)
    codings = CodingColumns(
        uid=tuple(f"c{place}" for place in range(len(CODINGS))),
        source=np.array(source),
        start=np.array(start),
        end=np.array(end),
        code=np.array([CODES.index(name) for name in code]),
        coder=np.array([CODERS.index(name) for name in coder]),
    )
    return CodedData(
        sources=(),
        codebooks=(),
        codes=(),
        coders=CODERS,
        cases=(),
        speakers=(),
        voices=(),
        codings=codings,
        turns=columns(TURNS),
        sentences=columns(SENTENCES),
        texts={0: TEXT, 1: TEXT},
    )


def kept(data, one):
    if one.name == "coder":
        return data.codings.coder == CODERS.index(one.value)
    return data.codings.source == int(one.value.removeprefix("S"))


def places(leaf):
    if isinstance(leaf, SetLeaf):
        return frozenset({0, 1}) if leaf.name == "ab" else None
    return frozenset({0, 1, 2}) if leaf.subtree else frozenset({CODES.index(leaf.name)})


def answer(data, written):
    asked = Evaluation(lambda layer: data, Names(places, kept, lambda one: None))
    spans = asked.answer(read_question(written))
    return [
        (int(start // FAR), int(start % FAR), int(end - start // FAR * FAR))
        for start, end in zip(spans.start, spans.end, strict=True)
    ]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("A", [(0, 0, 9), (0, 44, 54), (1, 0, 4)]),
        ("A AND B", [(0, 5, 9)]),
        ("B A", [(0, 5, 9)]),
        ("B OR C", [(0, 5, 20), (0, 33, 42), (1, 11, 20)]),
        ("A NOT B", [(0, 44, 54), (1, 0, 4)]),
        ("A -B", [(0, 44, 54), (1, 0, 4)]),
        ("A AND NOT (B OR C)", [(0, 44, 54), (1, 0, 4)]),
        ("A OVERLAPS B", [(0, 0, 9)]),
        ("B OVERLAPS A", [(0, 5, 20)]),
        ("A WITHIN B", []),
        ("(A AND B) WITHIN A", [(0, 5, 9)]),
        ("A+ coder:Bo", [(0, 0, 9), (1, 11, 20)]),
        ("(A coder:Anna) AND (A coder:Bo)", [(0, 0, 9)]),
        ("A -coder:Anna", [(0, 0, 9)]),
        ("coder:Bo (A coder:Anna)", []),
        ("A coder:Anna coder:Bo source:S1", [(1, 0, 4)]),
        ("coder:Bo", [(0, 0, 9), (0, 21, 22), (0, 22, 26), (1, 11, 20)]),
        ("set:ab source:S0", [(0, 0, 9), (0, 5, 20), (0, 44, 54)]),
        ("A NEAR/0s B", [(0, 0, 9)]),
        ("B NEAR/1s C", []),
        ("B NEAR/2s C", [(0, 5, 20)]),
        ("B NEAR/2 C", [(0, 5, 20)]),
        ("B NEAR/1t C", [(0, 5, 20)]),
        ("B NEAR/0t C", []),
        ("B NEAR/2w C", [(0, 5, 20)]),
        ("B NEAR/1w C", []),
        ("C NEAR/0w A", [(0, 33, 42)]),
        ("A NEAR/1s C", [(0, 44, 54), (1, 0, 4)]),
        ("A FOLLOWED BY C", [(0, 0, 9), (1, 0, 4)]),
        ("A FOLLOWED BY/1s C", [(1, 0, 4)]),
        ("C FOLLOWED BY/0w A", [(0, 33, 42)]),
        ("A FOLLOWED BY A", [(0, 0, 9)]),
        ("B FOLLOWED BY B", []),
        ("A FOLLOWED BY C FOLLOWED BY A", [(0, 0, 9)]),
        # What lies in no sentence, turn or word has no distance, and hides nothing that has one.
        ("B FOLLOWED BY D", [(0, 5, 20)]),
        ("B FOLLOWED BY/1s D", [(0, 5, 20)]),
        ("B FOLLOWED BY/1t D", [(0, 5, 20)]),
        ("B FOLLOWED BY/0w D", [(0, 5, 20)]),
        ("B FOLLOWED BY/0s D", []),
        ("D FOLLOWED BY/1 C", [(0, 22, 26)]),
        ("D NEAR/1 C", [(0, 22, 26)]),
        # Passages of one code that overlap make one stretch, those that only touch stay apart.
        ("(A OR C) AND (A OR C)", [(0, 0, 9), (0, 33, 42), (0, 44, 54), (1, 0, 4), (1, 11, 20)]),
        ("(A OR B) AND (A OR B)", [(0, 0, 20), (0, 44, 54), (1, 0, 4)]),
        ("D D", [(0, 21, 22), (0, 22, 26)]),
        # A filter holds as far as the next OR.
        ("A OR C coder:Bo", [(0, 0, 9), (0, 44, 54), (1, 0, 4), (1, 11, 20)]),
        ("(A OR C) coder:Bo", [(0, 0, 9), (1, 11, 20)]),
    ],
)
def test_a_question_is_answered_by_just_these_passages(data, written, found):
    assert answer(data, written) == found


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("A OR B AND C", Any((CodeLeaf("A", 0), All((CodeLeaf("B", 5), CodeLeaf("C", 11)))))),
        (
            "A NEAR/5w B C",
            All((Link("near", CodeLeaf("A", 0), CodeLeaf("B", 10), 5, "w"), CodeLeaf("C", 12))),
        ),
        ('"Building trust"+', CodeLeaf("Building trust", 0, subtree=True)),
        ("KM+", CodeLeaf("KM", 0, subtree=True)),
        ("((A))", CodeLeaf("A", 2)),
        ("set:mine", SetLeaf("mine", 0)),
        ('"Own Role"="a b" A', All((CodeLeaf("A", 17),), (), (Filter("own role", "a b", 0, False, True),))),
        ('"1st"=2 A', All((CodeLeaf("A", 8),), (), (Filter("1st", "2", 0, False, True),))),
    ],
)
def test_relations_bind_before_and_and_and_before_or(written, meaning):
    assert read_question(written) == meaning


@pytest.mark.parametrize(
    ("written", "place", "part"),
    [
        ("", 0, "empty"),
        ("A AND", 5, "missing"),
        ("A AND AND B", 6, "missing"),
        ("AND A", 0, "missing"),
        ("A OR OR B", 5, "missing"),
        ("A (", 3, "missing"),
        ("A )", 2, "closes nothing"),
        ("(A", 0, "never closed"),
        ('"A', 0, "never closed"),
        ("A NEAR B", 2, "distance"),
        ("A NEAR/x B", 2, "not a distance"),
        ("A NEAR/5q B", 2, "not a distance"),
        ("A WITHIN/3 B", 2, "not a distance"),
        ("A FOLLOWED C", 11, "BY"),
        ("A BY C", 2, "FOLLOWED"),
        ("A NEAR/1s", 9, "missing"),
        ("A NEAR/1s coder:Anna", 10, "filter"),
        ("NOT A", 0, "wanted"),
        ("A codr:Anna", 2, "no filter"),
        ("A coder:", 2, "“coder:” has no value"),
        ("A Coder: Anna", 2, "“Coder:” has no value"),
        ("A coder:( B )", 2, "“coder:” has no value"),
        ('A "own role"="x', 13, "never closed"),
        ("+", 0, "missing"),
        ("A " * 300, 400, "200 codes"),
        ("(" * 51 + "A", 50, "deep"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_place(written, place, part):
    with pytest.raises(BadQueryError) as fault:
        read_question(written)
    assert part in fault.value.message
    assert fault.value.place == place


def test_the_caret_stands_under_the_place():
    with pytest.raises(BadQueryError) as fault:
        read_question("KM.TRUST AND AND 東京 B")
    shown, caret = fault.value.picture()
    assert shown[caret.index("^") :].startswith("AND 東京")


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12)


@given(spans, spans)
def test_what_two_have_in_common_is_what_each_character_says(one, other):
    left, right = ([(start, start + length) for start, length in part] for part in (one, other))
    both = common(*(make_spans(*np.array(part, dtype=np.int64).reshape(-1, 2).T) for part in (left, right)))
    covered = [{point for start, end in part for point in range(start, end)} for part in (left, right)]
    found = [point for start, end in zip(both.start, both.end, strict=True) for point in range(start, end)]
    assert sorted(found) == sorted(covered[0] & covered[1])


@given(spans)
def test_a_cover_shares_nothing_and_loses_nothing(one):
    pairs = [(start, start + length) for start, length in one]
    covered = cover(make_spans(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T))
    points = [
        point for start, end in zip(covered.start, covered.end, strict=True) for point in range(start, end)
    ]
    assert (
        sorted(set(points))
        == points
        == sorted({point for start, end in pairs for point in range(start, end)})
    )


words = st.lists(st.sampled_from("abc"), min_size=1, max_size=12)


@given(words, st.sampled_from(["a b", "a AND (b OR c)", '"a b"', "a OR c", "a b c", '"b c" a']))
def test_hits_are_the_shortest_stretches_that_hold_what_is_asked(said, written):
    text = " ".join(said)
    tree = read_search(written).tree
    hits = find_hits(tree, folded_spans(text))

    def holds(start, end):
        part = said[start:end]
        if written.startswith('"'):
            pair = list(written[1:4:2])
            return any(part[n : n + 2] == pair for n in range(len(part))) and (
                len(written) < 6 or "a" in part
            )
        if written == "a OR c":
            return "a" in part or "c" in part
        return "a" in part and (
            {"b", "c"} <= set(part)
            if written == "a b c"
            else "b" in part or ("c" in part and "OR" in written)
        )

    size = len(said)
    every = [(s, e) for s in range(size) for e in range(s + 1, size + 1) if holds(s, e)]
    least = [one for one in every if not any(o != one and o[0] >= one[0] and o[1] <= one[1] for o in every)]
    expected = []
    for start, end in sorted(least, key=lambda one: one[1]):
        if not expected or start * 2 >= expected[-1][1]:
            expected.append((start * 2, end * 2 - 1))
    assert hits == expected


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Ångström", "angstrom"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁrm", "firm"),
        ("łódź", "lodz"),
        ("e\u0301", "e"),
        ("½", "12"),
        ("\ufdfa", fold_word("\ufdfa")),
    ],
)
def test_case_accents_and_strokes_make_no_difference(word, folded):
    assert fold_word(word) == folded
    assert not any(letter.isspace() or letter == '"' for letter in fold_word(word))


@given(st.text(max_size=80))
def test_words_and_their_places_are_the_same_words(text):
    assert [word for _, _, word in folded_spans(text)] == folded_words(text)
    assert all(text[start:end] and not word.isspace() for start, end, word in folded_spans(text))
