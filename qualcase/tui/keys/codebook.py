"""The keys of the codebook screen."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

CHANGING = Group(
    "Change the codebook",
    (
        Action("codebook.add", "n", "add", "a new code beside this one", "new", 2),
        Action("codebook.add-below", "i", "add_below", "a new code inside (below) this one", "inside", 4),
        Action(
            "codebook.edit", "e", "edit", "say otherwise what the code means and when to use it", "edit", 1
        ),
        Action("codebook.rename", "r", "rename", "give it another name; its id stays", "rename", 2),
        Action("codebook.move", "m", "move", "put it under another code, or at the top", "move", 3),
        Action("codebook.lift", "H,left", "lift", "move it up a level, beside the code that it is under"),
        Action(
            "codebook.sink", "L,right", "sink", "move it down a level, under the code above it in the list"
        ),
        Action("codebook.merge", "M", "merge", "merge it into another code", "merge", 3),
        Action("codebook.split", "P", "split", "split it into parts", "split", 3),
        Action("codebook.narrow", "N", "narrow", "let it mean less; its passages are to be read again"),
        Action("codebook.widen", "W", "widen", "let it mean more; its passages are to be read again"),
        Action("codebook.retire", "R", "retire", "close it to new codings; the old ones stay", "retire", 5),
        Action("codebook.undo", "u", "undo", "take back your last act", "undo", 2),
        Action("codebook.redo", "U", "redo", "do again what you took back"),
    ),
)
READING = Group(
    "Read",
    (
        Action(
            "codebook.passages",
            "p",
            "passages",
            "all passages of the code, on their own screen",
            "passages",
            1,
        ),
        Action("codebook.history", "v", "history", "the life of the code, version by version"),
        Action("codebook.check", "c", "check", "what is doubtful in the codebook and its use", "check", 6),
        Action("codebook.reread", "y", "reread", "passages to be read again since the code was changed"),
        Action("codebook.confirm", "Y", "confirm", "note that all of them were read again and hold"),
    ),
)
GROUPS = (CHANGING, READING)
