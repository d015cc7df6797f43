"""A person's own keys: a TOML file that gives actions other keys, checked before it is taken.

[keys]
code = "c,enter"
"suggestion.next" = "f"
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from textual.keys import Keys

from qualcase.tui.actions import Keymap, draw_key
from qualcase.tui.errors import KeysFileError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualcase.tui.actions import Action, Group

# Where Textual's name of a sign is not its name in Unicode.
_CALLED = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_NAMED = (
    {key.value for key in Keys} | {f"f{number}" for number in range(1, 25)} | {"space", *_CALLED.values()}
)
_HELD = {"ctrl", "shift", "alt", "super", "meta", "hyper"}


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
    return ",".join(_name(key) for key in listed)


def _name(key: str) -> str:
    """Return a key in Textual's words; a sign may be written as itself."""
    if len(key) > 1 or key.isalnum():
        return key
    called = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
    return _CALLED.get(called, called)


def _is_key(key: str) -> bool:
    *held, last = key.split("+")
    known = last in _NAMED or (len(last) == 1 and last.isprintable()) or last in _signs()
    return known and set(held) <= _HELD


@cache
def _signs() -> frozenset[str]:
    return frozenset(_name(chr(code)) for code in range(33, 127))


def _check(file: str, keymap: Keymap, tables: list[list[Action]]) -> None:
    known = {action.id for table in tables for action in table}
    if strange := sorted(set(keymap.changed) - known):
        raise KeysFileError(f"{file} names “{strange[0]}”, and there is no such action.")
    for wanted, keys in keymap.changed.items():
        if unheard := [key for key in keys.split(",") if not _is_key(key)]:
            raise KeysFileError(f"{file} gives “{wanted}” the key “{unheard[0]}”, and no key is called that.")
    for table in tables:
        taken: dict[str, Action] = {}
        for action in table:
            for key in keymap.keys(action):
                other = taken.setdefault(key, action)
                if other.id != action.id:
                    raise KeysFileError(
                        f"{file} gives {draw_key(key)} to “{action.id}”, but it means “{other.id}”."
                    )
