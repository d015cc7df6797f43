"""The desk of editing: correcting a text, what follows by itself, and what a person has to settle."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from qualcase.coding.acts.edit import edit_text
from qualcase.coding.acts.review import settle_passages
from qualcase.coding.places import SpanPlace
from qualcase.model.coding import PASSAGE
from qualcase.model.errors import ConflictError, InputError, UnknownNameError, UsageError
from qualcase.model.identity import find_uid
from qualcase.model.operation import Change
from qualcase.project.desk import Desk
from qualcase.project.doubts import find_doubts
from qualcase.project.following import EVENT_PLACE, follow
from qualcase.project.independence import INDEPENDENT, sight_of
from qualcase.project.marked import VERSION, marked_passages
from qualcase.project.revision import restructure, revise, stand
from qualcase.project.text_versions import read_version
from qualcase.project.twins import join_twins
from qualcase.readers.registry import read_document
from qualcase.reports.wording import plural
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.text.anchors import apply_edits, follow_edits
from qualcase.text.language import detect_language
from qualcase.text.reanchoring import GATE, LOST, Placement, reanchor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from qualcase.model.coding import Coding
    from qualcase.model.operation import Fields
    from qualcase.model.source import DocumentText, Source
    from qualcase.project.doubts import Doubt
    from qualcase.project.following import ChangedWords, Following
    from qualcase.project.revision import Standing
    from qualcase.project.text_versions import TextVersion
    from qualcase.text.anchors import Edit

Span = tuple[int, int]

# Whoever edits a text in front of them means what they type: a passage has to be found, not to be the same.
HAND_GATE = 0.7
_EXAMPLES = 50
_FATES = ("stay", "moved", "shrunk", "grown", "lost")


@dataclass(frozen=True, slots=True)
class EditReport:
    """What came of a correction; `placed` counts what has its place, `changed` are those with new words.

    Where coders work independently, as far as the acting coder may see them; all passages follow.

    `version` is the number of the text version that is current now: the old one where nothing changed.
    `doubled` are codings that came to say the same of the same words, together: each is somebody's act, and a
    correction is no word on either, so both stand until a person takes one away.
    """

    source: Source
    version: int
    placed: int
    changed: tuple[ChangedWords, ...] = ()
    review: tuple[Doubt, ...] = ()
    unchanged: bool = False
    doubled: tuple[tuple[Coding, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a correction would do to the passages of a source: how many of them each befalls.

    `moved` keep their words at another place, `shrunk` and `grown` have other words of fewer or at least
    as many characters, `lost` go to review. `examples` are words before and after, where they change.
    """

    stay: int
    moved: int
    shrunk: int
    grown: int
    lost: int
    examples: tuple[tuple[str, str | None], ...] = ()


