"""What an error says on a screen names the key where there is one, not a command to type elsewhere."""

from __future__ import annotations

import pytest

from qualcase.model.errors import UsageError
from qualcase.tui.places import PLACES
from qualcase.tui.ways_out import _KEYS, full_sentence


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("`qualcase codebook list` lists them.", "g then b lists them."),
        ("qualcase source done S1", "Key: D on the coding screen."),
        (
            "One of the two has to go first: qualcase uncode.",
            "One of the two has to go first: x on the coding screen.",
        ),
        (
            "Look at what came (qualcase log), and do it again.",
            "Look at what came (g then l), and do it again.",
        ),
        (
            "`qualcase log --verify` says whether it is whole.",
            "v in the log (g then l) says whether it is whole.",
        ),
        ("Put it on with: qualcase code SOURCE KM", "Put it on with: c on the coding screen"),
        ("`qualcase codebook crosswalk` lists them.", "`qualcase codebook crosswalk` lists them."),
        (
            "The newest good backup: qualcase restore x.backup",
            "The newest good backup: qualcase restore x.backup",
        ),
        ("Choose another name.", "Choose another name."),
    ],
)
def test_a_hint_names_the_key(hint, said):
    assert full_sentence(UsageError("No.", hint=hint)) == f"No. {said}"
    assert full_sentence(UsageError("No.")) == "No."


def test_the_letters_that_are_named_lead_somewhere():
    letters = {place.letter for place in PLACES}
    named = {keys.partition("g then ")[2][:1] for keys in _KEYS.values() if "g then " in keys}
    assert named
    assert named <= letters
