"""A memo on words that nothing is coded on is found again where they stand."""

from __future__ import annotations

import pytest

from qualcase.tui.passage_memos import begin_memo, passage_of

TEXT = "We met at a fair.\nThere was little\ntrust at first. We met twice.\n"


@pytest.mark.parametrize("quote", ["We met at a fair.", "little\ntrust", "We met"])
def test_a_memo_leads_to_the_words_that_it_begins_with(quote):
    start = TEXT.index(quote)
    memo = begin_memo(quote, "S1", (start, start + len(quote))) + "Why is that?"
    assert passage_of(memo, TEXT) == (start, start + len(quote))


def test_after_a_correction_it_leads_to_the_same_words_and_nowhere_where_they_are_not_sure():
    start = TEXT.index("little")
    memo = begin_memo("little trust", "S1", (start, start + 12)) + "Why?"
    assert passage_of(memo, "Long before. " + TEXT) == (start + 13, start + 25)
    assert passage_of(memo, TEXT.replace("little", "no")) is None
    assert passage_of(begin_memo("We met", "S1", (5, 11)), TEXT) is None
    assert passage_of("“We met” and more", TEXT) is None


async def test_it_is_shown_where_the_selection_touches_its_words(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("j", "s", "m", *"why", "ctrl+s")
        assert "Memo written." in bench.status
        assert "Memos here" in bench.text_of("here")
        assert "Memos on this source" not in bench.text_of("here")
        await bench.press("w")
        assert "Memos here" in bench.text_of("here")
        await bench.press("end")
        assert "Memos here" not in bench.text_of("here")
        assert "Memos on this source" in bench.text_of("here")
