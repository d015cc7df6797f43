"""The keys of the screen that compares two coders."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

COMPARISON = Group(
    "Compare",
    (
        Action("comparison.coders", "o", "choose_coders", "compare other two coders", "coders", 2),
        Action("comparison.code", "c", "choose_code", "only where one code is at stake, or all", "code", 1),
        Action(
            "comparison.kind", "t", "next_kind", "only one kind of difference: the next, then all", "kind", 2
        ),
        Action(
            "comparison.agreement", "a", "agreement", "the agreement of the two, code by code", "agreement", 1
        ),
        Action(
            "comparison.codebook",
            "d",
            "definition",
            "the code’s definition, in the codebook",
            "definition",
            3,
        ),
    ),
)
