"""The keys of the screens that list sources, cases and actors."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

SOURCES = Group(
    "Sources",
    (
        Action("sources.done", "d", "done", "say that it is coded through, or open it again", "done", 2),
        Action("sources.edit", "e", "edit", "correct its date, kind, informant, title, length", "edit", 1),
        Action("sources.text", "E", "correct", "correct its text; codings follow"),
        Action("sources.case", "c", "case", "say that it speaks of a case", "case", 3),
        Action("sources.filter", "slash", "filter", "show those with some words only", "filter", 3),
        Action("sources.undo", "u", "undo", "take back your last act", "undo", 4),
        Action("sources.redo", "U", "redo", "do again what you took back"),
    ),
)
CASES = Group(
    "Cases",
    (
        Action("cases.new", "n", "new", "a new case", "new", 1),
        Action("cases.undo", "u", "undo", "take back your last act", "undo", 4),
        Action("cases.redo", "U", "redo", "do again what you took back"),
    ),
)
ACTORS = Group(
    "Actors",
    (
        Action("actors.rename", "r", "rename", "another name; the labels in the sources stay", "rename", 1),
        Action("actors.edit", "e", "edit", "role, organisation, sector, type; whether they ask", "edit", 1),
        Action("actors.merge", "m", "merge", "say that this and another are one", "merge", 2),
        Action("actors.undo", "u", "undo", "take back your last act", "undo", 4),
        Action("actors.redo", "U", "redo", "do again what you took back"),
    ),
)
