"""Actions: what a key does, in tables from which come the bindings, the key bar, the help and the palette."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType

    from qualcase.tui.widgets.lines import Piece

_DRAWN = {
    "right": "→", "left": "←", "down": "↓", "up": "↑", "pagedown": "PgDn", "pageup": "PgUp", "space": "Space",
    "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc", "tab": "Tab", "backspace": "⌫",
    "delete": "Del", "full_stop": ".", "comma": ",", "slash": "/", "question_mark": "?", "colon": ":",
    "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<", "greater_than_sign": ">",
    "equals_sign": "=", "asterisk": "*", "plus": "+", "minus": "-", "number_sign": "#", "semicolon": ";",
    "exclamation_mark": "!", "apostrophe": "'", "quotation_mark": '"', "at": "@", "ampersand": "&",
    "left_parenthesis": "(", "right_parenthesis": ")",
}  # fmt: skip
_ROOMY = 110


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    `id` is what a file of keys names, `keys` are Textual's names of its keys, `name` the method behind it.
    `bar` is its word in the key bar (actions with one word share a place there); `need` says how long it
    stays there as the terminal gets narrower, 0 the longest.
    """

    id: str
    keys: str
    name: str
    help: str
    bar: str = ""
    need: int = 5

    @property
    def binding(self) -> Binding:
        """The binding that Textual wants."""
        return Binding(self.keys, self.name, self.help, show=False, id=self.id)


@dataclass(frozen=True, slots=True)
class Group:
    """Actions that belong together, under a heading of the help."""

    title: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Keymap:
    """Other keys than the tables', by action id, as a person's file of keys wants them."""

    changed: Mapping[str, str] = field(default_factory=dict)

    def keys(self, action: Action) -> tuple[str, ...]:
        """Return the keys of an action."""
        return tuple(self.changed.get(action.id, action.keys).split(","))

    def shown(self, action: Action) -> str:
        """Return them as a person reads them."""
        return " ".join(draw_key(key) for key in self.keys(action))


def bindings(*groups: Group) -> list[BindingType]:
    """Return the bindings of some groups."""
    return [action.binding for group in groups for action in group.actions]


def draw_key(key: str) -> str:
    """Return a key as a person reads it."""
    *held, last = key.split("+")
    drawn = _DRAWN.get(last, last if len(last) == 1 else last.capitalize())
    return "".join(f"{one.capitalize()}+" for one in held) + drawn


def bar_pieces(groups: Iterable[Group], width: int, keymap: Keymap) -> tuple[Piece, ...]:
    """Return the key bar: keys and words as (text, style), as many as the width takes, in table order."""
    return tuple(
        piece
        for word, actions in _bar_words(groups, width, keymap)
        for piece in ((_bar_keys(actions, width, keymap), "key"), (f" {word}", "plain"))
    )


def action_at(groups: Iterable[Group], width: int, keymap: Keymap, column: int) -> Action | None:
    """Return the action whose key stands at a column of the key bar; of a word, the first of its actions."""
    left = 0
    for word, actions in _bar_words(groups, width, keymap):
        keys = left + len(_gap(width))
        for action in actions:
            if keys <= column < keys + len(_first(action, keymap)):
                return action
            keys += len(_first(action, keymap)) + 1
        end = left + len(_bar_keys(actions, width, keymap)) + 1 + len(word)
        if keys <= column < end:
            return actions[0]
        left = end
    return None


def _bar_words(groups: Iterable[Group], width: int, keymap: Keymap) -> list[tuple[str, list[Action]]]:
    named: dict[str, list[Action]] = {}
    for action in (action for group in groups for action in group.actions if action.bar):
        named.setdefault(action.bar, []).append(action)
    left = width
    kept: set[str] = set()
    for word in sorted(named, key=lambda word: min(one.need for one in named[word])):
        needed = len(_bar_keys(named[word], width, keymap)) + 1 + len(word)
        if needed <= left:
            kept.add(word)
            left -= needed
    return [(word, actions) for word, actions in named.items() if word in kept]


def _bar_keys(actions: list[Action], width: int, keymap: Keymap) -> str:
    return _gap(width) + "/".join(_first(one, keymap) for one in actions)


def _gap(width: int) -> str:
    return "  " if width >= _ROOMY else " "


def _first(action: Action, keymap: Keymap) -> str:
    return draw_key(keymap.keys(action)[0])
