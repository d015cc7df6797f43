"""The keys of the suggestions review."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

ANSWERING = Group(
    "Answer",
    (
        Action("suggestions.yes", "y", "accept", "yes: make a coding of it, as yours", "yes", 0),
        Action("suggestions.no", "n", "reject", "no: it is not shown to you again", "no", 0),
        Action("suggestions.later", "l", "postpone", "later: it comes again after the others", "later", 1),
        Action("suggestions.undo", "u", "undo", "take your last answer back", "undo", 2),
        Action("suggestions.redo", "U,r", "redo", "answer again as before"),
    ),
)
CHOOSING = Group(
    "Choose",
    (
        Action("suggestions.sort", "s", "sort(1)", "sort by the next: source, code, score", "sort", 3),
        Action("suggestions.sort-back", "S", "sort(-1)", "sort by the one before"),
        Action("suggestions.code", "c", "choose_code", "only those of one code, or all", "code", 2),
        Action("suggestions.source", "o", "choose_source", "only those of one source, or all", "source", 3),
        Action("suggestions.more", "plus,equals_sign", "change_context(1)", "more of the words around"),
        Action("suggestions.less", "minus", "change_context(-1)", "less of them"),
        Action("suggestions.again", "f5,R", "propose_again", "look for suggestions anew"),
    ),
)
GROUPS = (ANSWERING, CHOOSING)
