"""The keys of the passages screen."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

ASKING = Group(
    "Ask",
    (
        Action("passages.code", "o", "choose_code", "the passages of a code from the list", "code", 1),
        Action("passages.below", "i", "turn_subtree", "with or without the codes below it"),
        Action("passages.question", "slash", "ask", "type a question: codes with AND, OR, NOT …", "ask", 1),
        Action("passages.words", "f", "find_words", "the places where words stand", "words", 3),
        Action("passages.kept", "l", "choose_kept", "ask a question that was kept", "kept", 4),
        Action("passages.keep", "L", "keep", "keep this question under a name"),
        Action("passages.again", "f5,R", "ask_again", "read what is shown anew"),
    ),
)
READING = Group(
    "Read",
    (
        Action("passages.group", "s", "group(1)", "group by the next: code, source, speaker …", "group", 2),
        Action("passages.group-back", "S", "group(-1)", "group by the one before"),
        Action("passages.group-next", "right_square_bracket", "step_group(1)", "to the next group"),
        Action("passages.group-before", "left_square_bracket", "step_group(-1)", "to the group before"),
        Action("passages.more", "plus,equals_sign", "change_context(1)", "more of the words around"),
        Action("passages.less", "minus", "change_context(-1)", "less of them"),
        Action("passages.definition", "z", "turn_definition", "the code's definition beside, or not"),
        Action("passages.export", "e", "export", "write what is shown into a file", "export", 4),
    ),
)
CHANGING = Group(
    "Change",
    (
        Action("passages.mark", "v", "mark", "mark this passage, or not", "mark", 3),
        Action("passages.mark-group", "V", "mark_group", "mark the whole group, or all"),
        Action("passages.mark-none", "escape", "mark_none", "mark none"),
        Action("passages.recode", "c", "recode", "give the marked, or this one, another code", "recode", 2),
        Action("passages.uncode", "x", "uncode", "take their codings away", "uncode", 3),
        Action("passages.key", "asterisk", "key", "key quotations, or not"),
        Action("passages.memo", "m", "memo", "write a memo on them", "memo", 4),
        Action("passages.undo", "u", "undo", "take back your last act here", "undo", 3),
        Action("passages.redo", "U,r", "redo", "do again what you took back"),
    ),
)
GROUPS = (ASKING, READING, CHANGING)
