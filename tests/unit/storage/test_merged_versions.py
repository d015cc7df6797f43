"""Two copies each change the codebook: the versions are one strict order after a merge, in real files."""

from __future__ import annotations

import shutil

import pytest
from two_copies import TEXT, alike, anna, bo, code, create, kept, merge_both_ways, well

from qualcase.model.code import Code, Crosswalk, CrosswalkRow
from qualcase.project import open_project
from qualcase.project.codings_listing import CodingFilter
from qualcase.project.merging import say_merged


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one text and one codebook, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    with create(folder, TEXT) as project:
        code(project, "We met twice")
    return folder / "study.qualcase"


def both_change(mine, other):
    """Anna redefines a code, Bo adds one, each as version 2; each codes under it."""
    mine.codebook.edit("KM.TRUST", definition="Reliance without a paper.", reason="clearer")
    code(mine, "Nobody trusted")
    code(mine, "twice", "IA")
    other.codebook.add(Code("WORKSHOP", "Workshops", None, "other", definition="A day together."))
    code(other, "The workshop helped", "WORKSHOP")
    code(other, "built trust")


def made_under(project):
    return {one.quote: (one.code, one.codebook_version) for one in project.codings.list()}


def told(project):
    return [
        (one.number, one.coder, one.at, one.change, one.content["codes"])
        for one in project.codebook.history()
    ]


def waiting(project):
    return sorted((one.quote, one.made_under, one.changed_in) for one in project.codebook.reread())


