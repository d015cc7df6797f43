"""Identifiers: ordered by time, read back to the same bytes, found by part of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.model.errors import AmbiguousNameError, UnknownNameError
from qualcase.model.identity import decode_uid, encode_uid, find_uid, new_uid, short_uid


@given(st.binary(min_size=16, max_size=16))
def test_bytes_survive_being_written(raw):
    assert decode_uid(encode_uid(raw)) == raw


@given(st.binary(max_size=40).filter(lambda raw: len(raw) != 16))
def test_other_lengths_are_no_identifiers(raw):
    with pytest.raises(ValueError, match="bytes"):
        encode_uid(raw)


@pytest.mark.parametrize("text", ["", "8" + "0" * 25, "0" * 25, "0" * 27, "0" * 25 + "u", "0" * 25 + "O"])
def test_other_texts_are_no_identifiers(text):
    with pytest.raises(ValueError, match="identifier"):
        decode_uid(text)


def test_a_new_one_says_its_version_and_is_never_twice_the_same():
    made = {new_uid() for _ in range(2000)}
    assert len(made) == 2000
    for uid in made:
        raw = decode_uid(uid)
        assert raw[6] >> 4 == 7
        assert raw[8] >> 6 == 0b10


def test_one_is_found_by_its_beginning_or_its_last_eight():
    one, other = "01" + "a" * 24, "01" + "b" * 24
    assert find_uid("01a", [one, other], what="coding") == one
    assert find_uid(short_uid(other).upper(), [one, other], what="coding") == other
    with pytest.raises(AmbiguousNameError) as fault:
        find_uid("01", [one, other], what="coding")
    assert one in fault.value.message
    for nothing in ("zz", "", "aaaa" * 3):
        with pytest.raises(UnknownNameError):
            find_uid(nothing, [one, other], what="coding")


@given(st.binary(min_size=16, max_size=16))
def test_the_digits_are_those_of_the_number(raw):
    number, digits = int.from_bytes(raw, "big"), ""
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits = "0123456789abcdefghjkmnpqrstvwxyz"[digit] + digits
    assert encode_uid(raw) == digits


def test_what_is_made_in_one_moment_is_in_order_too(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_790_000_000_000_000_000)
    made = [new_uid() for _ in range(5000)]
    assert made == sorted(set(made))


def test_a_clock_that_was_set_back_begins_anew(monkeypatch):
    moments = iter((1_790_000_000_000_000_000, 1_790_000_000_000_000_000 - 3600 * 10**9))
    monkeypatch.setattr(time, "time_ns", lambda: next(moments))
    first, second = new_uid(), new_uid()
    assert second < first
