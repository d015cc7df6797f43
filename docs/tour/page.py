"""The page of the tour, made from its steps and the program's tables of keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tour.steps import STEPS, Command, Do, Drag, Write

from qualcase.tui.actions import draw_key
from qualcase.tui.key_tables import all_tables

if TYPE_CHECKING:
    from tour.steps import Deed, Step

HEAD = """<!-- Made by: python docs/make_tour.py, from docs/tour/steps.py and the tables of keys. -->

# A newcomer's first hour

From an empty folder to a report, as it went in a terminal of 104 by 32 signs. The interview and the field
note are in [material](material/), and invented. Every key is named where it is pressed.
"""
FOOT = """
## And then

- [The workbench](../workbench.md): every screen, every key, your own keys, colours, what is remembered.
- [The first quarter of an hour](../../README.md#the-first-quarter-of-an-hour), by commands.
"""


def actions() -> dict[str, str]:
    """Return the keys of every action by its id, as the tables give them."""
    tables = [group for table in all_tables() for group in table]
    return {action.id: action.keys for group in tables for action in group.actions}


def key_of(deed: Do) -> str:
    """Return the first key of an action, by Textual's name."""
    return actions()[deed.action].split(",")[0]


def render_page() -> str:
    """Return the page."""
    steps = [_step(number, step) for number, step in enumerate(STEPS, start=1)]
    return "\n".join([HEAD, *steps, FOOT.lstrip("\n")])


def _step(number: int, step: Step | Command) -> str:
    if isinstance(step, Command):
        pressed = f"```\n{step.line}\n```"
    else:
        pressed = "Keys: " + " ".join(_pressed(deed) for deed in step.deeds)
    picture = f"\n![{step.title}]({step.picture}.svg)\n" if step.picture else ""
    return f"## {number}. {step.title}\n\n{pressed}\n\n{_filled(step.said)}\n{picture}"


def _filled(said: str) -> str:
    keys = actions()
    return re.sub(r"{([\w.-]+)}", lambda found: f"`{draw_key(keys[found[1]].split(',')[0])}`", said)


def _pressed(deed: Deed) -> str:
    if isinstance(deed, Drag):
        return f"drag from “{deed.first}” to “{deed.last}”"
    if isinstance(deed, Write):
        return f"type `{deed.text}`"
    drawn = draw_key(key_of(deed)) if isinstance(deed, Do) else deed.key
    return " ".join([f"`{drawn}`"] * deed.times)
