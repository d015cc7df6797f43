"""What a search finds portion by portion is all that there is, in order, and cut out of its text exactly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert

from qualcase.coding.queries.words import read_search
from qualcase.storage import sqlite
from qualcase.storage.reading import passages
from qualcase.storage.reading.passages import Finder, read_extracts
from qualcase.storage.schema import material, metadata, retrieval
from qualcase.storage.search import index_text


def connected(texts):
    """A connection to an index of these texts by key, each word of them a passage of its own."""
    engine = create_engine("sqlite://", module=sqlite.driver)
    connection = engine.connect()
    tables = (material.content, material.text_version, retrieval.segment)
    metadata.create_all(connection, tables=[one for one in metadata.sorted_tables if one in tables])
    connection.exec_driver_sql(sqlite.WORD_INDEX)
    for key, text in texts.items():
        common = {"id": key, "uid": f"{key:026}", "clock": 1, "writer": "0" * 26}
        facts = {"number": 1, "structure": "", "words": 1, "characters": len(text), "sha256": str(key)}
        connection.execute(insert(material.content), {"sha256": str(key), "text": text})
        connection.execute(insert(material.text_version), {**common, **facts, "source_id": 1})
        ends = [place + 1 for place, letter in enumerate(text) if letter == " "]
        index_text(connection, key, text, zip(ends, ends, strict=True), ())
    return connection


@settings(max_examples=40)
@pytest.mark.parametrize("most_runs", [0, 64])
@given(order=st.permutations(range(1, 7)).flatmap(lambda keys: st.integers(0, 6).map(lambda n: keys[:n])),
       most=st.integers(1, 5))  # fmt: skip
def test_portions_together_are_all_passages_in_the_order_of_the_texts(most_runs, order, most):
    texts = {key: "gold " * (key % 4) + "lead gold" for key in range(1, 7)}
    with connected(texts) as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(passages, "_MOST_RUNS", most_runs)
        finder, found = Finder(read_search("gold").tree, order), []
        while portion := finder.more(connection, most):
            assert len(portion) <= most
            found += portion
    wanted = [(key, start) for key in order for start in (*range(0, 5 * (key % 4), 5), 5 * (key % 4) + 5)]
    assert found == wanted


@settings(max_examples=40)
@given(around=st.integers(0, 30), count=st.integers(1, 8), strange=st.sampled_from(["é", "\0", "😀", "x"]))
def test_a_passage_is_cut_out_of_its_text_exactly(around, count, strange):
    text = f"some {strange} words before, " + "gold and lead " * 6 + strange
    with connected({3: text}) as connection:
        starts = [
            start for _, start in Finder(read_search("gold OR lead").tree, (3,)).more(connection, count)
        ]
        extracts = read_extracts(connection, 3, starts, around)
    assert [extract.start for extract in extracts] == starts
    for one in extracts:
        assert text[one.start : one.end].strip() in {"gold", "lead"}
        assert one.length == len(text)
        begin, finish = max(0, one.start - around), min(len(text), one.end + around)
        assert one.cut(begin, finish) == text[begin:finish]
        assert one.cut(one.start, one.end) == text[one.start : one.end]