class Editing(Desk):
    """Correcting texts."""

    def foresee(self, source: Source, edits: Sequence[Edit], base: str | None = None) -> Foresight:
        """Return what `apply` would do, without doing it. Raises as `apply` does."""
        with self._store.reading():
            standing = self._stand(source, base)
            text = apply_edits(standing.text, edits)
            return self._foresee(standing, text, partial(_place_exactly, standing.text, text, edits))

    def foresee_text(self, source: Source, text: str, base: str | None = None) -> Foresight:
        """Return what `replace_text` would do, without doing it. Raises as `replace_text` does."""
        with self._store.reading():
            standing = self._stand(source, base)
            text = _as_stored(standing.text, text)
            place = partial(reanchor, standing.text, text, gate=HAND_GATE)
            return self._foresee(standing, text, place)

    def apply(self, source: Source, edits: Sequence[Edit], base: str | None = None) -> EditReport:
        """Make edits as they were typed in qualcase; every passage follows exactly.

        `base` is the text version that was edited; ConflictError where it is no longer the current one.
        """
        with self._store.writing():
            standing = self._stand(source, base)
            text = apply_edits(standing.text, edits)
            place = partial(_place_exactly, standing.text, text, edits)
            return self._replace(standing, restructure(standing, text), place, by_hand=True)

    def replace_text(self, source: Source, text: str, base: str | None = None) -> EditReport:
        """Take a text as somebody left it in an editor; the difference stands for what they typed.

        A passage follows where it is found beyond doubt, also with other words; these are in the report.
        """
        with self._store.writing():
            standing = self._stand(source, base)
            text = _as_stored(standing.text, text)
            place = partial(reanchor, standing.text, text, gate=HAND_GATE)
            return self._replace(standing, restructure(standing, text), place, by_hand=True)

    def reimport(self, source: Source, path: Path) -> EditReport:
        """Take the text from a file that was corrected elsewhere, of any format that can be imported.

        What has other words than it had goes to review, wherever it is found.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}.") from None
        document = read_document(path.name, data)
        if not document.text.strip():
            raise InputError(f"{path.name} holds no text.")
        digest = hashlib.sha256(data).hexdigest()
        for other in self._project.sources.list():
            if other.sha256 == digest and other.uid != source.uid:
                raise UsageError(f"{path.name} has the same content as {other.handle} ({other.name}).")
        with self._store.writing():
            standing = self._stand(source, None)
            place = partial(reanchor, standing.text, document.text, gate=GATE)
            file: Fields = {"sha256": digest, "path": str(path)}
            file |= {"format": document.format, "encoding": document.encoding}
            return self._replace(standing, document, place, by_hand=False, file=file, data=data)

    def review(self, source: Source | None = None) -> tuple[Doubt, ...]:
        """Return what is in review, of one source or of all: codings, memos and events that may be seen."""
        sources = (source,) if source else self._project.sources.list()
        with self._store.reading() as connection:
            found = find_doubts(connection, sources)
        sight = sight_of(self._project)
        return tuple(one for one in found if not (sight and one.coder) or sight.sees(one.source, one.coder))

    def confirm(self, *names: str) -> tuple[Doubt, ...]:
        """Place passages at their candidates, as one act; all of them or none."""
        with self._store.writing():
            doubts = [self.find(name) for name in dict.fromkeys(names)]
            for doubt in doubts:
                if doubt.candidate is None:
                    message = f"Nothing like “{_short(doubt.old)}” is left in {doubt.source}."
                    raise UsageError(message, hint="Say where it is with `review move`, or drop it.")
            changes = [self._placing(doubt, doubt.candidate) for doubt in doubts if doubt.candidate]
            self._settle(changes, f"Confirmed {_names(doubts)}")
        return tuple(doubts)

    def move(self, name: str, start: int, end: int) -> Doubt:
        """Place a passage at `[start, end)` of the present text."""
        with self._store.writing():
            doubt = self.find(name)
            SpanPlace(start, end).spans(self._project.sources.text(self._source(doubt)), ())
            self._settle([self._placing(doubt, (start, end))], f"Moved {_names([doubt])} to {start}:{end}")
        return doubt

    def drop(self, name: str) -> Doubt:
        """Give a passage up: a coding goes, a memo stays on its source, an event without its quote."""
        with self._store.writing():
            doubt = self.find(name)
            if doubt.kind == "event":
                change = Change("event", doubt.uid, {"quote": doubt.old}, {"quote": None})
            elif doubt.kind == "memo":
                change = Change("memo", doubt.uid, *self._leaving(doubt))
            else:
                change = Change("coding", doubt.uid, self._all_fields(doubt.uid), None)
            self._settle([change], f"Dropped {_names([doubt])}")
        return doubt

    def find(self, name: str) -> Doubt:
        """Return what is in review by an event's id, a beginning of its own id, or its last 8 characters."""
        doubts = {doubt.uid: doubt for doubt in self.review()}
        for doubt in doubts.values():
            if doubt.kind == "event" and doubt.name.casefold() == name.casefold():
                return doubt
        if not doubts:
            raise UnknownNameError("passage in review", name, hint="Nothing is in review.")
        return doubts[find_uid(name, doubts, what="passage in review")]

    def version(self, source: Source, number: int) -> TextVersion:
        """Return a source's text as it was in a version, with turns and blocks; 1 is as it was imported."""
        return read_version(self._project, source, number)

    def base(self, source: Source) -> tuple[str, str]:
        """Return the present text version of a source and its text, for an editor to begin with."""
        with self._store.reading():
            return self._project.sources.text_uid(source), self._project.sources.text(source)

    def _stand(self, source: Source, base: str | None) -> Standing:
        standing = stand(self._project, source)
        if base is not None and base != standing.uid:
            message = f"The text of {source.handle} was changed meanwhile; nothing was written."
            raise ConflictError(message, hint="Correct the text as it is now.")
        return standing

    def _replace(
        self,
        standing: Standing,
        document: DocumentText,
        place: Callable[[Sequence[Span]], Sequence[Placement]],
        *,
        by_hand: bool,
        file: Fields | None = None,
        data: bytes | None = None,
    ) -> EditReport:
        source = standing.source
        if document.text == standing.text:
            return self._unchanged(source)
        _refuse_unfit(source, document.text)
        revision = revise(self._project, standing, document, data)
        with self._store.reading() as connection:
            found = follow(connection, standing, revision, place, by_hand=by_hand)
        fields: Fields = {
            "text_uid": revision.text.uid,
            "language": detect_language(document.text),
            "first_timestamp": document.first_timestamp,
            "last_timestamp": document.last_timestamp,
            **(file or {}),
        }
        before = {name: getattr(source, name, None) for name in fields} | {"text_uid": standing.uid}
        version = (*revision.changes, Change("source", source.uid, before, fields))
        summary = _summary(source, found, told=self._project.mode != INDEPENDENT)
        operation = edit_text(version=version, followers=found.changes, summary=summary)
        self._commit(operation, [revision.text])
        now = self._project.sources.find(source.handle)
        is_seen = self._seeing(source)
        placed = sum(count for coder, count in found.placed.items() if is_seen(coder))
        changed = tuple(one for one in found.changed if is_seen(one.coder))
        doubled = self._doubled(now, {one.uid for one in changed})
        return EditReport(now, revision.number, placed, changed, self.review(now), doubled=doubled)

    def _doubled(self, source: Source, changed: set[str]) -> tuple[tuple[Coding, ...], ...]:
        """Return the codings of one coder and code that share a place since words of one were changed."""
        if not changed:
            return ()
        groups: dict[tuple[int, int, str, str, str], list[Coding]] = defaultdict(list)
        for one in self._project.codings.in_source(source):
            groups[one.start, one.end, one.code, one.coder, one.layer].append(one)
        alike = (tuple(group) for group in groups.values() if len(group) > 1)
        return tuple(group for group in alike if any(one.uid in changed for one in group))

    def _foresee(
        self, standing: Standing, text: str, place: Callable[[Sequence[Span]], Sequence[Placement]]
    ) -> Foresight:
        spans = self._placed(standing.source)
        spans += [
            (one.start, one.end)
            for one in self._project.events.list()
            if one.source == standing.source.handle and one.start is not None and one.end is not None
        ]
        return _weigh(standing.text, text, spans, place(spans))

    def _unchanged(self, source: Source) -> EditReport:
        doubts = self.review(source)
        placed = self._placed(source)
        events = [e for e in self._project.events.list() if e.source == source.handle and e.start is not None]
        with self._store.reading() as connection:
            versions = read_fields(connection, RECORDS["text_version"], Names(connection))
        number = versions[self._project.sources.text_uid(source)]["number"]
        return EditReport(source, number, len(placed) + len(events), (), doubts, unchanged=True)

    def _placed(self, source: Source) -> list[Span]:
        with self._store.reading() as connection:
            passages = marked_passages(connection, source.uid)
        is_seen = self._seeing(source)
        return [(one.start, one.end) for one in passages if one.state == "placed" and is_seen(one.coder)]

    def _seeing(self, source: Source) -> Callable[[str | None], bool]:
        """Return what tells whose passages in a source the acting coder may see; events are nobody's."""
        sight = sight_of(self._project)
        return lambda coder: sight is None or coder is None or sight.sees(source.handle, coder)

    def _placing(self, doubt: Doubt, span: Span) -> Change:
        source = self._source(doubt)
        text_uid, text = self.base(source)
        place: Fields = {"start": span[0], "end": span[1]}
        if doubt.kind == "event":
            before = dict.fromkeys(EVENT_PLACE) | {"quote": doubt.fields["quote"]}
            place |= {"text_version": text_uid, "quote": text[slice(*span)]}
            return Change("event", doubt.uid, before, place)
        return Change(
            doubt.kind, doubt.uid, doubt.fields, {**place, VERSION[doubt.kind]: text_uid, "state": None}
        )

    def _leaving(self, doubt: Doubt) -> tuple[Fields, Fields]:
        """Return the fields of a memo on a passage, and of the same on the source that the passage was in."""
        uid = self._source(doubt).uid
        before = {**doubt.fields, "about_kind": PASSAGE, "about_uid": None, "source": uid}
        return before, dict.fromkeys(before) | {"about_kind": "source", "about_uid": uid}

    def _settle(self, changes: Sequence[Change], summary: str) -> None:
        with self._store.reading() as connection:
            joined = join_twins(connection, changes, agreeing=True)
        self._commit(settle_passages(changes=joined.changes, summary=f"{summary}{joined.told}"))

    def _source(self, doubt: Doubt) -> Source:
        return self._project.sources.find(doubt.source)

    def _all_fields(self, uid: str) -> Fields:
        with self._store.reading() as connection:
            return read_fields(connection, RECORDS["coding"], Names(connection), (uid,))[uid]


