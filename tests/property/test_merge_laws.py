"""The laws of merging, in a model small enough to try thousands of histories, and in files.

A history is a row of numbers, each an act of one of three copies: so that it shrinks to the shortest that
breaks a law. Set QUALCASE_CASES to try more of them. The same ones are tried each time, as a check that runs
on every change has to: they are no proof, and HYPOTHESIS_PROFILE=explore tries others each time.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from functools import partial

from copies_in_memory import STEPS, merged, played, shown, side, take_in
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from steps_on_twins import begin_again, rename_actor

from qualcase.storage.joining import join
from qualcase.storage.parts import FOLLOWED, PLACE, said
from qualcase.storage.version_numbers import TEXT_VERSION, VERSION
from qualcase.storage.view import derive, references

CASES = int(os.environ.get("QUALCASE_CASES", "500"))


# The kinds of act that the two histories below were drawn from, which are given by their seeds; and those on
# what two may begin independently, with merges: among all the others they seldom come upon each other.
ALL, FORMER = range(len(STEPS)), range(73)
OF_BEGUN = (*range(73, len(STEPS)), *(STEPS.index(take_in),) * 3)
# Actors alone, so that few names are given, taken and given again in all three copies.
_NAMING = (STEPS.index(rename_actor), STEPS.index(begin_again), STEPS.index(take_in))
OF_NAMES = (73, *_NAMING, 73, _NAMING[0], _NAMING[0], _NAMING[-1])


def drawn(seed, kinds=ALL):
    """Return a history in which all acts are as likely: Hypothesis prefers few and small numbers."""
    chance = random.Random(seed)
    return [
        (kinds[number // 8] * 8 + number % 8, chance.randrange(3))
        for number in (chance.randrange(8 * len(kinds)) for _ in range(chance.randint(20, 60)))
    ]


shrinking = st.lists(st.tuples(st.integers(0, 8 * len(STEPS) - 1), st.integers(0, 2)), max_size=60)
seeds = st.integers(0, 2**64)
histories = shrinking | seeds.map(drawn) | seeds.map(partial(drawn, kinds=OF_BEGUN))
histories |= seeds.map(partial(drawn, kinds=OF_NAMES))
usual = settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@usual
@given(histories)
@example([(160, 0), (224, 1), (232, 0), (104, 0)])
@example([(24, 0), (104, 0), (176, 1), (224, 2)])
@example([(80, 1), (153, 0), (272, 0), (144, 2), (256, 0)])
@example([(80, 2), (88, 0), (216, 1), (88, 2)])
@example([(8, 2), (417, 0), (160, 0), (160, 1)])
@example([(8, 0), (384, 0), (384, 1), (344, 1), (408, 1)])
@example([(24, 2), (120, 1), (24, 0), (8, 1), (400, 0)])
@example([(361, 1), (416, 0), (105, 0), (356, 2)])
@example([(42, 1), (41, 0), (280, 2), (364, 1), (41, 2), (144, 2)])
@example([(384, 2), (48, 0), (256, 0), (48, 1), (144, 2), (264, 2)])
@example([(368, 2), (41, 1), (354, 2), (364, 0), (144, 2), (235, 2)])
@example([(193, 2), (97, 0), (417, 0), (401, 0), (392, 0)])
@example([(192, 2), (232, 2), (232, 1), (217, 2), (145, 0), (272, 0), (96, 1)])
@example([(392, 2), (153, 1), (417, 2), (417, 0), (80, 0), (80, 1)])
@example([(80, 0), (280, 2), (153, 1), (417, 1), (392, 2), (217, 0), (296, 0), (280, 1)])
@example([(328, 2), (353, 1), (356, 2), (144, 1), (104, 1), (417, 0), (208, 0)])
@example([(353, 1), (44, 0), (416, 2), (104, 2), (192, 0)])
@example([(96, 1), (364, 0), (361, 1), (216, 2), (96, 2), (104, 0)])
@example([(296, 0), (361, 2), (353, 0), (416, 2), (145, 1), (417, 0), (104, 2), (232, 1), (0, 0)])
@example([(56, 1), (353, 0), (416, 2), (193, 2), (104, 0), (353, 1)])
@example([(80, 1), (41, 0), (417, 1), (41, 2), (16, 1), (104, 0)])
@example([(272, 1), (152, 2), (81, 1), (144, 1), (88, 0), (256, 1), (272, 2)])
@example([(153, 1), (80, 0), (88, 2), (280, 1), (144, 0), (280, 1), (256, 0)])
@example(drawn(3846, FORMER))
@example(drawn(2764, FORMER))
def test_merging_is_commutative_associative_and_idempotent(history):
    one, two, three = played(history)
    both, swapped = merged(one, two), merged(two, one)
    assert shown(both) == shown(swapped)
    assert shown(merged(both, three)) == shown(merged(one, merged(two, three)))
    assert shown(merged(both, two)) == shown(merged(both, one)) == shown(both)
    assert shown(merged(two, both)) == shown(merged(both, both)) == shown(both)


def test_the_histories_meet_what_the_laws_are_about():
    """Laws on copies that have nothing to tell each other would hold whatever merging did."""
    met = Counter()
    # What Hypothesis draws hangs on what else was loaded: those that are drawn here are always the same.
    for seed in range(CASES):
        one, two, _ = played(drawn(seed))
        met["all"] += 1
        ours, theirs = side(one, two), side(two, one)
        met["both sides"] += bool(ours.own and theirs.own)
        joined = join(ours, theirs)
        view = derive(joined, ours, theirs)
        met["conflicts"] += bool(joined.conflicts)
        for name in ("met", "renamed", "needed", "copies", "beside"):
            met[name] += bool(getattr(view, name))
        met["brought back"] += any(held.uid in ours.remade for held in view.held.values() if held.alive)
        both = one.held.keys() & two.held.keys()
        for part in (PLACE, FOLLOWED, "code"):
            met[part] += any(apart(ours, theirs, uid, part) for uid in both)
    least = {"both sides": 0.4, "conflicts": 0.1, "met": 0.2, "renamed": 0.05, "copies": 0.2}
    least |= {"beside": 0.05, "brought back": 0.05, "needed": 0.04}
    least |= {PLACE: 0.02, FOLLOWED: 0.03, "code": 0.01}
    assert {
        name: met[name] / met["all"] for name, share in least.items() if met[name] < share * met["all"]
    } == {}


def apart(ours, theirs, uid, part):
    """Tell whether both copies wrote a part of a coding, neither knowing of the other."""
    first, second = ours.held[uid], theirs.held[uid]
    acts = [held.parts.get(part, (0, ""))[1] for held in (first, second)]
    return first.record == "coding" and acts[0] in ours.own and acts[1] in theirs.own


@usual
@given(histories)
def test_versions_are_one_strict_order_and_codings_keep_theirs(history):
    one, two, _ = played(history)
    both = merged(one, two)
    versions = sorted(
        (held for held in both.held.values() if held.record == VERSION), key=lambda held: both.made[held.uid]
    )
    numbers = [held.fields["number"] for held in versions]
    assert numbers == list(range(1, len(numbers) + 1))
    alive = [held.fields["number"] for held in versions if held.alive]
    assert both.held["u2"].fields["version"] == max(alive)
    known = [{held.uid: means(copy, held) for held in copy.held.values()} for copy in (one, two)]
    for uid, held in both.held.items():
        if held.record == "coding":
            assert means(both, held) in {known[0].get(uid), known[1].get(uid)}


@usual
@given(histories)
def test_texts_of_a_source_are_one_strict_order_by_their_making(history):
    both = merged(*played(history)[:2])
    first, versions = {}, Counter()
    for held in both.held.values():
        if held.record == TEXT_VERSION:
            source, number = held.fields["source"], held.fields["number"]
            made = both.made[held.uid]
            first[source, number] = min(made, first.get((source, number), made))
            versions[source] += held.uid == first_of_twins(held.uid, both.traces.met)
    in_order = sorted(first, key=lambda version: (version[0], first[version]))
    assert in_order == [(source, n + 1) for source in sorted(versions) for n in range(versions[source])]


def first_of_twins(uid, met):
    found = {uid}
    while more := {one for (twin, _), to in met.items() for one in (twin, to) if {twin, to} & found} - found:
        found |= more
    return min(found)


def means(copy, held):
    """Return the uid of the version that a coding is of."""
    number = held.fields.get(VERSION)
    versions = (one for one in copy.held.values() if one.record == VERSION)
    return next((one.uid for one in versions if one.fields["number"] == number), None)


@usual
@given(histories)
def test_a_deletion_returns_only_by_an_explicit_undo(history):
    one, two, _ = played(history)
    both = merged(one, two)
    for copy in (one, two):
        for uid, held in copy.held.items():
            if held.record not in {"coding", "memo", "event"} or held.alive or uid in copy.traces.copies:
                continue
            back = [act for act, uids in both.remade.items() if uid in uids]
            if both.held[uid].alive:
                assert any((both.acts[act], act) > held.stamp for act in back)


@usual
@given(histories)
def test_nothing_alive_rests_on_what_is_gone_and_nothing_is_called_alike(history):
    both = merged(*played(history)[:2])
    gone = {uid for uid, held in both.held.items() if not held.alive}
    for held in both.held.values():
        if held.alive:
            assert not gone.intersection(references(held))
    for record in ("source", "code", "event"):
        handles = [h.fields["handle"] for h in both.held.values() if h.record == record and h.alive]
        assert len(handles) == len(set(handles))


@usual
@given(histories)
@example([(156, 0), (153, 2), (439, 1), (157, 1), (418, 1), (94, 1)])
def test_no_words_of_a_memo_are_lost(history):
    one, two, _ = played(history)
    both = merged(one, two)
    words = {held.fields["text"] for held in both.held.values() if held.record == "memo" and held.alive}
    ours, theirs = side(one, two), side(two, one)
    for uid in one.held.keys() & two.held.keys():
        first, second = ours.held[uid], theirs.held[uid]
        apart = said(first)[1] in ours.own and said(second)[1] in theirs.own
        if first.record == "memo" and first.alive and second.alive and apart and both.held[uid].alive:
            assert {first.fields["text"], second.fields["text"]} <= words


@usual
@given(histories)
def test_a_memo_has_its_place_whole_and_as_somebody_put_it(history):
    one, two, _ = played(history)
    both = merged(one, two)
    for uid, held in both.held.items():
        # Words that lost are wherever their memo is.
        known = one.held.keys() & two.held.keys() - both.traces.copies.keys()
        if held.record == "memo" and held.alive and uid in known:
            assert place_of(held) in {place_of(one.held[uid]), place_of(two.held[uid])}


def place_of(held):
    # Which source and text it names may be those of a twin.
    return tuple(held.fields.get(name) for name in ("about_kind", "start", "end"))
