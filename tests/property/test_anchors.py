"""Anchors against a truth kept character by character, and over 6,000 passages of edited transcripts."""

from __future__ import annotations

import importlib.util
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.text.anchors import Edit, apply_edits, follow_edits, reanchor

LETTERS = st.text("ab \n.", max_size=6)
WORDS = st.lists(
    st.sampled_from(
        ["we", "met", "trust", "firms", "yes", "no", ".", ",", "\n", "the", "a", "of", "network"]
    ),
    max_size=40,
)


@st.composite
def edited(draw):
    """A text, some passages, and edits one after the other."""
    text = draw(st.text("abc \n", min_size=1, max_size=40))
    start = st.integers(0, len(text) - 1)
    spans = draw(
        st.lists(start.flatmap(lambda a: st.tuples(st.just(a), st.integers(a + 1, len(text)))), max_size=4)
    )
    edits, length = [], len(text)
    for _ in range(draw(st.integers(0, 6))):
        left = draw(st.integers(0, length))
        right = draw(st.integers(left, length))
        edits.append(Edit(left, right, draw(LETTERS)))
        length += len(edits[-1].replacement) - (right - left)
    return text, spans, edits


def follow_by_membership(text, span, edits):
    """Return where a passage is, by asking each character whether it belongs to it.

    What is typed over characters belongs if all of them did; what is put between two, if both did.
    """
    start, end = span
    belongs = [start <= place < end for place in range(len(text))]
    for edit in edits:
        if edit.start == edit.end:
            around = belongs[max(edit.start - 1, 0) : edit.start + 1]
            joins = 0 < edit.start < len(belongs) and all(around)
        else:
            joins = all(belongs[edit.start : edit.end])
        belongs[edit.start : edit.end] = [joins] * len(edit.replacement)
    if True not in belongs:
        return None
    first, last = belongs.index(True), len(belongs) - belongs[::-1].index(True)
    assert all(belongs[first:last])
    return first, last


@given(edited())
def test_typed_edits_are_followed_exactly(case):
    text, spans, edits = case
    assert len(apply_edits(text, edits)) == len(text) + sum(
        len(e.replacement) - (e.end - e.start) for e in edits
    )
    assert follow_edits(spans, edits) == tuple(follow_by_membership(text, span, edits) for span in spans)


@given(WORDS, WORDS, st.data())
def test_no_quote_changes_without_being_marked(old, new, data):
    old, new = " ".join(old), " ".join(new)
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    span = (start, data.draw(st.integers(start + 1, len(old))))
    (found,) = reanchor(old, new, [span])
    if found.state == "placed":
        assert 0 <= found.start < found.end <= len(new)
        same = old[slice(*span)].split() == new[found.start : found.end].split()
        assert same is not found.changed
    assert (found.start is None) is (found.end is None)


@given(WORDS)
def test_an_untouched_text_keeps_every_passage_that_has_words(words):
    text = " ".join(words)
    spans = [(a, b) for a in range(0, len(text), 3) for b in range(a + 1, len(text) + 1, 5)]
    for span, found in zip(spans, reanchor(text, text, spans), strict=True):
        if found.state == "placed":
            assert (found.start, found.end, found.changed) == (*span, False)
        else:
            assert not text[slice(*span)].strip()


@pytest.fixture(scope="module")
def counts(repo):
    """What became of 6,000 passages of 200 edited transcripts."""
    spec = importlib.util.spec_from_file_location("anchors_benchmark", repo / "benchmarks" / "anchors.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.count_all(module.make_cases())


def test_corrected_files_lose_almost_nothing_and_mislead_almost_never(counts):
    total = {
        head: sum(row[head] for row in counts.values())
        for head in ("spans", "exact", "near", "wrong", "unflagged")
    }
    assert total["spans"] == 6000
    assert total["exact"] / total["spans"] >= 0.95
    assert (total["wrong"] + total["near"]) / total["spans"] <= 0.005
    # What has other words than it had goes to review; these went without being marked.
    assert total["unflagged"] / total["spans"] <= 0.002


def test_no_kind_of_edit_is_left_behind(counts):
    assert len(counts) == 8
    for kind, row in counts.items():
        assert row["exact"] / row["spans"] >= 0.85, kind
        assert (row["wrong"] + row["near"]) / row["spans"] <= 0.012, kind
