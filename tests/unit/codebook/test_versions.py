from __future__ import annotations

from dataclasses import replace

import pytest

from qualcase.codebook import changes, narration, usage, versions
from qualcase.codebook.errors import CodebookChangeError
from qualcase.codebook.tree import get_code
from qualcase.codebook.usage import Use
from qualcase.codebook.versions import CodebookVersion, VersionEffect
from qualcase.model.code import Code, Crosswalk, CrosswalkRow

PARTS = (Code("KM.FAITH", "Faith", kind="process"), Code("KM.PROOF", "Proof", kind="process"))


def version(number, act="add", codes=(), **parts):
    return CodebookVersion(
        "small",
        number,
        "Changed it",
        act,
        "",
        "Anna",
        "2026-11-22T08:45:10.123Z",
        VersionEffect(tuple(codes), **parts),
    )


def test_a_split_code_is_retired_and_its_parts_stand_where_it_stood(book):
    after = changes.split_code(book, "KM.SHARE", PARTS)
    assert [code.id for code in after.codes][:4] == ["KM", "KM.SHARE", "KM.FAITH", "KM.PROOF"]
    code = get_code(after, "KM.SHARE")
    assert (code.status, code.note) == ("retired", "Split into KM.FAITH, KM.PROOF.")
    assert {get_code(after, part.id).parent for part in PARTS} == {"KM"}


def test_a_code_may_be_split_into_one_that_is_there_and_stay_itself(book):
    after = changes.split_code(book, "KM.SHARE", (get_code(book, "KM.TRUST"),), keep=True)
    assert get_code(after, "KM.SHARE").status == "active"
    assert len(after.codes) == len(book.codes)


