"""Fills the keys into the page of the workbench from the program's tables: python docs/workbench_page.py.

A block begins with `<!-- keys: module.NAME … -->`, groups of `qualcase.tui.keys` or of a widget, and ends
with `<!-- end -->`; what stands between is made anew.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qualcase.tui.actions import draw_key

if TYPE_CHECKING:
    from qualcase.tui.actions import Group

PAGE = Path(__file__).resolve().parent / "workbench.md"
_BLOCK = re.compile(r"<!-- keys: (.*?) -->\n.*?<!-- end -->", re.DOTALL)
_WIDGETS = {"grid", "table"}


def fill(page: str) -> str:
    """Return the page with every block of keys as the tables have it."""
    return _BLOCK.sub(lambda found: _block(found[1]), page)


def groups_on(page: str) -> list[Group]:
    """Return the groups whose keys are on the page."""
    return [group for found in _BLOCK.finditer(page) for group in map(_group, found[1].split())]


def _block(names: str) -> str:
    rows = [row for name in names.split() for row in _rows(_group(name))]
    return "\n".join(
        [
            f"<!-- keys: {names} -->",
            "| key | what it does | its name |",
            "|---|---|---|",
            *rows,
            "<!-- end -->",
        ]
    )


def _group(name: str) -> Group:
    module, _, table = name.partition(".")
    room = "qualcase.tui.widgets" if module in _WIDGETS else "qualcase.tui.keys"
    group: Group = getattr(import_module(f"{room}.{module}"), table)
    return group


def _rows(group: Group) -> list[str]:
    return [f"| | **{group.title}** | |"] + [
        f"| {_drawn(action.keys)} | {action.help} | `{action.id}` |" for action in group.actions
    ]


def _drawn(keys: str) -> str:
    return " ".join(
        f"<kbd>{draw_key(key).replace('<', '&lt;').replace('>', '&gt;')}</kbd>" for key in keys.split(",")
    )


if __name__ == "__main__":
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
