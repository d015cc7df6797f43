"""Files, cases, sets and attributes that two copies brought in: one where they are one, in one order."""

from __future__ import annotations

import itertools
import shutil

import pytest
from two_copies import INTERVIEW, alike, anna, bo, create, merge_both_ways, span, well

from qualcase.coding.places import SpanPlace
from qualcase.project import open_project
from qualcase.project.importing import ImportOptions
from qualcase.project.merging import say_merged

NOTE = "Field note of the spring. The board met, and everybody spoke of trust.\n"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with an interview, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    create(folder, INTERVIEW).close()
    return folder / "study.qualcase"


def note(project, folder, text=NOTE, name="note.txt", options=None):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    project.sources.import_paths([folder / name], options or ImportOptions())
    return project.sources.list()[-1]


def test_sources_meet_by_content_and_never_by_name(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        note(mine, tmp_path / "a")
        theirs = note(other, tmp_path / "b")
        other.codings.add(theirs, "KM", SpanPlace(*span("spring", NOTE)))
        # The same name and the same length, and other words.
        another = note(mine, tmp_path / "c", NOTE.replace("spring", "autumn"), "second.txt")
        text = NOTE.replace("spring", "winter")
        winter = note(other, tmp_path / "d", text, "second.txt")
        other.codings.add(winter, "NS", SpanPlace(*span("winter", text)))
        merged = mine.merging.merge(copies[1])
        notes = [one for one in mine.sources.list() if one.name != "berit.txt"]
        texts = sorted(mine.sources.text(one) for one in notes)
        assert texts == sorted(NOTE.replace("spring", when) for when in ("spring", "autumn", "winter"))
        assert [(one.before, one.since) for one in merged.renamed] == [
            (another.handle, f"{another.handle}-2")
        ]
        coded = {one.quote: one.source for one in mine.codings.list() if one.coder == "Bo"}
        assert coded.keys() == {"spring", "winter"}
        for words, handle in coded.items():
            assert words in mine.sources.text(mine.sources.find(handle))
        assert well(mine)
        other.merging.merge(copies[0])
        assert other.store.digest() == mine.store.digest()


def taken_back(folder, copies, whose):
    """Let both import and title one file, somebody code it in Bo's copy, and a fourth take an import back."""
    for path, who in zip(copies, ("Anna", "Bo"), strict=True):
        with open_project(path, coder=who) as project:
            project.sources.describe(note(project, folder / who), title=f"As {who} says", kind="document")
    coded, without = (folder / f"{name}.qualcase" for name in ("carla", "dora"))
    shutil.copy(copies[1], coded)
    with open_project(coded, coder="Carla") as project:
        project.codings.add(project.sources.find("S2"), "KM", SpanPlace(*span("spring", NOTE)))
    shutil.copy(copies[whose], without)
    with open_project(without, coder=("Anna", "Bo")[whose]) as project:
        project.journal.undo(2)
    return (*copies, coded, without)


@pytest.mark.parametrize(("whose", "title"), [(0, "As Bo says"), (1, "As Anna says")])
def test_a_source_of_both_stays_when_one_import_is_taken_back_whoever_merges_first(
    copies, tmp_path, whose, title
):
    files = taken_back(tmp_path, copies, whose)
    states = {}
    for number, order in enumerate(itertools.permutations(range(4))):
        if number % 3:
            continue
        first, second = (shutil.copy(files[one], tmp_path / f"{number}-{one}.qualcase") for one in order[:2])
        with open_project(second, coder="Zoe") as project:
            for other in order[2:]:
                project.merging.merge(files[other])
        with open_project(first, coder="Zoe") as project:
            project.merging.merge(second)
            assert project.merging.merge(second).touched() == 0
            assert well(project)
            state = [(one.name, one.title) for one in project.sources.list()]
            states[project.store.digest()] = state, [one.quote for one in project.codings.list()]
    assert list(states.values()) == [([("berit.txt", "berit"), ("note.txt", title)], ["spring"])]


def test_what_both_brought_in_is_listed_in_one_order_whoever_merges(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        for project, who in ((mine, "Anna"), (other, "Bo")):
            made = note(project, tmp_path / who, f"{who}: {NOTE}")
            for case in (f"North of {who}", "South"):
                project.cases.create(case)
                project.cases.assign(case, made)
            project.sets.add(who, "sources", [made.handle])
            project.events.add(f"{who} came", "2006", source=made)
    merge_both_ways(copies)

    def lists(project):
        sources = [(one.handle, one.title, one.cases) for one in project.sources.list()]
        codings = [one.uid for one in project.codings.list()]
        found = [(hit.source, hit.start) for hit in project.search.find("trust")]
        sets = [one.name for one in project.sets.list()]
        events = [one.title for one in project.events.list()]
        return sources, list(project.cases.list()), codings, found, sets, events, project.coders()

    sources, cases, *_ = alike(copies, lists)
    assert [handle for handle, *_ in sources] == ["S1", "S2", "S2-2"]
    assert cases[1:] == ["North of Anna", "South", "North of Bo"]


def test_what_two_say_differently_of_one_file_or_value_is_told(copies, tmp_path):
    def bring(project, date, wave):
        note(project, tmp_path / date, options=ImportOptions(date=date))
        (tmp_path / "waves.csv").write_text(f"source,wave\nS1,{wave}\n", encoding="utf-8")
        project.attributes.import_file(tmp_path / "waves.csv", "source")

    with anna(copies) as mine, bo(copies) as other:
        bring(mine, "2009", "1")
        bring(other, "2010", "2")
    merged, back = merge_both_ways(copies)
    told = sorted(sentence for sentence in say_merged(merged) if "in both copies" in sentence)
    assert [sentence.partition(";")[0] for sentence in told] == [
        "The attribute value wave of S1 was changed in both copies: text is “1” here and “2” there",
        "The source S2 was changed in both copies: date is “2009” here and “2010” there",
    ]
    assert all(sentence.endswith("; theirs holds, being the later.") for sentence in told)
    assert {(one.record, one.kept) for one in back.conflicts} == {
        ("source", "ours"),
        ("attribute_value", "ours"),
    }
    assert alike(copies, lambda held: held.sources.find("S2").date) == "2010"
