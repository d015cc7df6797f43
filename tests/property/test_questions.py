"""Questions about codes against the plainest reading of their rules, passage by passage."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcase.coding.frame import CodedData, CodingColumns, SpanColumns
from qualcase.coding.queries.evaluation import Evaluation, Names
from qualcase.coding.queries.grammar import read_question
from qualcase.coding.queries.spans import FAR
from qualcase.text.words import word_spans

TEXT = "Ann: One two. Three — four five!\n\nBo: 六 seven's. … Eight.\n\nAnn: Nine ten"
SENTENCES = [(5, 13), (14, 32), (38, 48), (49, 50), (51, 57), (64, 72)]
TURNS = [(5, 32), (38, 57), (64, 72)]
UNITS = {"s": SENTENCES, "t": TURNS, "w": list(word_spans(TEXT))}
CODES = "ABC"

# Many touch, nest, or lie in what is no sentence, turn or word: a label, a dash, the blank lines between.
GAPS = [(0, 5), (0, 3), (13, 14), (20, 21), (32, 34), (34, 38), (48, 49), (57, 59), (59, 64)]
spans = st.sampled_from([*GAPS, *SENTENCES, *TURNS]) | st.tuples(
    st.integers(0, len(TEXT) - 1), st.integers(1, 40)
).map(lambda one: (one[0], min(len(TEXT), one[0] + one[1])))
codings = st.lists(st.tuples(st.sampled_from(CODES), spans), min_size=1, max_size=14)
relations = st.sampled_from(["OVERLAPS", "WITHIN", "FOLLOWED BY"]) | st.builds(
    lambda kind, most, unit: f"{kind}/{most}{unit}",
    st.sampled_from(["NEAR", "FOLLOWED BY"]), st.integers(0, 4), st.sampled_from("swt"),
)  # fmt: skip
trees = st.recursive(
    st.sampled_from(CODES),
    lambda tree: st.tuples(st.sampled_from(["AND", "OR", "NOT"]) | relations, tree, tree),
    max_leaves=6,
)


def written(tree):
    if isinstance(tree, str):
        return tree
    relation, left, right = tree
    return f"({written(left)} {relation} {written(right)})"


def shares(one, other):
    return max(one[0], other[0]) < min(one[1], other[1])


def covered(passages):
    """Return what passages cover; what only touches stays apart."""
    stretches = []
    for start, end in sorted(passages):
        if stretches and start < stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(end, stretches[-1][1])
        else:
            stretches.append((start, end))
    return stretches


def distance(one, other, unit):
    """Return how many words lie between, or how many sentences or turns further; None where it has none."""
    touched = [[n for n, part in enumerate(UNITS[unit]) if shares(part, span)] for span in (one, other)]
    if not all(touched):
        return None
    if unit != "w":
        return max(0, touched[1][0] - touched[0][-1], touched[0][0] - touched[1][-1])
    first, last = sorted((one, other))
    return sum(first[1] <= start and end <= last[0] for start, end in UNITS["w"])


def related(one, other, relation):
    name, _, most = relation.partition("/")
    if name == "OVERLAPS":
        return shares(one, other)
    if name == "WITHIN":
        return other[0] <= one[0] and one[1] <= other[1]
    if name == "FOLLOWED BY" and other[0] < one[1]:
        return False
    apart = distance(one, other, most[-1]) if most else 0
    return apart is not None and apart <= int(most[:-1] or 0 if most else 0)


def expected(tree, coded):
    if isinstance(tree, str):
        return {span for code, span in coded if code == tree}
    relation, left, right = tree[0], expected(tree[1], coded), expected(tree[2], coded)
    if relation == "OR":
        return left | right
    if relation == "AND":
        pairs = ((one, other) for one in covered(left) for other in covered(right) if shares(one, other))
        return {(max(one[0], other[0]), min(one[1], other[1])) for one, other in pairs}
    if relation == "NOT":
        return {one for one in left if not any(shares(one, other) for other in right)}
    return {one for one in left if any(related(one, other, relation) for other in right)}


def columns(parts):
    start, end = np.array(parts, dtype=np.int64).T
    return SpanColumns(np.zeros(len(parts), dtype=np.int64), start, end, np.full(len(parts), -1))


def answer(question, coded):
    code, span = zip(*sorted(coded, key=lambda one: one[1]), strict=True)
    start, end = np.array(span, dtype=np.int64).T
    data = CodedData(
        sources=(), codebooks=(), codes=(), coders=(), cases=(), speakers=(), voices=(),
        codings=CodingColumns(
            uid=tuple(f"c{place}" for place in range(len(coded))), source=start * 0, start=start, end=end,
            code=np.array([CODES.index(name) for name in code]),
        ),
        turns=columns(TURNS), sentences=columns(SENTENCES), texts={0: TEXT},
    )  # fmt: skip
    names = Names(lambda leaf: frozenset({CODES.index(leaf.name)}), lambda _, __: None, lambda _: None)
    found = Evaluation(lambda _: data, names).answer(read_question(question))
    assert not (found.start // FAR).any()
    return list(zip(found.start.tolist(), found.end.tolist(), strict=True))


@given(codings, trees)
def test_an_answer_is_what_the_rules_say_passage_by_passage(coded, tree):
    assert answer(written(tree), coded) == sorted(expected(tree, coded))