def test_versions_made_apart_are_one_order_whichever_way_round(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        assert [line[:2] + line[3:4] for line in told(mine)] == [
            (1, "Anna", "Brought in four-process"),
            (2, "Anna", "Redefined KM.TRUST"),
            (3, "Bo", "Added WORKSHOP (“Workshops”)"),
        ]
        assert told(mine) == told(other)
        book = mine.codebook.at_version("four-process", 3)
        assert (book.version, book.codes[-1].id) == (3, "WORKSHOP")
        assert mine.codebook.current().version == other.codebook.current().version == 3
        assert mine.store.digest() == other.store.digest()
        assert well(mine)
        assert well(other)


def test_codings_keep_the_version_that_they_were_made_under(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        assert (
            made_under(mine)
            == made_under(other)
            == {
                "We met twice": ("KM.TRUST", 1),
                "Nobody trusted": ("KM.TRUST", 2),
                "twice": ("IA", 2),
                "The workshop helped": ("WORKSHOP", 3),
                "built trust": ("KM.TRUST", 3),
            }
        )


def test_what_was_coded_without_knowing_of_a_new_meaning_is_read_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        # Bo's is of the younger version, in which the code still meant what it did in the first.
        assert waiting(mine) == waiting(other) == [("We met twice", 1, 2), ("built trust", 3, 2)]
        assert {one.quote for one in mine.codings.list(CodingFilter(older=True))} == {
            "We met twice",
            "built trust",
        }
        code(mine, "slowly")
        assert len(waiting(mine)) == 2
        mine.codings.describe(mine.codebook.reread()[1].id, memo="hm")
        assert len(waiting(mine)) == 2
        mine.codebook.confirm(all_of="KM.TRUST")
        assert waiting(mine) == []
        other.merging.merge(copies[0])
        assert waiting(other) == []
        mine.journal.undo(1)
        assert len(waiting(mine)) == 2


def test_the_younger_of_two_new_meanings_holds_and_only_the_other_is_read_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.edit("KM.TRUST", definition="Reliance without a paper.")
        code(mine, "Nobody trusted")
        other.codebook.edit("KM.TRUST", definition="To go first.")
        code(other, "built trust")
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        for project in (mine, other):
            assert project.codebook.find("KM.TRUST").definition == "To go first."
            assert waiting(project) == [("Nobody trusted", 2, 3), ("We met twice", 1, 3)]


def test_the_next_version_follows_and_the_merge_changes_nothing_the_second_time(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        mine.merging.merge(copies[1])
        mine.codebook.rename("KM", "What is known")
        assert mine.merging.merge(copies[1]).operations == 0
        other.merging.merge(copies[0])
        assert [line[0] for line in told(other)] == [1, 2, 3, 4]
        assert told(mine) == told(other)
        assert mine.store.digest() == other.store.digest()


def test_undoing_the_merge_gives_back_the_numbers(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        digest, history, codings = other.store.digest(), told(other), made_under(other)
        other.merging.merge(copies[0])
        assert told(other) != history
        other.journal.undo(1)
        assert (other.store.digest(), told(other), made_under(other)) == (digest, history, codings)


def test_an_act_from_before_the_merge_is_still_taken_back_and_done_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        gone = code(other, "slowly", "KM")
        other.codings.remove(gone.uid)
        mine.merging.merge(copies[1])
    with open_project(copies[0], coder="Bo") as project:
        held, history = made_under(project), told(project)
        project.journal.undo(1)
        assert made_under(project) == {**held, "slowly": ("KM", 3)}
        project.journal.undo(3)
        assert not {"built trust", "The workshop helped", "slowly"} & made_under(project).keys()
        project.journal.undo(1)
        assert [line[0] for line in told(project)] == [1, 2]
        assert project.codebook.current().version == 2
        project.journal.redo(5)
        assert (made_under(project), [line[0] for line in told(project)]) == (held, [1, 2, 3])
        assert [line[3:] for line in told(project)] == [line[3:] for line in history]
        assert project.codebook.current().version == 3
        assert well(project)


def test_a_reading_confirmed_before_a_merge_is_taken_back_in_the_new_numbers(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.rename("NS", "Staying together")
        other.codebook.edit("KM.TRUST", definition="To go first.")
        other.codebook.confirm(all_of="KM.TRUST")
        mine.merging.merge(copies[1])
    with open_project(copies[0], coder="Bo") as project:
        assert (made_under(project), waiting(project)) == ({"We met twice": ("KM.TRUST", 3)}, [])
        project.journal.undo(1)
        assert waiting(project) == [("We met twice", 1, 3)]
        project.journal.redo(1)
        assert waiting(project) == []


def test_three_copies_number_alike(copies, tmp_path):
    third = shutil.copy(copies[0], tmp_path / "carla.qualcase")
    with anna(copies) as mine, bo(copies) as other, open_project(third, coder="Carla") as carla:
        carla.codebook.rename("NS", "Staying together")
        code(carla, "slowly", "NS")
        both_change(mine, other)
        carla.codebook.edit("IA", definition="Who gains.")
        code(carla, "The workshop", "IA")
        files = {name: kept(path) for name, path in zip("abc", (*copies, third), strict=True)}
        mine.merging.merge(files["b"])
        mine.merging.merge(files["c"])
        carla.merging.merge(files["b"])
        carla.merging.merge(files["a"])
        assert [line[0] for line in told(mine)] == [1, 2, 3, 4, 5]
        assert told(mine) == told(carla)
        assert made_under(mine) == made_under(carla)
        assert waiting(mine) == waiting(carla)
        assert mine.store.digest() == carla.store.digest()


def test_codes_that_were_only_pushed_down_keep_what_the_other_wrote(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.edit("IA.DEVELOP", definition="To work an idea out.")
        other.codebook.add(Code("KM.FIRST", "First", "KM", "process", definition="Before all."))
    merged, _ = merge_both_ways(copies)
    assert (merged.conflicts, merged.kept) == ([], 0)
    assert alike(copies, lambda held: held.codebook.find("IA.DEVELOP").definition) == "To work an idea out."


def test_two_who_change_different_parts_of_one_code_both_hold(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.edit("IA", definition="Who gains.")
        mine.codebook.rename("NS.THREAT", "Staying")
        other.codebook.rename("IA", "Gain")
        other.codebook.edit("NS.THREAT", key_phrases=["stay"])
        other.codebook.retire("NS.THREAT")
    merged, _ = merge_both_ways(copies)
    assert (merged.conflicts, merged.kept) == ([], 0)
    parts = alike(copies, lambda held: [held.codebook.find(name) for name in ("IA", "NS.THREAT")])
    assert [(one.name, one.status) for one in parts] == [("Gain", "active"), ("Staying", "retired")]
    assert (parts[0].definition, parts[1].key_phrases) == ("Who gains.", ("stay",))


def test_codings_left_under_a_code_that_the_other_retired_are_told_of(copies):
    with anna(copies) as mine, bo(copies) as other:
        code(mine, "built trust")
        other.codebook.merge("KM.TRUST", "KM.SHARE")
    merged, back = merge_both_ways(copies)
    assert merged.stranded == back.stranded == {"KM.TRUST": 1}
    assert "1 coding bears KM.TRUST, which one of the copies has retired." in list(say_merged(merged))
    assert "1 coding was added." in list(say_merged(back))


def test_of_one_name_given_twice_the_later_holds_and_both_are_told(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.rename("IA", "Gain")
        other.codebook.rename("IA", "Profit")
    merged, back = merge_both_ways(copies)
    assert [(one.ours, one.theirs, one.kept) for one in merged.conflicts] == [
        ({"name": "Gain"}, {"name": "Profit"}, "theirs")
    ]
    assert [one.kept for one in back.conflicts] == ["ours"]
    assert alike(copies, lambda held: held.codebook.find("IA").name) == "Profit"


def test_a_definition_that_lost_is_kept_as_a_memo(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.edit("IA", definition="Who gains.")
        other.codebook.edit("IA", definition="Who loses.", include=["losses"])
        other.codebook.rename("IA", "Gain")
        mine.codebook.rename("IA", "Profit")
    merged, _ = merge_both_ways(copies)
    assert (len(merged.conflicts), merged.kept) == (2, 1)
    code, memos = alike(
        copies, lambda held: (held.codebook.find("IA"), [one.text for one in held.memos.list()])
    )
    assert (code.name, code.definition, code.include, memos) == (
        "Profit",
        "Who loses.",
        ("losses",),
        ["Who gains."],
    )


def test_codes_added_in_both_stand_in_one_order_and_more_can_be_added(copies):
    with anna(copies) as mine, bo(copies) as other:
        for name in ("IA.X", "IA.Y", "IA.Z"):
            mine.codebook.add(Code(name, name, "IA", "process", definition=name))
        other.codebook.add(Code("KM.X", "KM.X", "KM", "process", definition="x"))
        other.codebook.add(Code("IA.W", "IA.W", "IA", "process", definition="w"))
    merge_both_ways(copies)
    codes = alike(copies, lambda held: [code.id for code in held.codebook.current().codes])
    tops = [code.partition(".")[0] for code in codes]
    assert tops == sorted(tops, key=tops.index)
    with anna(copies) as mine:
        mine.codebook.add(Code("KM.Y", "KM.Y", "KM", "process", definition="y"))
        mine.journal.undo(1)
        assert [code.id for code in mine.codebook.current().codes] == codes
        mine.journal.redo(1)
        assert well(mine)


def test_a_crosswalk_or_a_rule_is_not_lost_to_a_code_added_elsewhere(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.import_file("cop-leadership")
        target = mine.codebook.all()[1].codes[0].id
        mine.codebook.set_crosswalk(
            Crosswalk(
                "to",
                "To",
                "cop-leadership",
                "four-process",
                (CrosswalkRow("r", (target,), ("KM",), "corresponds"),),
            )
        )
        other.codebook.add(Code("KM.X", "KM.X", "KM", "process", definition="x"))
    merged, _ = merge_both_ways(copies)
    assert merged.conflicts == []
    assert alike(copies, lambda held: [one.id for one in held.codebook.crosswalks() if one.id == "to"]) == [
        "to"
    ]


def test_one_codebook_brought_in_by_both_begins_once(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.import_file("cop-leadership")
        other.codebook.import_file("cop-leadership")
        code(mine, "We met twice", "CoP1")
        other.codebook.edit("CoP1", definition="What Bo says.")
        code(other, "built trust", "CoP1")
    merged, _ = merge_both_ways(copies)
    assert merged.kept == merged.added["memo"] == 1
    shown = alike(
        copies, lambda held: [(one.codebook, one.number, one.coder) for one in held.codebook.history()]
    )
    assert [line[1:] for line in shown if line[0] == "cop-leadership"] == [(1, "Anna"), (2, "Bo")]
    assert alike(copies, waiting) == [("We met twice", 1, 2)]
