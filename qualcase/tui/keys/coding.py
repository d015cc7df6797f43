"""The keys of the coding screen."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

MOVING = Group(
    "Move",
    (
        Action("word.next", "right,l", "move_word(1)", "the next word"),
        Action("word.before", "left,h", "move_word(-1)", "the word before"),
        Action("row.down", "down,j", "move_row(1)", "down a row"),
        Action("row.up", "up,k", "move_row(-1)", "up a row"),
        Action("page.down", "pagedown,space", "move_page(1)", "down a page"),
        Action("page.up", "pageup,b", "move_page(-1)", "up a page"),
        Action("source.begin", "home,less_than_sign", "move_to_end(-1)", "to the beginning of the source"),
        Action("source.end", "end,greater_than_sign", "move_to_end(1)", "to its end"),
    ),
)
SELECTING = Group(
    "Select",
    (
        Action(
            "select.word", "w", "take('words')", "select the word here; again: the next word", "select", 2
        ),
        Action(
            "extend.word",
            "W,L,shift+right",
            "extend('words',1)",
            "extend the selection by a word",
            "extend",
            2,
        ),
        Action(
            "select.sentence",
            "s",
            "take('sentences')",
            "select the sentence here; again: the next",
            "select",
            2,
        ),
        Action("extend.sentence", "S", "extend('sentences',1)", "extend it by a sentence", "extend", 2),
        Action(
            "select.turn",
            "t",
            "take('contributions')",
            "select the turn or paragraph here; again: the next",
            "select",
            2,
        ),
        Action(
            "extend.turn", "T", "extend('contributions',1)", "extend it by a turn or paragraph", "extend", 2
        ),
        Action("shrink.word", "H,shift+left", "extend('words',-1)", "draw it back by a word"),
        Action("extend.row", "J,shift+down", "extend_row(1)", "extend it down a row"),
        Action("shrink.row", "K,shift+up", "extend_row(-1)", "draw it up a row"),
        Action("select.none", "escape", "collapse", "back to the one word where the selection began"),
    ),
)
CODING = Group(
    "Code",
    (
        Action(
            "code",
            "c,enter",
            "choose_code",
            "code the selection: type part of a code's name",
            "code",
            0,
        ),
        Action(
            "code.again",
            "full_stop",
            "repeat_code",
            "code the selection with the last code again",
            "again",
            4,
        ),
        Action("uncode", "x", "uncode", "take away a coding that lies here", "uncode", 3),
        Action("undo", "u", "undo", "take back your last act", "undo", 3),
        Action("redo", "r", "redo", "do again what you took back", "undo", 3),
        Action("suggestion.next", "f", "next_suggestion", "find the next suggestion", "suggestion", 5),
        Action("suggestion.accept", "a", "accept_suggestion", "accept the suggestion shown"),
        Action("suggestion.reject", "d", "reject_suggestion", "decline the suggestion shown"),
    ),
)
GOING = Group(
    "Find",
    (
        Action("source.next", "n", "change_source(1)", "the next source", "next", 2),
        Action("source.before", "p", "change_source(-1)", "the source before", "next", 2),
        Action("source.choose", "o", "choose_source", "open a source from the list"),
        Action("search", "slash", "search", "search in this source"),
        Action("search.next", "right_square_bracket", "next_hit(1)", "the next place found"),
        Action("search.before", "left_square_bracket", "next_hit(-1)", "the place found before"),
        Action("panes", "z", "next_layout", "show other panes: all, without the codebook, text alone"),
    ),
)
GROUPS = (MOVING, SELECTING, CODING, GOING)
