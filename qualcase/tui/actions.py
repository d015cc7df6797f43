"""Every key of the coding screen in one table: from it come the bindings, the key bar and the help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its keys for Textual, the keys as shown, and what it does.

    `bar` is its word in the key bar, `bar_keys` the keys there where they stand for several actions.
    """

    keys: str
    name: str
    shown: str
    help: str
    bar: str = ""
    bar_keys: str = ""

    @property
    def binding(self) -> Binding:
        """The binding that Textual wants; its id is what a remapping would name."""
        return Binding(self.keys, self.name, self.help, show=False, id=self.name)


MOVING = (
    Action("right,l", "move_word(1)", "→ l", "the next word"),
    Action("left,h", "move_word(-1)", "← h", "the word before"),
    Action("down,j", "move_row(1)", "↓ j", "down a row"),
    Action("up,k", "move_row(-1)", "↑ k", "up a row"),
    Action("pagedown,space", "move_page(1)", "PgDn Space", "down a page"),
    Action("pageup,b", "move_page(-1)", "PgUp b", "up a page"),
    Action("home,less_than_sign", "move_to_end(-1)", "Home <", "to the beginning of the source"),
    Action("end,greater_than_sign", "move_to_end(1)", "End >", "to its end"),
)
SELECTING = (
    Action("w", "take('words')", "w", "select the word here; again: the next word", "word", "w/W"),
    Action(
        "s", "take('sentences')", "s", "select the sentence here; again: the next sentence", "sentence", "s/S"
    ),
    Action(
        "t", "take('contributions')", "t", "select the turn or paragraph here; again: the next", "turn", "t/T"
    ),
    Action("W", "extend('words',1)", "W", "extend the selection by a word"),
    Action("S", "extend('sentences',1)", "S", "extend it by a sentence"),
    Action("T", "extend('contributions',1)", "T", "extend it by a turn or paragraph"),
    Action("L,shift+right", "extend('words',1)", "L Shift→", "extend it by a word"),
    Action("H,shift+left", "extend('words',-1)", "H Shift←", "draw it back by a word"),
    Action("J,shift+down", "extend_row(1)", "J Shift↓", "extend it down a row"),
    Action("K,shift+up", "extend_row(-1)", "K Shift↑", "draw it up a row"),
    Action("escape", "collapse", "Esc", "back to the one word where the selection began"),
)
CODING = (
    Action("c,enter", "choose_code", "c Enter", "code the selection: type part of a code's name", "code"),
    Action("full_stop", "repeat_code", ".", "code the selection with the last code again", "again"),
    Action("x", "uncode", "x", "take away a coding that lies here", "uncode"),
    Action("u", "undo", "u", "take back your last act", "undo", "u/r"),
    Action("r", "redo", "r", "do again what you took back"),
    Action("g", "next_suggestion", "g", "go to the next suggestion", "suggestion"),
    Action("a", "accept_suggestion", "a", "accept the suggestion shown"),
    Action("d", "reject_suggestion", "d", "reject the suggestion shown"),
)
GOING = (
    Action("n", "change_source(1)", "n", "the next source", "next", "n/p"),
    Action("p", "change_source(-1)", "p", "the source before"),
    Action("o", "choose_source", "o", "open a source from the list"),
    Action("slash", "search", "/", "search in this source"),
    Action("right_square_bracket", "next_hit(1)", "]", "the next place found"),
    Action("left_square_bracket", "next_hit(-1)", "[", "the place found before"),
    Action("1", "toggle_pane('codebook')", "1", "show or hide the codebook"),
    Action("2", "toggle_pane('side')", "2", "show or hide codes and suggestions"),
    Action("question_mark,f1", "help", "?", "this list of keys", "keys"),
    Action("q", "leave", "q", "save and quit", "quit"),
)
GROUPS = (("Move", MOVING), ("Select", SELECTING), ("Code", CODING), ("Go", GOING))

# What the bar drops last where the terminal is narrow.
_NEEDED = (
    "code",
    "keys",
    "quit",
    "word",
    "sentence",
    "turn",
    "undo",
    "uncode",
    "next",
    "again",
    "suggestion",
)
_ROOMY = 110


def bindings(*tables: tuple[Action, ...]) -> list[BindingType]:
    """Return the bindings of some tables."""
    return [action.binding for table in tables for action in table]


def bar_pieces(width: int) -> tuple[tuple[str, str], ...]:
    """Return the key bar: keys and words as (text, style), as many as the width takes, in table order."""
    gap = "  " if width >= _ROOMY else " "
    named = {action.bar: action for _, group in GROUPS for action in group if action.bar}
    kept: set[str] = set()
    left = width
    for word in sorted(named, key=_NEEDED.index):
        left -= len(gap + _bar_keys(named[word])) + 1 + len(word)
        if left >= 0:
            kept.add(word)
    shown = [action for word, action in named.items() if word in kept]
    return tuple(
        piece for one in shown for piece in ((gap + _bar_keys(one), "key"), (f" {one.bar}", "plain"))
    )


def _bar_keys(action: Action) -> str:
    return action.bar_keys or action.shown.split()[0]
