"""What is counted and read in bulk is what going through the codings one by one gives."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.model.errors import UsageError
from qualcase.project import create_project, open_project

CODES = ("KM", "KM.TRUST", "NS", "NS.THREAT")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Six sources in two cases, coded at random by two coders; many codings begin at one place."""
    folder = tmp_path_factory.mktemp("many")
    chance = random.Random(4)
    for number in range(6):
        said = "\n\n".join(f"{who}: We met {number} times, twïce." for who in ("Anna", "Berit", "Anna"))
        (folder / f"{number}.txt").write_text(said, encoding="utf-8")
    path = folder / "many.qualcase"
    with create_project(path, ("four-process",), coder="Anna") as project:
        project.sources.import_paths(sorted(folder.glob("*.txt")))
        project.cases.create("Other")
        for source in project.sources.list()[::2]:
            project.cases.assign("Other", source)
    for coder in ("Anna", "Bo"):
        with open_project(path, coder=coder) as project:
            for source in project.sources.list():
                for _ in range(12):
                    start = chance.randrange(0, 40, 8)
                    place = SpanPlace(start, start + chance.choice((4, 12, 30)))
                    valence = chance.choice((None, "+", "-", "0"))
                    try:
                        project.codings.add(
                            source, chance.choice(CODES), place, valence=valence, key=valence == "0"
                        )
                    except UsageError:  # the same once more
                        continue
            gone = project.codings.list()[chance.randrange(9)]
            if gone.coder == coder:
                project.codings.remove(gone.uid)
    with open_project(path, coder="Anna") as project:
        yield project


def test_the_columns_are_the_codings(many):
    data, listed = many.frame(), many.codings.list()
    columns = data.codings
    assert sorted(columns.uid) == sorted(one.uid for one in listed)
    by_uid = {one.uid: one for one in listed}
    places = []
    for row, uid in enumerate(columns.uid):
        one = by_uid[uid]
        source = data.sources[columns.source[row]]
        places.append((source.position, columns.start[row], columns.end[row], uid))
        assert (source.handle, columns.start[row], columns.end[row]) == (one.source, one.start, one.end)
        assert (data.codes[columns.code[row]].id, data.coders[columns.coder[row]]) == (one.code, one.coder)
        assert (("", "+", "-", "0")[columns.valence[row]] or None, columns.key[row]) == (one.valence, one.key)
        speaker = data.speakers[columns.speaker[row]] if columns.speaker[row] >= 0 else None
        assert speaker == one.speaker
        assert data.quote(row) == one.quote
    assert places == sorted(places)


def test_the_columns_of_one_coder_are_that_coders_codings(many):
    uids = many.codings.data(coders=("BO",)).codings.uid
    assert sorted(uids) == sorted(one.uid for one in many.codings.list() if one.coder == "Bo")


def test_the_turns_and_sentences_are_those_of_the_sources(many):
    data = many.frame(sentences=True)
    for columns, read in ((data.turns, many.sources.turns), (data.sentences, many.sources.sentences)):
        wanted = [(place, one.start, one.end) for place, s in enumerate(data.sources) for one in read(s)]
        assert list(zip(columns.source, columns.start, columns.end, strict=True)) == wanted
    said = [turn.speaker for source in data.sources for turn in many.sources.turns(source)]
    assert [data.speakers[number] for number in data.turns.speaker] == said


def test_the_matrix_counts_codings_by_code_and_case(many):
    cases = {source.handle: source.cases for source in many.sources.list()}
    wanted = Counter((one.code, case) for one in many.codings.list() for case in cases[one.source])
    assert many.queries.matrix() == dict(wanted)


def test_codes_go_together_where_their_codings_share_a_character(many):
    wanted: Counter[tuple[str, str]] = Counter()
    order = [code.id for code in many.codebook.current().codes]
    for one, other in combinations(many.codings.list(), 2):
        touch = one.source == other.source and one.start < other.end and other.start < one.end
        if touch and one.code != other.code:
            first, second = sorted((one.code, other.code), key=order.index)
            wanted[first, second] += 1
    assert many.queries.cooccurrence() == dict(wanted)


@pytest.mark.parametrize("subtree", [False, True])
@pytest.mark.parametrize("limit", [1, 5, 500])
def test_pages_together_are_the_list(many, subtree, limit):
    listed = [
        (one.uid, one.quote)
        for one in many.codings.list()
        if one.code == "KM" or (subtree and one.code.startswith("KM."))
    ]
    paged, first = [], 0
    while first < len(listed):
        total, page = many.queries.page("KM", first, limit, subtree=subtree)
        assert total == len(listed)
        assert 0 < len(page) <= limit
        paged += [(one.uid, one.quote) for one in page]
        first += limit
    assert paged == listed
    assert many.queries.page("KM", len(listed), limit, subtree=subtree) == (len(listed), ())
