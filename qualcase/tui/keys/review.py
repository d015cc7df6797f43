"""The keys of the screens for passages in doubt and for correcting a text."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

REVIEW = Group(
    "Passages in doubt",
    (
        Action("review.confirm", "y", "confirm", "it is where the new text is proposed", "yes, there", 0),
        Action("review.move", "m", "move", "it is elsewhere: type words that stand there", "elsewhere", 1),
        Action("review.take", "M", "take_selection", "it is what is selected on the coding screen"),
        Action("review.drop", "x", "drop", "give it up, after a word", "drop", 1),
        Action("review.later", "n", "later", "leave it for later", "later", 1),
        Action("review.open", "o", "open", "read the proposed place on the coding screen", "read", 2),
        Action("review.edit", "e", "edit", "correct the text of its source", "edit", 4),
        Action("review.undo", "u", "undo", "take back your last act", "undo", 2),
        Action("review.redo", "U", "redo", "do again what you took back"),
    ),
)
TYPING = Group(
    "While typing",
    (
        Action(
            "editor.stop", "escape", "screen.stop_typing", "stop typing: letters are keys", "stop typing", 0
        ),
        Action("editor.save-typing", "f2,ctrl+s", "screen.save", "see what would move, and save", "save", 0),
    ),
)
EDITOR = Group(
    "Correct a text",
    (
        Action("editor.type", "i", "type", "go on typing", "type", 0),
        Action("editor.save", "s", "save", "see what would move, and save", "save", 0),
        Action("editor.discard", "x", "discard", "leave out what was typed", "leave out", 1),
        Action("editor.own", "e", "own_editor", "correct it in your own editor ($EDITOR)", "$EDITOR", 2),
        Action("editor.source", "o", "choose_source", "another source", "source", 2),
        Action("editor.keep", "w", "keep", "write what stands here to a file of its own"),
        Action(
            "editor.undo", "u", "undo", "take back your last act, as a correction that was saved", "undo", 3
        ),
        Action("editor.redo", "U", "redo", "do again what you took back"),
    ),
)
