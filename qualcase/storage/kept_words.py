"""The words of edits that lost, in a merged project: memos of their own, shown where nothing else says them.

Which there are follows from the acts alone. An edit's words are kept until somebody who knew of the edit, and
found its words where it had put them, writes over them or deletes what they stood in; and they are not shown
where they can be read anyway. What people then do with such a memo is done to a memo like any other.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.identity import encode_uid
from qualcase.storage.joining import Held, kept_by
from qualcase.storage.parts import PLACE, WORDS, part_of
from qualcase.storage.wordings import Hearing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.operation import Fields
    from qualcase.storage.joining import Side
    from qualcase.storage.view import View
    from qualcase.storage.wordings import Wording


def keep_lost_words(view: View, sides: tuple[Side, Side]) -> None:
    """Put the words of edits that lost into the view, and take out those that are shown no longer."""
    hearing = Hearing(sides)
    kept = {_copy_uid(one): one for one in _lost(view, hearing, sides) if _coder_of(view, one, sides)}
    view.copies = kept_by(*sides) | {uid: one.uid for uid, one in kept.items()}
    for uid, of in view.copies.items():
        if uid in hearing.acted:
            _fill_in(view, uid, hearing, sides)
        elif uid in kept:
            view.held[uid] = _memo(view, uid, kept[uid], sides)
        elif former := [side.held[uid] for side in sides if uid in side.held]:
            # What neither copy's journal was read of is as it was.
            view.held[uid] = former[0] if of not in view.held else replace(former[0], alive=False)


def _lost(view: View, hearing: Hearing, sides: tuple[Side, Side]) -> Iterator[Wording]:
    """Yield the writing of words that nobody is done with and that cannot be read in the record itself."""
    groups: dict[str, list[Wording]] = {}
    for uid, lines in hearing.by_record.items():
        if uid in view.held:
            groups.setdefault(view.name_of(uid), []).extend(lines)
    for of, group in groups.items():
        head = view.held[of]
        shown = head.fields.get(WORDS[head.record]) if head.alive else None
        lost: dict[str, Wording] = {}
        for one in sorted(group, key=lambda one: one.stamp):
            # A memo that people have changed or deleted says nothing of what others wrote in the same words.
            if _copy_uid(one) in hearing.acted:
                continue
            if one.after and one.after != shown and not hearing.is_done_with(one, group):
                lost[one.after] = one
        for one in lost.values():
            shows = (side.held.get(_copy_uid(one)) for side in sides)
            if not hearing.is_unsure(one) or any(held is not None and held.alive for held in shows):
                yield one


def _coder_of(view: View, one: Wording, sides: tuple[Side, Side]) -> str | None:
    """Return whose words they are: the record's coder, or of what belongs to nobody whoever wrote them."""
    authors = (side.coder_of.get(one.stamp[1]) for side in sides)
    coder = view.held[one.uid].fields.get("coder") or next(filter(None, authors), None)
    return None if coder is None else view.name_of(coder)


def _memo(view: View, uid: str, one: Wording, sides: tuple[Side, Side]) -> Held:
    """Return the memo that keeps what an act wrote, where the record is whose words they were."""
    origin = view.held[one.uid]
    fields: Fields = {"text": one.after, "coder": _coder_of(view, one, sides)}
    held = Held("memo", uid, fields, alive=True, stamp=one.stamp)
    if one.record != "memo":
        fields |= {"kind": "methodological", "about_kind": one.record, "about_uid": view.name_of(one.uid)}
        return held
    fields["kind"] = origin.fields.get("kind", "analytic")
    fields |= {name: value for name, value in origin.fields.items() if part_of(name) == PLACE}
    view.beside[uid] = one.uid
    return held


def _fill_in(view: View, uid: str, hearing: Hearing, sides: tuple[Side, Side]) -> None:
    """Give a memo of kept words that somebody changed what they left as it was."""
    lines: Sequence[Wording] = hearing.by_record.get(view.copies[uid], ())
    one = next((one for one in lines if _copy_uid(one) == uid), None)
    if one is None or one.uid not in view.held or uid not in view.held:
        return
    held, made = view.held[uid], _memo(view, uid, one, sides)
    if PLACE in held.parts:
        view.beside.pop(uid, None)
    fields = {name: value for name, value in made.fields.items() if part_of(name) not in held.parts}
    fields |= {name: value for name, value in held.fields.items() if part_of(name) in held.parts}
    view.held[uid] = replace(held, fields=fields)


def _copy_uid(one: Wording) -> str:
    """Return a UUIDv7 of an act's moment that follows from the act and what it wrote to.

    So all who merge make the same memo.
    """
    clock, act = one.stamp
    rest = int.from_bytes(hashlib.sha256(f"{one.uid}\n{act}".encode()).digest()[:10], "big")
    rest = rest & ~(0xF << 76) & ~(0b11 << 62) | 0x7 << 76 | 0b10 << 62
    return encode_uid((clock >> 16 << 80 | rest).to_bytes(16, "big"))
