"""Words in the sources: what is found, where, and what is coded of it."""

from __future__ import annotations

import pytest

from qualcase.coding.queries.errors import BadQueryError
from qualcase.model.errors import UsageError
from qualcase.project.importing import ImportOptions
from qualcase.storage.search import segment_spans

NOTE = """The Ødegård café opened on 3 May. Nobody trusted the co-operation;
trust had to be earned.

Größe is not all. Trusting firms shared what they knew of 東京都 and of the workshop.
"""


@pytest.fixture
def both(project, tmp_path):
    """The project with a field note of 2010 beside the interview."""
    file = tmp_path / "note.txt"
    file.write_text(NOTE, encoding="utf-8")
    project.sources.import_paths([file], ImportOptions(kind="field_note", date="2010-05"))
    return project


def quotes(project, written):
    hits = project.search.find(written)
    for hit in hits:
        text = project.sources.text(project.sources.find(hit.source))
        assert text[hit.start : hit.end] == hit.quote
        assert " ".join(hit.quote.split()) in hit.snippet
        assert "\n" not in hit.snippet
    return [f"{hit.source} {hit.quote}" for hit in hits]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("trust", ["S1 trust", "S2 trust"]),
        ("TRUST*", ["S1 trusted", "S1 trust", "S2 trusted", "S2 trust", "S2 Trusting"]),
        ('"built trust"', ["S1 built trust"]),
        ('"trusted any*"', ["S1 trusted anybody"]),
        ("odegard", ["S2 Ødegård"]),
        ("cafe", ["S2 café"]),
        ("CAFÉ", ["S2 café"]),
        ("grösse", ["S2 Größe"]),
        ("cooperation", []),
        ("co-operation", ["S2 co-operation"]),
        ("京都", ["S2 京都"]),
        ("workshop built", ["S1 built trust, slowly. The workshop"]),
        ("workshop AND built", ["S1 built trust, slowly. The workshop"]),
        ("café OR workshop", ["S1 workshop", "S2 café", "S2 workshop"]),
        ("workshop -trust", ["S2 workshop"]),
        ("workshop NOT trust", ["S2 workshop"]),
        ("(workshop NOT built) OR met", ["S1 met", "S2 workshop"]),
        ("workshop source:S1", ["S1 workshop"]),
        ("workshop -source:S1", ["S2 workshop"]),
        ("workshop kind:field-note", ["S2 workshop"]),
        ("trust speaker:berit", ["S1 trust"]),
        ("then speaker:Berit", ["S1 Then"]),
        ("then -speaker:Berit", ["S1 then"]),
        ("workshop date:2010", ["S2 workshop"]),
        ("workshop -date:2010", []),
        ("workshop date:2011", []),
        ("workshop case:study source:S1 source:S2", ["S1 workshop", "S2 workshop"]),
        ("earned trusted", ["S2 trusted the co-operation;\ntrust had to be earned"]),
        ("Berit", ["S1 Berit", "S1 Berit"]),
        ("absent*", []),
        ('met "AND" then', []),
        ('workshop NOT "NOT"', ["S1 workshop"]),
        ('workshop -"or"', ["S1 workshop", "S2 workshop"]),
        ('"built trust*"', ["S1 built trust"]),
        ('"built tru"*', ["S1 built trust"]),
        ("workshop speaker:Berit source:S2", []),
        ("workshop -speaker:Berit source:S2", ["S2 workshop"]),
    ],
)
def test_a_search_finds_just_these_words(both, written, found):
    assert quotes(both, written) == found


