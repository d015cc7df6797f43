"""The keys of the screens that show tables and the timeline."""

from __future__ import annotations

from qualcase.tui.actions import Action, Group

TABLES = Group(
    "Tables",
    (
        Action("tables.choose", "o", "choose", "another table, by part of its name", "table", 1),
        Action("tables.cross", "x", "cross", "a table of one dimension by another", "cross", 1),
        Action(
            "tables.whole",
            "v",
            "whole",
            "the whole of the cell: its words, its ids, what was searched",
            "whole",
            3,
        ),
        Action("tables.notes", "n", "notes", "what the table was made from, and its notes", "notes", 3),
        Action("tables.export", "e", "export", "write the table to a file", "export", 4),
    ),
)
TIMELINE = Group(
    "Timeline",
    (
        Action("timeline.lanes", "v", "next_lanes", "other lanes: process, actor, case, source", "lanes", 1),
        Action("timeline.open", "o", "open", "read the line that the event rests on", "read", 1),
        Action("timeline.codes", "c", "codes", "the codes of the event, in the codebook", "codes", 4),
        Action("timeline.export", "e", "export", "write the timeline to a file", "export", 4),
    ),
)
