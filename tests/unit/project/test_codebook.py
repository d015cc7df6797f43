"""The codebook's changes through the one door: what each does to codings and events, and undo of it."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace, SpanPlace
from qualcase.model.code import Code, Crosswalk, CrosswalkRow
from qualcase.model.errors import QualcaseError, UnknownNameError, UsageError
from qualcase.project.codings import CodingFilter

PARTS = [Code("KM.FAITH", "Faith"), Code("KM.PROOF", "Proof")]


@pytest.fixture
def coded(project, source):
    """Two passages of trust, one of sharing, and an event of trust."""
    project.codings.add(source, "KM.TRUST", SpanPlace(40, 60))
    project.codings.add(source, "KM.TRUST", SpanPlace(70, 90))
    project.codings.add(source, "KM.SHARE", SpanPlace(40, 60))
    project.events.add("They met", source=source, quote="We met twice.", codes=["KM.TRUST", "NS.THREAT"])
    return project


def waiting(project, code=None):
    return [(one.kind, one.code) for one in project.codebook.reread(code)]


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.split("KM.TRUST", PARTS, reason="two things"),
        lambda desk: desk.narrow("KM.TRUST", exclude=("trust in a thing",), reason="too wide"),
        lambda desk: desk.widen("KM.TRUST", include=("distrust",), reason="too narrow"),
        lambda desk: desk.edit("KM.TRUST", definition="Relying on others.", reason="round 1"),
    ],
)
def test_a_change_of_meaning_lists_exactly_what_bears_the_code(coded, act):
    before = coded.store.digest()
    act(coded.codebook)
    assert waiting(coded) == [("coding", "KM.TRUST")] * 2 + [("event", "KM.TRUST")]
    assert len(coded.codings.list(CodingFilter(older=True))) == 2
    made = coded.codebook.history("KM.TRUST")[-1]
    assert (made.number, made.coder, made.migration) == (2, "Anna", "to be read again")
    assert (made.effect.reread_codings, made.effect.reread_events) == (2, ("E01",))
    assert made.reason != ""
    assert made.at.startswith("20")
    coded.journal.undo()
    assert (coded.store.digest(), waiting(coded)) == (before, [])


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.rename("KM.TRUST", "Trusting"),
        lambda desk: desk.move("KM.TRUST", "NS"),
        lambda desk: desk.retire("KM.TRUST"),
        lambda desk: desk.add(Code("KM.NEW", "New", "KM")),
        lambda desk: desk.edit("KM.TRUST", key_phrases=("we rely on",)),
        lambda desk: desk.edit("KM.TRUST", definition="In other words.", same_meaning=True),
        lambda desk: desk.merge("KM.TRUST", "KM.SHARE"),
    ],
)
def test_other_changes_leave_nothing_to_be_read_again(coded, act):
    before = coded.store.digest()
    act(coded.codebook)
    assert waiting(coded) == []
    assert sum(coded.codebook.usage().values()) >= 2
    coded.journal.undo()
    assert coded.store.digest() == before


def test_what_is_coded_after_the_change_is_not_on_the_list(coded, source):
    coded.codebook.narrow("KM.TRUST", definition="Less.")
    coded.codings.add(source, "KM.TRUST", SpanPlace(0, 10))
    coded.events.add("Later", codes=["KM.TRUST"])
    assert len(waiting(coded)) == 3


def test_confirming_is_one_act_that_takes_items_off_the_list(coded):
    coded.codebook.narrow("KM.TRUST", definition="Less.")
    first = coded.codings.list(CodingFilter(older=True))[0]
    done = coded.codebook.confirm([first.uid[-8:], "e01"])
    assert [one.kind for one in done.confirmed] == ["coding", "event"]
    assert waiting(coded) == [("coding", "KM.TRUST")]
    assert coded.codings.find(first.uid).codebook_version == 2
    coded.codebook.confirm(all_of="KM.TRUST")
    assert waiting(coded) == []
    coded.journal.undo(2)
    assert len(waiting(coded)) == 3


def test_reading_again_may_give_another_code_and_keeps_one_of_two(coded):
    coded.codebook.narrow("KM.TRUST", definition="Less.")
    done = coded.codebook.confirm(all_of="KM.TRUST", other="KM.SHARE")
    assert (len(done.confirmed), done.doubled) == (3, 1)
    assert [(one.code, one.start) for one in coded.codings.list()] == [("KM.SHARE", 40), ("KM.SHARE", 70)]
    assert coded.events.find("E01").codes == ("KM.SHARE", "NS.THREAT")
    assert waiting(coded) == []


def test_a_later_change_puts_them_on_the_list_again(coded):
    coded.codebook.narrow("KM.TRUST", definition="Less.")
    coded.codebook.confirm(all_of="KM.TRUST")
    coded.codebook.widen("KM.TRUST", definition="More.")
    assert len(waiting(coded)) == 3


@pytest.mark.parametrize(
    ("names", "options", "problem"),
    [
        ((), {}, "Say which"),
        (("E01",), {"all_of": "KM.TRUST"}, "Say which"),
        (("E01",), {}, "not waiting"),
        (("E99",), {}, "coding or event"),
        ((), {"all_of": "KM.TRUST"}, "Nothing under KM.TRUST"),
    ],
)
def test_what_does_not_wait_is_not_confirmed(coded, names, options, problem):
    before = coded.store.digest()
    with pytest.raises(QualcaseError, match=problem):
        coded.codebook.confirm(names, **options)
    assert coded.store.digest() == before


def test_a_merge_keeps_one_of_two_codings_with_what_the_other_recorded(coded, source):
    share, trust = (
        coded.codings.list(CodingFilter(code="KM.SHARE"))[0],
        coded.codings.list(CodingFilter(code="KM.TRUST"))[0],
    )
    coded.codings.describe(share.uid, memo="kept")
    coded.codings.describe(trust.uid, memo="handed down", valence="+")
    before = coded.store.digest()
    coded.codebook.merge("KM.TRUST", "KM.SHARE", reason="one idea")
    codings = coded.codings.list()
    assert [(one.code, one.start, one.memo, one.valence) for one in codings] == [
        ("KM.SHARE", 40, "kept\nhanded down", "+"), ("KM.SHARE", 70, None, None),
    ]  # fmt: skip
    assert coded.events.find("E01").codes == ("KM.SHARE", "NS.THREAT")
    effect = coded.codebook.history("KM.TRUST")[-1].effect
    assert (effect.moved, effect.doubled, effect.moved_events) == (2, 1, ("E01",))
    coded.journal.undo()
    assert coded.store.digest() == before


def test_two_coders_passages_both_stay_in_a_merge(coded, source):
    coded.coder = "Bo"
    coded.codings.add(source, "KM.TRUST", SpanPlace(40, 60))
    coded.codebook.merge("KM.TRUST", "KM.SHARE")
    assert [(one.coder, one.start) for one in coded.codings.list()] == [
        ("Anna", 40),
        ("Bo", 40),
        ("Anna", 70),
    ]


def test_what_waited_before_a_merge_does_not_pass_for_read(coded):
    coded.codebook.narrow("KM.SHARE", definition="Less.")
    coded.codebook.narrow("KM.TRUST", definition="Less.")
    coded.codebook.confirm(all_of="KM.SHARE")
    coded.codebook.narrow("KM.SHARE", definition="Still less.")
    coded.codebook.confirm(all_of="KM.SHARE")
    coded.codebook.merge("KM.TRUST", "KM.SHARE")
    assert waiting(coded) == [("coding", "KM.SHARE"), ("event", "KM.SHARE")]


def test_what_waited_goes_on_waiting_under_a_code_whose_meaning_never_changed(coded, source):
    coded.codebook.narrow("KM.TRUST", definition="Less.")
    coded.codings.add(source, "KM.TRUST", SpanPlace(100, 110))
    coded.codebook.merge("KM.TRUST", "KM.SHARE")
    version = coded.codebook.current().version
    merged = [(one.code, one.made_under, one.changed_in, one.merged) for one in coded.codebook.reread()]
    assert merged == [("KM.SHARE", 1, version, "KM.TRUST")] * 2
    coded.codebook.merge("KM.SHARE", "KM.ARENA")
    assert [(one.kind, one.code, one.merged) for one in coded.codebook.reread("KM.ARENA")] == [
        ("coding", "KM.ARENA", "KM.SHARE"), ("event", "KM.ARENA", "KM.SHARE"),
    ]  # fmt: skip
    assert [one.start for one in coded.codings.list(CodingFilter(older=True))] == [70]
    coded.codebook.confirm(all_of="KM.ARENA")
    assert waiting(coded) == []
    coded.journal.undo(3)
    assert waiting(coded) == [("coding", "KM.TRUST")] * 2 + [("event", "KM.TRUST")]


def test_what_a_merge_takes_over_is_in_the_life_of_the_codes_below(coded):
    coded.codebook.merge("NS", "KM", reason="one process")
    (_, taken) = coded.codebook.history("NS.SHADOW")
    assert taken.change.startswith("Merged NS into KM, which takes over NS.REPUTATION, NS.SHADOW")
    assert coded.codebook.find("NS.SHADOW").parent == "KM"


@pytest.mark.parametrize("act", ["merge", "move"])
def test_codes_of_two_codebooks_are_not_one_tree(coded, act):
    coded.codebook.import_file("cop-leadership")
    before = coded.store.digest()
    with pytest.raises(UsageError, match=r"KM\.TRUST and CoP1 are in different codebooks"):
        getattr(coded.codebook, act)("KM.TRUST", "CoP1")
    assert coded.store.digest() == before


def test_retired_codes_keep_their_codings_and_take_no_new_ones(coded, source):
    coded.codebook.retire("KM.TRUST")
    assert coded.codebook.usage()["KM.TRUST"] == 2
    with pytest.raises(UsageError, match="retired"):
        coded.codings.add(source, "KM.TRUST", QuotePlace("Nobody trusted anybody."))


def test_a_number_that_was_taken_back_is_not_given_twice(coded):
    coded.codebook.rename("KM.TRUST", "Trusting")
    coded.journal.undo()
    assert coded.codebook.current().version == 1
    coded.codebook.rename("KM.TRUST", "To trust")
    assert [version.number for version in coded.codebook.history()] == [1, 3]


def test_the_project_is_read_as_a_version_left_it_and_then_as_it_is(coded, source):
    frame = [(one.uid, one.code) for one in coded.codings.list()]
    events = coded.events.list()
    coded.codebook.merge("KM.TRUST", "KM.SHARE")
    coded.coder = "Bo"
    coded.codings.add(source, "NS.THREAT", SpanPlace(0, 9))
    coded.events.add("Later", codes=["NS"])
    coded.codings.remove(coded.codings.list(CodingFilter(code="KM.SHARE"))[0].uid)
    now, chain = coded.store.digest(), len(coded.journal.log())
    with coded.codebook.as_of("1") as version:
        assert (version.number, coded.codebook.current().version) == (1, 1)
        assert [(one.uid, one.code) for one in coded.codings.list()] == frame
        assert coded.events.list() == events
        assert coded.coders() == ("Anna",)
    assert (coded.store.digest(), len(coded.journal.log())) == (now, chain)
    assert coded.codebook.current().version == 2
    with coded.codebook.as_of("four-process 2"):
        assert coded.store.digest() == now


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [("7", UnknownNameError), ("no 1", UnknownNameError), ("x", UsageError), ("", UsageError)],
)
def test_a_version_that_never_was_is_refused(coded, wanted, fault):
    with pytest.raises(fault), coded.codebook.as_of(wanted):
        pass


def test_crosswalks_are_data_of_the_project(coded, tmp_path):
    coded.codebook.import_file("cop-leadership")
    row = CrosswalkRow("R1", (), ("CoP7",), "gap", filled_by="NH")
    mine = Crosswalk("mine", "Mine", "four-process", "cop-leadership", (row,))
    before = coded.store.digest()
    coded.codebook.set_crosswalk(mine, reason="Table 2")
    assert mine in coded.codebook.crosswalks()
    assert coded.codebook.history()[-1].act == "crosswalk"
    with pytest.raises(UsageError, match="does not fit"):
        coded.codebook.set_crosswalk(
            Crosswalk(
                "bad", "Bad", "four-process", "cop-leadership", (CrosswalkRow("R", ("KM.X",), (), "gap"),)
            )
        )
    assert coded.codebook.drop_crosswalk("mine") == mine
    coded.journal.undo(2)
    assert coded.store.digest() == before


def test_the_check_tells_what_use_tells(coded):
    messages = [finding.message for _, finding in coded.codebook.check()]
    assert "The code NS.SHADOW was never used" in messages
    assert not [text for text in messages if text.startswith("The code KM.TRUST was")]
