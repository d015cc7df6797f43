"""When a thing was made is read off the beginning of its identifier."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qualcase.model.identity import encode_uid
from qualcase.storage.reading.codings import made_at


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_213_228_799_007, "2008-06-11T23:59:59.007Z"),
        (1_213_228_799_999, "2008-06-11T23:59:59.999Z"),
        (1_709_164_800_120, "2024-02-29T00:00:00.120Z"),
    ],
)
def test_a_moment_is_written_to_the_millisecond_in_utc(milliseconds, written):
    uid = encode_uid((milliseconds << 80 | 0x7FFF_8000 << 48 | 0xFFFF_FFFF_FFFF).to_bytes(16, "big"))
    assert made_at(uid) == written


def test_what_is_made_in_the_same_second_is_told_apart():
    began = round(datetime(2026, 11, 22, 9, 30, 1, tzinfo=UTC).timestamp()) * 1000
    uids = [encode_uid((began + later << 80).to_bytes(16, "big")) for later in (1, 2, 999)]
    assert [made_at(uid)[-7:] for uid in uids] == ["01.001Z", "01.002Z", "01.999Z"]
