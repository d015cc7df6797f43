"""How what rests on a text follows it into a new version: codings, memos, events, decisions, cases' turns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.model.operation import Change
from qualcase.project.marked import marked_passages
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.texts import read_text
from qualcase.text.matching import find_quote
from qualcase.text.reanchoring import reanchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qualcase.model.operation import Fields
    from qualcase.project.marked import Marked
    from qualcase.project.revision import Revision, Standing
    from qualcase.storage.connection import Connection
    from qualcase.text.reanchoring import Placement

Span = tuple[int, int]

# The fields of an event that say where it is; one in doubt has none of them.
EVENT_PLACE = ("text_version", "start", "end")


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """A passage that stayed where it was while the person who edited changed words in it."""

    kind: str
    uid: str
    name: str
    coder: str | None
    start: int
    end: int
    old: str
    new: str


@dataclass(slots=True)
class Following:
    """What becomes of all that rests on a text; `doubtful` are the uids of what is in review.

    `placed` counts what has its place by whose it is; events are nobody's.
    """

    changes: list[Change] = field(default_factory=list)
    placed: Counter[str | None] = field(default_factory=Counter)
    changed: list[ChangedWords] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    coders: set[str] = field(default_factory=set)


def follow(
    connection: Connection,
    standing: Standing,
    revision: Revision,
    place: Callable[[Sequence[Span]], Sequence[Placement]],
    *,
    by_hand: bool,
) -> Following:
    """Return how everything follows; `by_hand` says that whoever edits saw the passages while changing words.

    Otherwise a passage with other words than it had goes to review, wherever it is found.
    """
    follower = _Follower(connection, standing, revision, place, by_hand=by_hand)
    follower.move_marked(marked_passages(connection, standing.source.uid))
    follower.move_events()
    follower.move_decisions()
    follower.move_turns()
    return follower.found


class _Follower:
    """One text version giving way to the next."""

    def __init__(
        self,
        connection: Connection,
        standing: Standing,
        revision: Revision,
        place: Callable[[Sequence[Span]], Sequence[Placement]],
        *,
        by_hand: bool,
    ) -> None:
        self.found = Following()
        self._connection = connection
        self._names = Names(connection)
        self._standing = standing
        self._source = standing.source
        self._revision = revision
        self._new = revision.text.text
        self._place = place
        self._by_hand = by_hand

    def move_marked(self, passages: Sequence[Marked]) -> None:
        """Move the codings and memos of every coder, each from the version that it was made in."""
        by_text: dict[str, list[Marked]] = {}
        for one in passages:
            by_text.setdefault(one.text, []).append(one)
        for text, group in by_text.items():
            spans = [(one.start, one.end) for one in group]
            if text == self._standing.uid:
                places, settle = self._place(spans), self._move_one
            else:
                # Still in review since an earlier version: the words may be back as they were.
                places, settle = reanchor(read_text(self._connection, text), self._new, spans), self._regain
            for one, placement in zip(group, places, strict=True):
                self.found.coders.add(one.coder)
                settle(one, placement)

    def _move_one(self, one: Marked, placement: Placement) -> None:
        if not self._holds(placement):
            self.found.doubtful.append(one.uid)
            if one.state != "review":
                # Of a memo no earlier states are kept: what is said of its place is said whole.
                before = one.place if one.kind == "memo" else {"state": None}
                self._change(one.kind, one.uid, before, {**before, "state": "review"})
            return
        start, end = _span(placement)
        before = {one.version: one.text, "start": one.start, "end": one.end}
        after = {one.version: self._revision.text.uid, "start": start, "end": end}
        self._change(one.kind, one.uid, before, after)
        self._note(one.kind, one.uid, one.name, one.coder, placement, one.quote)

    def _regain(self, one: Marked, placement: Placement) -> None:
        if placement.state != "placed" or placement.changed:
            self.found.doubtful.append(one.uid)
            return
        start, end = _span(placement)
        before = {one.version: one.text, "start": one.start, "end": one.end, "state": "review"}
        after = {one.version: self._revision.text.uid, "start": start, "end": end, "state": None}
        self._change(one.kind, one.uid, before, after)
        self.found.placed[one.coder] += 1

    def move_events(self) -> None:
        """Move events that quote the source; one in doubt keeps its quote and has no place until then."""
        events = self._of_source("event")
        standing = {uid: fields for uid, fields in events.items() if fields.get("start") is not None}
        places = self._place([(fields["start"], fields["end"]) for fields in standing.values()])
        for (uid, fields), placement in zip(standing.items(), places, strict=True):
            self._move_event(uid, fields, placement)
        for uid, fields in events.items():
            if uid not in standing and fields.get("quote"):
                self._regain_event(uid, fields["quote"])

    def _move_event(self, uid: str, fields: Fields, placement: Placement) -> None:
        before = {name: fields[name] for name in EVENT_PLACE}
        if not self._holds(placement):
            self.found.doubtful.append(uid)
            self._change("event", uid, before, dict.fromkeys(EVENT_PLACE))
            return
        start, end = _span(placement)
        after: Fields = {"text_version": self._revision.text.uid, "start": start, "end": end}
        quote, words = fields.get("quote"), self._new[start:end]
        if quote and not find_quote(words, quote):
            before, after = {**before, "quote": quote}, {**after, "quote": words}
        self._change("event", uid, before, after)
        self._note("event", uid, fields["handle"], None, placement, quote or "")

    def _regain_event(self, uid: str, quote: str) -> None:
        places = find_quote(self._new, quote)
        if len(places) != 1:
            self.found.doubtful.append(uid)
            return
        start, end = places[0]
        after = {"text_version": self._revision.text.uid, "start": start, "end": end}
        self._change("event", uid, dict.fromkeys(EVENT_PLACE), after)
        self.found.placed[None] += 1

    def move_decisions(self) -> None:
        """Move verdicts on suggestions; one about words that are no longer there goes."""
        decisions = self._of_source("suggestion_decision")
        places = self._place([(fields["start"], fields["end"]) for fields in decisions.values()])
        for (uid, fields), placement in zip(decisions.items(), places, strict=True):
            if placement.state != "placed" or placement.changed:
                self.found.changes.append(Change("suggestion_decision", uid, fields, None))
                continue
            start, end = _span(placement)
            before = {"start": fields["start"], "end": fields["end"]}
            self._change("suggestion_decision", uid, before, {"start": start, "end": end})

    def move_turns(self) -> None:
        """Keep turns that speak of a case of their own with that case, though they are counted anew."""
        members = {uid: f for uid, f in self._of_source("case_member").items() if f.get("turn")}
        turns = self._standing.turns
        known = {uid: turns[f["turn"] - 1] for uid, f in members.items() if f["turn"] <= len(turns)}
        places = self._place([(turn.start, turn.end) for turn in known.values()])
        for uid, placement in zip(known, places, strict=True):
            number = self._turn_at(placement)
            before = {"turn": members[uid]["turn"]}
            if number is None:
                self.found.changes.append(Change("case_member", uid, members[uid], None))
            else:
                self._change("case_member", uid, before, {"turn": number})

    def _turn_at(self, placement: Placement) -> int | None:
        if placement.start is None:
            return None
        for number, turn in enumerate(self._revision.text.turns, start=1):
            if turn.start <= placement.start < turn.end:
                return number
        return None

    def _holds(self, placement: Placement) -> bool:
        return placement.state == "placed" and (self._by_hand or not placement.changed)

    def _note(
        self, kind: str, uid: str, name: str, coder: str | None, placement: Placement, old: str
    ) -> None:
        self.found.placed[coder] += 1
        if placement.changed:
            start, end = _span(placement)
            words = self._new[start:end]
            self.found.changed.append(ChangedWords(kind, uid, name, coder, start, end, old, words))

    def _change(self, record: str, uid: str, before: Fields, after: Fields) -> None:
        if before != after:
            self.found.changes.append(Change(record, uid, before, after))

    def _fields(self, record: str, uids: Iterable[str] | None = None) -> dict[str, Fields]:
        return read_fields(self._connection, RECORDS[record], self._names, uids)

    def _of_source(self, record: str) -> dict[str, Fields]:
        found = self._fields(record)
        return {uid: fields for uid, fields in found.items() if fields.get("source") == self._source.uid}


def _span(placement: Placement) -> Span:
    if placement.start is None or placement.end is None:
        message = "a passage that was placed has a place"
        raise ValueError(message)
    return placement.start, placement.end
