"""A project of the third format becomes one of the fourth: memos may have a place, and none is made up."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config

import qualcase
from qualcase.storage import migration, sqlite

DIGEST = "e88810696a388bc2a6c2a7db140a11b145fc75873bd5e744391bc31cbe9ca981"
# What the terminal wrote of a passage without a code, before a memo could have a place.
BEGUN = "“We met twice.” (S1 14:28)\nBy whose wish?"


@pytest.fixture
def third(old):
    """A file of the third format."""
    engine = sqlite.connect_file(old)
    with sqlite.references_off(engine) as held:
        config = Config()
        config.set_main_option("script_location", str(migration.FOLDER))
        config.attributes["connection"] = held
        command.upgrade(config, "0003")
        held.exec_driver_sql("PRAGMA user_version = 3")
    engine.dispose()
    return old


def ask(path, query, *values):
    connection = sqlite.driver.connect(str(path))
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.commit()
        connection.close()


def test_the_content_and_every_memo_are_what_they_were(third):
    before = ask(third, "SELECT * FROM memo")
    with qualcase.open(third, coder="Anna") as project:
        assert project.store.digest() == DIGEST
        assert project.care.check().ok
        with project.store.reading() as connection:
            assert sqlite.fingerprint(connection) == sqlite.FINGERPRINT
    after = ask(third, "SELECT * FROM memo")
    assert [row[: len(before[0])] for row in after] == before
    assert {row[len(before[0]) :] for row in after} == {(None,) * 5}


def test_a_memo_that_begins_with_the_words_of_a_passage_stays_on_its_source(third):
    query = "UPDATE memo SET text = ?, about_kind = 'source', about_uid = (SELECT uid FROM source LIMIT 1)"
    ask(third, query, BEGUN)
    with qualcase.open(third, coder="Anna") as project:
        [memo] = project.memos.list()
        assert (memo.text, memo.about) == (BEGUN, ("source", "S1"))
        assert (memo.source, memo.quote) == (None, None)


def test_events_with_a_place_have_it_in_the_text_of_today(third):
    names = 'uid, clock, writer, handle, title, source_id, start, "end", quote, kind, extent, turning_point'
    query = (
        f"INSERT INTO event ({names}, position) VALUES (?, 1, ?, ?, 'Met', ?, ?, ?, ?, 'event', 'x', 0, 1)"  # noqa: S608 - ours
    )
    (text,) = (row[0] for row in ask(third, "SELECT text FROM content ORDER BY id LIMIT 1"))
    for number, place in enumerate([(14, 28), (None, None)], start=1):
        words = text[slice(*place)] if number == 1 else "Not there."
        ask(third, query, bytes([number]) * 16, bytes(16), f"E{number}", 1, *place, words)
    qualcase.open(third, coder="Anna").close()
    found = ask(
        third, "SELECT e.start, v.uid FROM event AS e LEFT JOIN text_version AS v ON v.id = e.text_version_id"
    )
    [current] = ask(third, "SELECT text_uid FROM source WHERE id = 1")
    assert found == [(14, *current), (None, None)]
