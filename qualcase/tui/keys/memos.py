"""The keys of the memos screen."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

MEMOS = Group(
    "Memos",
    (
        Action("memos.new", "n", "new", "a new memo, on the project or on one thing in it", "new", 1),
        Action("memos.edit", "e", "edit", "change its words; those before are kept", "edit", 1),
        Action("memos.remove", "x", "remove", "take it away", "remove", 4),
        Action("memos.follow", "f", "follow", "go to what it is about, names, or is named by", "follow", 2),
        Action("memos.wordings", "v", "wordings", "every wording that it has had", "wordings", 5),
        Action("memos.kind", "t", "next_kind", "only one kind: the next one, then all again", "kind", 2),
        Action(
            "memos.register", "R", "turn_register", "the reflexivity register: reflexive memos only, or all"
        ),
        Action("memos.filter", "slash", "filter", "show those with some words only", "filter", 3),
        Action("memos.write", "w", "write", "write the register of the memos shown by kind to a file"),
        Action("memos.undo", "u", "undo", "take back your last act", "undo", 3),
        Action("memos.redo", "U", "redo", "do again what you took back"),
    ),
)
