"""The screens of the workbench and the letters that lead to them; a screen is loaded when it is gone to."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcase.tui.screens.place import Place
    from qualcase.tui.workbench import Workbench


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A screen that can be gone to: its id, its letter in the menu, its name, what it is for, its class."""

    id: str
    letter: str
    title: str
    about: str
    module: str
    name: str

    def make(self, bench: Workbench) -> Place:
        """Load the screen's class and make it."""
        place: Place = getattr(import_module(self.module), self.name)(bench)
        return place


_ROOM = "qualcase.tui.screens"
PLACES = (
    PlaceEntry(
        "coding", "c", "Coding", "read a source and code its passages", f"{_ROOM}.coding", "CodingScreen"
    ),
    PlaceEntry(
        "sources",
        "s",
        "Sources",
        "what was collected, and how far it is coded",
        f"{_ROOM}.sources",
        "SourcesScreen",
    ),
    PlaceEntry(
        "codebook",
        "b",
        "Codebook",
        "codes and what they mean; change them",
        f"{_ROOM}.codebook",
        "CodebookScreen",
    ),
    PlaceEntry(
        "suggestions",
        "f",
        "Suggestions",
        "what could be coded, and why: yes or no",
        f"{_ROOM}.suggestions",
        "SuggestionsScreen",
    ),
    PlaceEntry(
        "passages",
        "p",
        "Passages",
        "all passages of a code or a question",
        f"{_ROOM}.passages",
        "PassagesScreen",
    ),
    PlaceEntry(
        "cases",
        "k",
        "Cases",
        "what is studied, and which sources speak of it",
        f"{_ROOM}.cases",
        "CasesScreen",
    ),
    PlaceEntry(
        "actors", "a", "Actors", "who speaks and acts, across sources", f"{_ROOM}.actors", "ActorsScreen"
    ),
    PlaceEntry(
        "timeline",
        "t",
        "Timeline",
        "dated events and the lines that they rest on",
        f"{_ROOM}.timeline",
        "TimelineScreen",
    ),
    PlaceEntry(
        "displays",
        "d",
        "Tables",
        "comparison tables, with the evidence of each cell",
        f"{_ROOM}.displays",
        "DisplaysScreen",
    ),
    PlaceEntry("memos", "m", "Memos", "notes on the project and all in it", f"{_ROOM}.memos", "MemosScreen"),
    PlaceEntry(
        "review",
        "r",
        "Review",
        "passages in doubt after a text was corrected",
        f"{_ROOM}.review",
        "ReviewScreen",
    ),
    PlaceEntry(
        "editor", "e", "Correct a text", "codings follow what is typed", f"{_ROOM}.editor", "EditorScreen"
    ),
    PlaceEntry("history", "l", "Log", "what was done by whom; undo", f"{_ROOM}.history", "HistoryScreen"),
    PlaceEntry(
        "comparison", "o", "Other coders", "where two differ", f"{_ROOM}.comparison", "ComparisonScreen"
    ),
    PlaceEntry("rounds", "w", "Rounds", "a place kept for later", f"{_ROOM}.rounds", "RoundsScreen"),
    PlaceEntry(
        "importing",
        "i",
        "Import",
        "bring in files, after a look at them",
        f"{_ROOM}.importing",
        "ImportScreen",
    ),
    PlaceEntry("home", "h", "Home", "close this project and choose another", f"{_ROOM}.home", "HomeScreen"),
)


def find_place(place_id: str) -> PlaceEntry:
    """Return a screen's entry by its id."""
    return next(one for one in PLACES if one.id == place_id)
