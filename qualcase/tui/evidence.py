"""From a cell or a mark to the words that it rests on, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.project.evidence import trace_evidence
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.targets import Named, Passage, Passages
from qualcase.tui.typing_ahead import READS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.tui.screens.place import Place


async def open_evidence(screen: Place, title: str, ids: Sequence[str]) -> None:
    """Go to codings on the passages screen; of events or sources, list them and go to the one chosen."""
    found = await screen.read(lambda project: trace_evidence(project, ids))
    if not found:
        screen.say("What this rests on is no longer in the project.", warn=True)
    elif all(one.kind == "coding" for one in found):
        screen.application.go("passages", Passages(title, evidence=tuple(one.id for one in found)))
    else:
        entries = [Entry(one.id, f"{one.id[:12]}  {one.about}", one.quote) for one in found]
        by_id = {one.id: one for one in found}

        async def go(chosen: str) -> None:
            one = by_id[chosen]
            if one.kind == "source":
                screen.application.go("sources", Named(one.source or ""))
            else:
                go_to(screen, one.id, one.source, one.start, one.end)

        screen.pick(PickScreen(title, entries, "read it"), go, READS)


def go_to(screen: Place, name: str, source: str | None, start: int | None, end: int | None) -> None:
    """Go to where the words of something stand; say so where it has none of its own."""
    if source is None or start is None or end is None:
        screen.say(f"{name} has no quoted line of its own.")
    else:
        screen.application.go("coding", Passage(source, start, end))