@pytest.mark.parametrize(
    ("code", "parts", "problem"),
    [
        ("KM.SHARE", PARTS[:1], "two different codes"),
        ("KM.SHARE", (PARTS[0], PARTS[0]), "two different codes"),
        ("KM.SHARE", (PARTS[0], Code("KM.SHARE", "x")), "two different codes"),
        ("KM.TRUST", PARTS, "sub-codes in use"),
        ("KM.SHARE", (PARTS[0], Code("KM.NEW", "Building trust")), "each name once"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(book, code, parts, problem):
    with pytest.raises(CodebookChangeError, match=problem):
        changes.split_code(book, code, parts)


def test_a_retired_code_cannot_be_a_part(book):
    retired = changes.retire_code(book, "CTX.FUND")
    with pytest.raises(CodebookChangeError, match="retired"):
        changes.split_code(retired, "KM.SHARE", (PARTS[0], get_code(retired, "CTX.FUND")))


def test_a_crosswalk_is_set_replaced_and_dropped(book):
    one = Crosswalk("x", "X", "small", "small", (CrosswalkRow("R1", ("KM",), ("CTX",), "broader"),))
    with_it = changes.set_crosswalk(book, one)
    assert with_it.crosswalks == (one,)
    other = Crosswalk("x", "Y", "small", "small", one.rows)
    assert changes.set_crosswalk(with_it, other).crosswalks == (other,)
    assert changes.drop_crosswalk(with_it, "x").crosswalks == ()
    for act in (lambda: changes.set_crosswalk(with_it, one), lambda: changes.drop_crosswalk(book, "x")):
        with pytest.raises(CodebookChangeError):
            act()


def test_only_changes_of_meaning_are_to_be_read_again():
    found = versions.meaning_versions(
        [
            version(2, "split", ["A"]), version(3, "rename", ["A"]), version(4, "merge", ["B"], into=("C",)),
            version(5, "narrow", ["A"]), version(6, "widen", ["D"]), version(7, "reword", ["D"]),
            version(8, "describe", ["E"]),
        ]
    )  # fmt: skip
    assert found == {"A": 5, "D": 6}


def test_a_code_that_is_begun_again_with_another_meaning_has_changed():
    def begun(number, act, *codes):
        content = {"codes": [{"id": name, "definition": meaning} for name, meaning in codes]}
        names = [name for name, _ in codes[-1:]]
        return replace(version(number, act, names), content=content)

    first, same = begun(1, "begin", ("A", "a"), ("B", "b")), begun(2, "add", ("A", "a"), ("C", "c"))
    assert versions.meaning_versions([first, same]) == {}
    assert versions.meaning_versions([first, same, begun(3, "add", ("C", "c"))]) == {}
    other = begun(4, "add", ("A", "ignored, for this one is about C"), ("C", "other"))
    assert versions.meaning_versions([first, same, other]) == {"C": 4}
    assert versions.meaning_versions([first, begun(5, "begin", ("A", "a"), ("B", "other"))]) == {"B": 5}
    redefined = begun(3, "redefine", ("C", "now"))
    assert versions.meaning_versions([first, same, redefined, begun(4, "add", ("C", "c"))]) == {"C": 4}
    split = replace(begun(4, "split", ("C", "other")), effect=VersionEffect(("A",), ("C",)))
    assert versions.meaning_versions([first, same, split]) == {"A": 4, "C": 4}


def test_an_effect_is_the_same_after_it_was_kept_and_may_know_more_later():
    effect = VersionEffect(("A",), ("B", "C"), 3, ("E1",), 2, ("E2",), 1)
    plain = versions.effect_to_plain(effect)
    assert versions.effect_from_plain(plain | {"later": 1}) == effect
    assert versions.effect_to_plain(VersionEffect()) == {}


def test_a_version_that_does_not_say_what_it_did_is_read_by_what_changed():
    def snapshot(**parts):
        code = {
            "id": "A",
            "name": "a",
            "parent": None,
            "status": "active",
            "definition": "",
            "include": [],
            "exclude": [],
            "note": "",
        }
        return {"codes": [code | parts]}

    cases = {
        "redefine": {"definition": "x"}, "rename": {"name": "b"}, "retire": {"status": "retired"},
        "move": {"parent": "B"}, "describe": {"note": "n"},
    }  # fmt: skip
    for act, parts in cases.items():
        assert versions.infer_act(snapshot(), snapshot(**parts)) == (act, VersionEffect(("A",)))
    assert versions.infer_act(None, snapshot()) == ("begin", VersionEffect())
    assert versions.infer_act({"codes": []}, snapshot()) == ("add", VersionEffect(("A",)))


def test_a_life_is_told_in_sentences():
    told = narration.tell(
        version(2, "split", ["A"], into=("B", "C"), reread_codings=2, reread_events=("E15",))
    )
    assert told == (
        "On 22 November 2026 at 08:45 UTC Anna changed it (no reason given). "
        "2 codings and one event (E15) were left to be read again."
    )
    said = replace(version(2), reason="It was two things.")
    assert narration.tell(said).endswith("changed it, because “It was two things.”")
    merged = version(3, "merge", ["A"], into=("B",), moved=3, moved_events=("E1", "E2"), doubled=1)
    assert narration.tell_effect(merged) == (
        "3 codings and 2 events (E1, E2) went along by themselves. "
        "1 of the codings was there already and was not doubled."
    )


def test_a_life_begins_with_the_version_that_the_code_came_with():
    story = ((1, (), "A"), (2, ("B",), "AB"), (3, ("A",), "AB"), (4, ("B",), "AB"))
    held = [
        CodebookVersion(
            "small", n, "x", "add", "", "", "", VersionEffect(codes), {"codes": [{"id": i} for i in ids]}
        )
        for n, codes, ids in story
    ]
    assert [one.number for one in narration.lives_of(held, "A")] == [1, 3]
    assert [one.number for one in narration.lives_of(held, "B")] == [2, 4]


def test_the_version_table_says_who_when_what_and_why():
    display = narration.version_display((version(2, "narrow", ["A"]),))
    assert [column.label for column in display.columns][:5] == ["version", "who", "when", "what", "why"]
    cells = display.rows[0].cells
    assert [cell.text for cell in cells] == [
        "2", "Anna", "22 November 2026 at 08:45 UTC", "Changed it", "not reported", "to be read again",
    ]  # fmt: skip
    assert (cells[4].value, cells[4].empty) == (None, "not reported")


def test_use_tells_what_has_no_definition_and_what_was_never_used(book):
    found = dict(usage.check_use((book,), [Use("KM.TRUST.LOST", "here")]))[book]
    messages = [finding.message for finding in found]
    assert "The code KM.SHARE has no definition" in messages
    assert [text for text in messages if "never used" in text] == [
        "The code KM.SHARE was never used", "The code CTX was never used", "The code CTX.FUND was never used",
    ]  # fmt: skip
    assert [finding.message for finding in dict(usage.check_use((book,), []))[book]][-1] == (
        "No code of small was ever used (6 in all)"
    )


def test_codes_always_together_are_found_with_their_counts(book):
    pair = [
        Use(code, place, 10 * place, 10 * place + 5) for place in range(3) for code in ("KM.SHARE", "CTX")
    ]
    assert [text for _, _, text in usage.check_together((book,), pair)] == [
        "The codes CTX and KM.SHARE are always used together (3 and 3 times)"
    ]
    more = [*pair, Use("CTX", 9)]
    assert [text for _, _, text in usage.check_together((book,), more)] == [
        "The code KM.SHARE is never used without CTX (3 times; CTX 4 times)"
    ]


def test_passages_that_only_touch_or_are_another_coders_are_not_together(book):
    touching = [use for n in range(3) for use in (Use("KM.SHARE", n, 0, 5), Use("CTX", n, 5, 9))]
    elsewhere = [use for n in range(3) for use in (Use("KM.SHARE", (n, "A")), Use("CTX", (n, "B")))]
    rare = [use for n in range(2) for use in (Use("KM.SHARE", n), Use("CTX", n))]
    family = [use for n in range(3) for use in (Use("KM.SHARE", n), Use("KM", n))]
    for uses in (touching, elsewhere, rare, family):
        assert list(usage.check_together((book,), uses)) == []
