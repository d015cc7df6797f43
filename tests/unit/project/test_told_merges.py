"""What a merge says that it did."""

from __future__ import annotations

import pytest

from qualcase.project.merging import say_merged
from qualcase.storage.merging import Merged


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ({"saved_query": 2}, "2 saved queries were added."),
        ({"saved_query": 1}, "1 saved query was added."),
        ({"study_case": 2, "memo": 1}, "1 memo and 2 cases were added."),
        ({"coding": 1200, "event": 1, "code": 3}, "3 codes, 1,200 codings and 1 event were added."),
    ],
)
def test_things_are_counted_in_words_as_people_say_them(added, told):
    assert told in list(say_merged(Merged(added=added, operations=1)))