def _place_exactly(old: str, new: str, edits: Sequence[Edit], spans: Sequence[Span]) -> tuple[Placement, ...]:
    return tuple(
        _exact(old[slice(*span)], new[slice(*found)], found) if found else LOST
        for span, found in zip(spans, follow_edits(spans, edits), strict=True)
    )


def _exact(before: str, after: str, found: Span) -> Placement:
    changed = before.split() != after.split()
    return Placement(*found, "placed", 1.0, changed)


def _refuse_unfit(source: Source, text: str) -> None:
    if not text.strip():
        raise UsageError(f"No text would be left in {source.handle}; nothing was changed.")
    if (place := text.find("\0")) >= 0:
        message = f"The text would hold a NUL character (the first at {place}), as no text does"
        raise InputError(f"{message}; nothing was changed.")


def _as_stored(old: str, text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    # Editors end the last line, whether it was ended or not.
    return text if old.endswith("\n") else text.removesuffix("\n")


def _weigh(old: str, new: str, spans: Sequence[Span], places: Sequence[Placement]) -> Foresight:
    befalls: Counter[str] = Counter()
    examples: list[tuple[str, str | None]] = []
    for span, place in zip(spans, places, strict=True):
        before = old[slice(*span)]
        if place.state != "placed" or place.start is None or place.end is None:
            befalls["lost"] += 1
            examples.append((before, None))
            continue
        after = new[place.start : place.end]
        if before == after:
            befalls["stay" if place.start == span[0] else "moved"] += 1
            continue
        befalls["shrunk" if len(after) < len(before) else "grown"] += 1
        examples.append((before, after))
    stay, moved, shrunk, grown, lost = (befalls[name] for name in _FATES)
    return Foresight(stay, moved, shrunk, grown, lost, tuple(examples[:_EXAMPLES]))


def _summary(source: Source, found: Following, *, told: bool) -> str:
    if not told:  # Whose passages these are, and how many, would tell who has coded what.
        return f"Corrected {source.handle}"
    whose = f" of {', '.join(sorted(found.coders))}" if found.coders else ""
    doubtful = f"{len(found.doubtful)} in review" if found.doubtful else "none in review"
    what = f"{plural(found.placed.total(), 'passage')}{whose} in place, {doubtful}"
    # Its number is not said: a merge may give it another one.
    return f"Corrected {source.handle}: {what}"


def _names(doubts: Sequence[Doubt]) -> str:
    first = f"{doubts[0].called} in {doubts[0].source}" if doubts else "nothing"
    return first if len(doubts) <= 1 else f"{first} and {plural(len(doubts) - 1, 'more passage')} in review"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57]}…"  # noqa: PLR2004 - a line's worth
