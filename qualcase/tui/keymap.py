"""A person's own keys: a TOML file that gives actions other keys, checked before it is taken.

[keys]
code = "c,enter"
"suggestion.next" = "f"
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from qualcase.tui.actions import Keymap, draw_key
from qualcase.tui.errors import KeysFileError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualcase.tui.actions import Action, Group

# Keys as people write them, in Textual's names.
_SIGNS = {
    ".": "full_stop", ",": "comma", "/": "slash", "?": "question_mark", ":": "colon", ";": "semicolon",
    "[": "left_square_bracket", "]": "right_square_bracket", "<": "less_than_sign", ">": "greater_than_sign",
    "=": "equals_sign", "*": "asterisk", "+": "plus", "-": "minus", "#": "number_sign",
    "!": "exclamation_mark", "'": "apostrophe", '"': "quotation_mark", "@": "at", "&": "ampersand",
    " ": "space", "(": "left_parenthesis", ")": "right_parenthesis",
}  # fmt: skip


def read_keymap(path: Path, screens: Iterable[Iterable[Group]]) -> Keymap:
    """Return the keys that a file asks for; none where there is no file.

    `screens` are the groups of each screen, within which no key may mean two things. Raises KeysFileError.
    """
    if not path.is_file():
        return Keymap()
    try:
        wanted = tomllib.loads(path.read_text(encoding="utf-8")).get("keys", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KeysFileError(f"{path.name} cannot be read as TOML: {error}") from None
    if not isinstance(wanted, dict) or not all(isinstance(keys, str) and keys for keys in wanted.values()):
        raise KeysFileError(f"{path.name}: under [keys], each action is given its keys as text.")
    keymap = Keymap({action: _names(keys) for action, keys in wanted.items()})
    tables = [[action for group in groups for action in group.actions] for groups in screens]
    _check(path.name, keymap, tables)
    return keymap


def _names(keys: str) -> str:
    listed = [","] if keys == "," else [key.strip() or " " for key in keys.split(",")]
    return ",".join(_SIGNS.get(key, key) for key in listed)


def _check(file: str, keymap: Keymap, tables: list[list[Action]]) -> None:
    known = {action.id for table in tables for action in table}
    if strange := sorted(set(keymap.changed) - known):
        raise KeysFileError(f"{file} names “{strange[0]}”, and there is no such action.")
    for table in tables:
        taken: dict[str, Action] = {}
        for action in table:
            for key in keymap.keys(action):
                other = taken.setdefault(key, action)
                if other.id != action.id:
                    raise KeysFileError(
                        f"{file} gives {draw_key(key)} to “{action.id}”, but it means “{other.id}”."
                    )