@pytest.mark.parametrize(
    ("written", "place", "part"),
    [
        ("", 0, "empty"),
        ("% & _", 0, "no word"),
        ('met "twice', 4, "never closed"),
        ("(met", 0, "never closed"),
        ("met) twice", 3, "closes nothing"),
        ("NOT met", 0, "wanted"),
        ("met AND", 4, "both sides"),
        ("met OR", 4, "both sides"),
        ("met sorce:S1", 4, "no filter"),
        ("met source:S9", 4, "S9"),
        ("met kind:letter", 4, "not a kind"),
        ("met speaker:Zoe", 4, "Zoe"),
        ("met case:None", 4, "no case"),
        ("met date:someday", 4, "someday"),
        ("met set:mine", 4, "mine"),
        ("met mood=good", 4, "attribute"),
        ("(met source:S1)", 5, "brackets"),
        ("met tr*st", 6, "star"),
        ("met *st", 4, "star"),
        ("met *", 4, "star"),
        ("met source: S1", 4, "“source:” has no value"),
        ("met trust**", 9, "star"),
        ('met "built* trust"', 10, "star"),
        ('met "東京* trust"', 7, "star"),
        (" ".join(f"w{n}" for n in range(300)), 0, "200 words"),
        ("(" * 80 + "met" + ")" * 80, 50, "deep"),
        ("x" * 60_000, 20_000, "longer"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_place(both, written, place, part):
    with pytest.raises(BadQueryError) as fault:
        both.search.find(written)
    assert part in fault.value.message
    assert fault.value.place == place
    shown, caret = fault.value.picture()
    assert caret.strip() == "^"
    assert len(shown) < 80


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('met" OR rowid:1', None),
        ("text : met", []),
        ("segment_words MATCH 'x'", []),
        ("met*", ["S1 met"]),
        ("'; DROP TABLE source; --", []),
        ("NEAR(met twice)", []),
        ("^met", ["S1 met"]),
        ("{met} + twice", ["S1 met twice"]),
        ("met\x00twice", ["S1 met twice"]),
        ("%_%_%", None),
        ("\\", None),
        ("words:met", None),
        ("\ud800 met", ["S1 met"]),
    ],
)
def test_nothing_typed_reaches_the_index_as_a_command(both, written, found):
    before = both.store.digest()
    if found is None:
        with pytest.raises(BadQueryError, match="Bad query"):
            both.search.find(written)
    else:
        assert [quote for quote in quotes(both, written) if quote.startswith("S1")] == found
    assert both.store.digest() == before


def test_hits_come_through_undo_and_redo(both):
    both.journal.undo()
    assert quotes(both, "workshop") == ["S1 workshop"]
    both.journal.redo()
    assert quotes(both, "workshop") == ["S1 workshop", "S2 workshop"]
    assert both.care.check().ok


def test_all_hits_are_coded_as_one_act(both):
    made = both.search.code("trust*", "KM.TRUST")
    assert [coding.quote for coding in made] == ["trusted", "trust", "trusted", "trust", "Trusting"]
    assert {coding.origin for coding in made} == {"search"}
    with pytest.raises(UsageError, match="already"):
        both.search.code("trust*", "KM.TRUST")
    both.journal.undo()
    assert both.codings.list() == ()


@pytest.mark.parametrize(
    ("unit", "quote"),
    [
        ("sentence", "Then we built trust, slowly."),
        ("turn", "Then we built trust, slowly. The workshop helped."),
    ],
)
def test_the_sentence_or_turn_around_a_hit_is_coded_once(both, unit, quote):
    made = both.search.code("slowly OR built source:S1", "KM.TRUST", unit)
    assert [coding.quote for coding in made] == [quote]


def test_a_limit_is_a_number_of_hits(both):
    assert len(both.search.find("trust*", limit=2)) == 2
    with pytest.raises(UsageError):
        both.search.find("trust", limit=0)


def test_segments_cover_a_text_and_a_long_one_is_divided_at_sentences():
    assert segment_spans("x" * 10, [(2, 5), (6, 9)], []) == [(0, 5), (5, 9), (9, 10)]
    assert segment_spans("", [], []) == []
    sentences = [(start, start + 900) for start in range(0, 9000, 1000)]
    spans = segment_spans("x" * 9000, [(0, 9000)], sentences)
    assert spans == [(0, 3900), (3900, 7900), (7900, 9000)]
    assert segment_spans("x" * 9000, [], []) == [(0, 4000), (4000, 8000), (8000, 9000)]


@pytest.mark.parametrize("blank", [" ", "\n", "\u00a0", "\u3000"])
def test_speech_without_full_stops_is_divided_between_words(blank):
    spoken = blank.join(f"word{number:04}" for number in range(1500))
    spans = segment_spans(spoken, [(0, len(spoken))], [])
    words = [word for start, end in spans for word in spoken[start:end].split()]
    assert words == spoken.split()
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    assert max(end - start for start, end in spans) <= 4000
