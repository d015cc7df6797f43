"""Who last wrote each part of a coding: read off the journal, for codings that two copies changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.storage.journal_acts import read_acts
from qualcase.storage.parts import CORRECTION, NEVER, PLACE, WORDS, Places, part_of
from qualcase.storage.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

    from sqlalchemy import Connection

    from qualcase.storage.journal_acts import JournalAct
    from qualcase.storage.parts import Written
    from qualcase.storage.wordings import Wordings

# Acts that only make codings, or never touch one: most of a journal, and nobody's change of anything.
_MAKING = ("new", "import", "code", "code-many", "in-vivo", "decide", "memo", "event", "merge")
_FIELDS = (*RECORDS["coding"].plain, *RECORDS["coding"].references)


def read_coding_parts(acts: Iterable[JournalAct], uids: Collection[str], wordings: Wordings) -> Written:
    """Return who wrote the parts of some codings, of those that a copy has.

    `acts` are all that may have changed one there. `wordings` takes in who wrote over whose words in them.
    """
    # A memo made with a coding is nobody's change of it.
    found: Written = {uid: {WORDS["coding"]: NEVER} for uid in uids}
    places = Places()
    for act in acts if uids else ():
        placing = act.placing
        if act.body is None:
            wordings.unread.append(placing.sequence)
        for change in act.changes():
            if change.record != "coding" or change.uid not in found:
                continue
            wordings.note(change, placing.stamp, placing.sequence)
            if change.after is not None:
                # Who brings one back brings it back whole, also where it says nothing.
                names = _names(change.after if change.before is not None else _FIELDS)
                if PLACE in names:
                    places.note(change.uid, placing)
                parts = found[change.uid]
                parts |= {name: max(placing.stamp, parts.get(name, NEVER)) for name in names - {PLACE}}
    places.settle(found, lambda: wordings.knows)
    return found


def read_changed(acts: Iterable[JournalAct], own: Container[str]) -> set[str]:
    """Return the codings that some acts of a copy changed, those in `own`.

    A merge may have left none of their states in the copy, as where what came was written over already.
    """
    return {
        change.uid
        for act in acts
        if act.placing.stamp[1] in own
        for change in act.changes()
        if change.record == "coding" and change.before is not None
    }


def _names(fields: Iterable[str]) -> set[str]:
    return {part_of(field, "coding") for field in fields}


def read_changing(connection: Connection) -> list[JournalAct]:
    """Return the acts of a copy that may have changed a coding."""
    return list(read_acts(connection, but=_MAKING))


def read_review_texts(connection: Connection, uids: Collection[str]) -> dict[str, str]:
    """Return for codings in review the text to which the last correction that left them there turned."""
    found: dict[str, str] = {}
    acts = read_acts(connection, of=(CORRECTION,)) if uids else ()
    for act in sorted(acts, key=lambda act: act.placing.stamp):
        changes = act.changes()
        turned = [
            change.after["text_uid"] for change in changes if change.record == "source" and change.after
        ]
        for change in changes if turned else ():
            if change.record == "coding" and change.uid in uids and (change.after or {}).get("state"):
                found[change.uid] = turned[0]
    return found
