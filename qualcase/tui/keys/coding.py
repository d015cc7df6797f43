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
            "code the selection: type part of a code's name (Tab: several)",
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
        Action(
            "code.in-vivo",
            "i",
            "code_in_vivo",
            "make a code of the very words selected, and apply it",
            "in vivo",
            6,
        ),
        *(
            Action(
                f"shortcut.{digit}",
                str(digit),
                f"shortcut({digit})",
                f"apply the code of shortcut {digit}; in the codebook, give {digit} to the code chosen there",
            )
            for digit in range(1, 10)
        ),
        Action("uncode", "x", "uncode", "take away a coding that lies here", "uncode", 3),
        Action("undo", "u", "undo", "take back your last act", "undo", 3),
        Action("redo", "U,r", "redo", "do again what you took back", "undo", 3),
        Action("suggestion.next", "f", "next_suggestion", "find the next suggestion", "suggestion", 5),
        Action("suggestion.accept", "a", "accept_suggestion", "accept the suggestion shown"),
        Action("suggestion.reject", "d", "reject_suggestion", "decline the suggestion shown"),
    ),
)
DESCRIBING = Group(
    "The coding here",
    (
        Action("coding.choose", "y", "choose_coding", "choose which of the codings here the keys below mean"),
        Action(
            "coding.ends",
            "e",
            "adjust",
            "adjust its ends, or those of the selection where nothing is coded",
            "ends",
            6,
        ),
        Action("coding.recode", "C", "recode", "give it another code"),
        Action(
            "coding.memo",
            "m",
            "write_memo",
            "write a memo on it, or on the passage where nothing is coded",
            "memo",
            6,
        ),
        Action("coding.key", "asterisk", "mark_key", "mark it as a key quotation, or no longer"),
        Action(
            "coding.describe",
            "v",
            "describe",
            "valence, stance, voice, weight: then one letter",
            "valence",
            7,
        ),
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
        Action("search.list", "A", "list_hits", "all places found, in a list to choose from"),
        Action("place.go", "number_sign", "go_to_number", "go to a turn or line by its number, or to a time"),
        Action("code.find", "F", "find_code", "go to the passages of a code in this source"),
        Action("code.next", "right_parenthesis", "next_passage(1)", "the next passage of that code"),
        Action("code.before", "left_parenthesis", "next_passage(-1)", "the passage of that code before"),
    ),
)
SHOWING = Group(
    "Show",
    (
        Action("panes", "z", "next_layout", "show other panes: all, without the codebook, text alone"),
        Action("focus", "Z", "focus_text", "the text alone on the screen, and back"),
        Action("margin", "N", "next_numbering", "in the margin: turns, lines, time stamps or speakers"),
        Action("others", "O", "toggle_others", "other coders' codings beside yours, or yours alone"),
        Action(
            "read-only", "R", "toggle_read_only", "read only: no key changes anything, until pressed again"
        ),
        Action("source.done", "D", "toggle_done", "mark the source as coded through, or open it again"),
    ),
)
ADJUSTING = Group(
    "Adjust the ends",
    (
        Action("adjust.word-on", "right,l", "adjust_word(1)", "the end a word on", "word", 1),
        Action("adjust.word-back", "left,h", "adjust_word(-1)", "the end a word back", "word", 1),
        Action(
            "adjust.character-on",
            "full_stop,shift+right",
            "adjust_character(1)",
            "a character on",
            "character",
            2,
        ),
        Action(
            "adjust.character-back",
            "comma,shift+left",
            "adjust_character(-1)",
            "a character back",
            "character",
            2,
        ),
        Action("adjust.other", "tab,e", "adjust_other", "the other end", "other end", 1),
        Action("adjust.keep", "enter", "adjust_keep", "keep the ends so", "keep", 0),
        Action("adjust.leave", "escape", "adjust_leave", "leave the ends as they were", "leave", 0),
    ),
)
GROUPS = (MOVING, SELECTING, CODING, DESCRIBING, GOING, SHOWING)
