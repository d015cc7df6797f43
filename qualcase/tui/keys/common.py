"""Keys that work on every screen of the workbench."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

EVERYWHERE = Group(
    "Everywhere",
    (
        Action("go", "g", "app.menu", "go to another screen: then one letter", "go", 1),
        Action("back", "backspace", "app.back", "back to where one came from"),
        Action("commands", "colon,ctrl+p", "app.commands", "find a command by typing part of what it does"),
        Action("theme", "f9", "app.next_theme", "other colours: dark, light, high contrast, monochrome"),
        Action("help", "question_mark,f1", "app.help", "the keys that work here", "keys", 0),
        Action("quit", "q", "app.leave", "save and quit", "quit", 0),
    ),
)
LIST = Group(
    "Move in the list",
    (
        Action("list.down", "down,j", "step(1)", "down a line"),
        Action("list.up", "up,k", "step(-1)", "up a line"),
        Action("list.page-down", "pagedown,space", "step_page(1)", "down a page"),
        Action("list.page-up", "pageup,b", "step_page(-1)", "up a page"),
        Action("list.first", "home,less_than_sign", "step_to(0)", "to the first line"),
        Action("list.last", "end,greater_than_sign", "step_to(-1)", "to the last line"),
        Action("list.take", "enter", "pick", "take or open the chosen one"),
    ),
)
