"""The words of edits that lost, in a merged project: memos of their own, shown where nothing else says them.

An edit's words are done with once somebody who knew of them, and was not shown them as a memo, wrote over
the edit or deleted its record. That is told by who knew of what, and not by the order of merges.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.storage.joining import done_with, keep_words
from qualcase.storage.parts import PLACE, WORDS, part_of, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.storage.joining import Held, Side
    from qualcase.storage.view import View

_DONE = ""  # What a trace names for words that no act says any longer.


def keep_lost_words(view: View, alive: Sequence[Held], sides: tuple[Side, Side]) -> None:
    """Keep what twins said otherwise than the last of them."""
    last = max(map(said, alive))
    for held in alive:
        if said(held) == last:
            continue
        for copy, of in keep_words(held, sides):
            if copy.uid in view.held or not done_with(copy, of, sides):
                view.held.setdefault(copy.uid, copy)
                view.copies[copy.uid] = of


def place_kept_words(view: View) -> None:
    """Put kept words of a memo where it is, wherever the edit that lost had it, until somebody moves them."""
    for uid in view.copies:
        of = uid
        while of in view.copies and of in view.held and PLACE not in view.held[of].parts:
            of = view.copies[of]
        if of == uid or uid not in view.held or of not in view.held or view.held[of].record != "memo":
            continue
        held, place = view.held[uid], view.held[of].fields
        fields = {name: value for name, value in held.fields.items() if part_of(name) != PLACE}
        fields |= {name: value for name, value in place.items() if part_of(name) == PLACE}
        view.held[uid] = replace(held, fields=fields)


def silence(view: View, done: set[tuple[str, str]], ours: Side, theirs: Side) -> None:
    """Leave out kept words that can be read anyway: those of the last of the edits that say the same."""
    known = {*done, *ours.traces.silent, *theirs.traces.silent}
    groups: dict[tuple[str, str], list[Held]] = {}
    for uid, of in view.copies.items():
        if uid in view.held and view.held[uid].alive:
            held = view.held[uid]
            groups.setdefault((view.name_of(of), str(held.fields["text"])), []).append(held)
        elif uid in view.held and (key := (uid, view.held[uid].stamp[1])) in known:
            view.silent[key] = _DONE
    for (of, text), group in groups.items():
        last = max(group, key=lambda held: held.stamp)
        repeated = any(_says(view.held.get(of), text, held, ours, theirs) for held in group)
        for held in group:
            if repeated or held is not last:
                view.held[held.uid] = replace(held, alive=False)
                by = said(view.held[of]) if repeated else last.stamp
                view.silent[held.uid, held.stamp[1]] = by[1]


def _says(record: Held | None, text: str, copy: Held, ours: Side, theirs: Side) -> bool:
    """Tell whether a record itself has the words, from that edit or somebody who did not know of it."""
    if record is None or not record.alive or record.fields.get(WORDS.get(record.record, "")) != text:
        return False
    if said(record) == copy.stamp:
        return True
    key = (copy.uid, copy.stamp[1])
    return any(
        side.traces.silent.get(key) == said(record)[1]
        or (said(record)[1] in side.own and copy.stamp[1] in other.own)
        for side, other in ((ours, theirs), (theirs, ours))
    )
