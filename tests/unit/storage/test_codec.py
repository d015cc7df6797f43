"""How an operation is written: a header as canonical JSON has it, a body that any window gives back."""

from __future__ import annotations

import json
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.model.identity import encode_uid, new_uid, new_uid_bytes
from qualcase.model.operation import Change, Operation
from qualcase.storage import codec
from qualcase.storage.codec import (
    decode_body,
    encode_body,
    hash_body,
    hash_next,
    hash_row,
    hash_written,
    write_header,
)
from qualcase.storage.errors import UnreadableActError
from qualcase.storage.schema.base import canonical_json


@pytest.mark.parametrize("kind", ["code", "split “it”", 'a "quoted" \\ kind', "line\nbreak", "é\u2028\x00"])
@pytest.mark.parametrize("target", [None, "01kag7v2p3e4q8s9t0v1w2x3y4"])
def test_a_header_is_written_as_canonical_json_has_it(kind, target):
    header = [new_uid(), kind, new_uid(), 116_700_000_000_000, 3, target]
    assert write_header(*header) == canonical_json(header).encode()


def test_the_hash_of_an_operation_is_what_it_was_when_the_format_was_made():
    header = ["01kag7v2p3e4q8s9t0v1w2x3y4", "code", "01kag7v2p3e4q8s9t0v1w2x3y5", 42, 1, None]
    told = hash_written([b"p" * 32], write_header(*header), b"b" * 32).hex()
    assert told == "fd56586207ea2650b1dc6c93a3f219ba1eb5be21be13540155014050dc4b6dac"


@pytest.mark.parametrize("more", range(-30, 31, 3))
def test_a_body_about_as_long_as_the_small_window_takes_comes_back(more):
    chance = random.Random(more)
    text = "".join(chance.choice("trust and networks, ") for _ in range(codec._SHORT_BYTES + more))
    operation = Operation("memo", "Wrote", (Change("memo", new_uid(), None, {"text": text}),), {"n": more})
    assert decode_body("memo", encode_body(operation)) == operation


def test_a_short_body_is_the_same_bytes_whichever_window_it_was_written_with(monkeypatch):
    operation = Operation(
        "code", "Coded S1 1:5 as KM.TRUST", (Change("coding", new_uid(), None, {"start": 1}),)
    )
    short = encode_body(operation)
    monkeypatch.setattr(codec, "_SHORT_BYTES", 0)
    assert encode_body(operation) == short


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_values_are_written_as_the_library_writes_them(value):
    wanted = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    assert canonical_json(value) == wanted


NUMBERS = st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(min_value=1 << 64)
FIELDS = st.none() | st.dictionaries(st.text(max_size=9), VALUES | NUMBERS, max_size=9)
CHANGES = st.lists(st.builds(Change, st.text(max_size=9), st.text(max_size=26), FIELDS, FIELDS), max_size=5)
DETAIL = st.dictionaries(st.text(max_size=9), VALUES, max_size=3)


@given(CHANGES.map(tuple), DETAIL, st.text())
def test_a_body_gives_back_what_was_written(changes, detail, summary):
    operation = Operation("code", summary, changes, detail)
    body = encode_body(operation)
    plain = canonical_json({"c": [tuple_of(one) for one in changes], "d": detail, "s": summary})
    assert json.loads(codec._inflate(body)) == json.loads(plain)
    assert encode_body(decode_body("code", body)) == body


def tuple_of(change):
    return [change.record, change.uid, change.before, change.after]


@pytest.mark.parametrize("changes", [0, 1, 3, 4, 50])
def test_a_body_holds_canonical_json_however_many_changes_there_are(changes):
    made = [
        ["coding", new_uid(), None, {"start": 1, "code": 'é\u2028"', "key": True}] for _ in range(changes)
    ]
    for detail in ({}, {"n": 1.5, "a": [None]}):
        operation = Operation("code", "Coded\n", tuple(Change(*one) for one in made), detail)
        plain = canonical_json({"c": made, "d": detail, "s": "Coded\n"})
        assert codec._inflate(encode_body(operation)).decode() == plain


def test_what_is_no_number_is_not_written_as_nothing():
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode_body(Operation("merge", "Merged", (), {"n": float("nan")}))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_not_written(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json([number])


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.binary(max_size=99))
def test_the_hash_after_one_parent_is_the_hash_of_its_parts(parent, header, body):
    nonce = b"n" * 16
    assert hash_next(parent, header, nonce, body) == hash_written([parent], header, hash_body(nonce, body))


@given(st.binary(min_size=32, max_size=32), st.text(), st.integers(), st.binary(max_size=99))
def test_the_hash_of_a_row_is_the_hash_of_what_it_holds(parent, kind, clock, body):
    nonce, raw, coder = b"n" * 16, new_uid_bytes(), new_uid()
    header = write_header(encode_uid(raw), kind, coder, clock, 3, None)
    assert hash_row(parent, raw, kind, coder, clock, 3, nonce, body) == hash_next(parent, header, nonce, body)


def body_of(plain):
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zdict=codec._WORDS)
    return packer.compress(plain) + packer.flush()


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"[]",
        b"{}",
        b'{"c":[],"d":{},"s":null}',
        b'{"c":[],"d":[["a",1]],"s":""}',
        b'{"c":{"memo":1},"d":{},"s":""}',
        b'{"c":["memo"],"d":{},"s":""}',
        b'{"c":[["memo","01",null]],"d":{},"s":""}',
        b'{"c":[["memo","01",null,{},1]],"d":{},"s":""}',
        b'{"c":[[1,"01",null,{}]],"d":{},"s":""}',
        b'{"c":[["memo",1,null,{}]],"d":{},"s":""}',
        b'{"c":[["memo","01","x",{}]],"d":{},"s":""}',
        b'{"c":[["memo","01",null,[]]],"d":{},"s":""}',
        b'{"c":[],"d":{},"s":"\xff"}',
        b'{"c":[],"d":{},"s":"\\ud800"}',
        b'{"c":[],"d":{"n":NaN},"s":""}',
        b'{"c":[],"d":{"n":1e999},"s":""}',
        b'{"c":[],"d":{"n":%s},"s":""}' % (b"9" * 5000),
        b'{"c":[],"d":{"n":%s},"s":""}' % (b"[" * 100_000 + b"]" * 100_000),
        b'{"c":[],"d":{"m":1234567890123456789012,"n":%s},"s":""}' % (b"[" * 100_000 + b"]" * 100_000),
    ],
    ids=range(20),
)
def test_what_is_no_body_is_one_clear_error(plain):
    with pytest.raises(UnreadableActError, match=r"cannot be read: .*\.$") as caught:
        decode_body("memo", body_of(plain))
    assert isinstance(caught.value, ValueError)
