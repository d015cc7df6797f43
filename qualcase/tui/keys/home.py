"""The keys of home."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group
from qualcase.tui.keys.common import EVERYWHERE

HOME = Group(
    "Projects",
    (
        Action("home.new", "n", "begin_project", "begin a new project", "new", 0),
        Action("home.open-file", "o", "open_file", "open another project by its path", "open a file", 1),
        Action("home.demo", "d", "build_demo", "build the demonstration and open it", "demo", 1),
        Action("home.coder", "c", "change_coder", "say who acts: whose codings these will be", "coder", 1),
    ),
)
GROUPS = (HOME,)
# Without a project there is nowhere to go, nor back to.
ALONE = Group(EVERYWHERE.title, tuple(one for one in EVERYWHERE.actions if one.id not in {"go", "back"}))
