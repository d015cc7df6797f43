"""The keys of the import screen."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

FILES = Group(
    "Files",
    (
        Action(
            "import.choose", "o", "choose_files", "choose a file or a folder to look at", "choose files", 1
        ),
        Action("import.run", "i", "import", "take in what would come in", "import", 0),
        Action("import.code", "c", "code", "code the first of those that were taken in", "code", 0),
        Action(
            "import.change", "e", "change", "say what the marked file is: kind, date, speakers …", "change", 2
        ),
        Action("import.change-all", "a", "change_all", "say the same of all files", "all files", 2),
        Action(
            "import.leave-out",
            "x",
            "leave_out",
            "leave the marked file out, or take it in again",
            "leave out",
            3,
        ),
        Action("import.undo", "u", "undo", "take back what was taken in here", "undo", 8),
        Action("import.redo", "U", "redo", "take it in again"),
        Action("import.stop", "escape", "stop", "stop reading or taking in; nothing is stored then"),
    ),
)
PREVIEW = Group(
    "The preview below",
    (
        Action(
            "import.preview-down", "right_square_bracket", "scroll_preview(8)", "more of it", "preview", 4
        ),
        Action("import.preview-up", "left_square_bracket", "scroll_preview(-8)", "back up", "preview", 4),
    ),
)
GROUPS = (FILES, PREVIEW)
