"""The keys of the log."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

HISTORY = Group(
    "Log",
    (
        Action("log.undo", "u", "undo", "take back your last act", "undo", 1),
        Action("log.redo", "U", "redo", "do again what you took back", "undo", 1),
        Action("log.coder", "c", "choose_coder", "the acts of one coder, or of everybody", "coder", 2),
        Action("log.turn", "r", "turn_round", "the oldest first, or the newest", "turn round", 3),
        Action("log.verify", "v", "verify", "check that nobody has altered the journal", "verify", 2),
    ),
)
