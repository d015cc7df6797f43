"""Saying in words what acts of coding did: a code by its name, a passage by its first words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.project.desk import Desk
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.texts import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.operation import Change, Fields, LoggedOperation

# Records that come with a coding and say nothing more; an act on any other has the log's own sentence.
_BESIDE = frozenset({"coding", "coder", "suggestion_decision"})
# Acts that take codings away only where they become one with others.
_MOVING = frozenset({"recode", "resize"})
_OF_A_NEW_CODE = frozenset({"codebook", "code", "codebook_version"})
_MOST_WORDS = 8
_MOST_CHARACTERS = 48
_SENTENCES = {
    "code": "Coded {what} as {codes}",
    "code-many": "Coded {what} as {codes}",
    "in-vivo": "Made the code {codes} and coded {what} so",
    "recode": "Gave {what} the code {codes} instead of {before}",
    "resize": "Moved the ends of {codes} on {what}",
    "describe": "Changed {fields} of {codes} on {what}",
    "uncode": "Took {codes} away from {what}",
    "decide": "{verdict} {codes} for {what}",
}


class Telling(Desk):
    """Tells acts for the person who made them; the log keeps their exact sentences, with ids and offsets."""

    def tell(self, acts: Iterable[tuple[LoggedOperation, Sequence[Change]]]) -> str:
        """Return what acts did; one that did not deal with codings alone is told as the log tells it."""
        return "; ".join(self._tell(act, changes) for act, changes in acts)

    def _tell(self, act: LoggedOperation, changes: Sequence[Change]) -> str:
        beside = _BESIDE | (_OF_A_NEW_CODE if act.kind == "in-vivo" else frozenset())
        wanted = "suggestion_decision" if act.kind == "decide" else "coding"
        touched = [one for one in changes if one.record == wanted]
        joined = act.kind in _MOVING and any(one.after is None for one in touched)
        strange = any(one.record not in beside for one in changes)
        if act.kind not in _SENTENCES or not touched or strange or joined:
            return act.summary
        held = self._whole(touched)
        if not held:
            return act.summary
        names = self._code_names() | {
            one.uid: str((one.after or {}).get("name")) for one in changes if one.record == "code"
        }
        return _SENTENCES[act.kind].format(
            what=self._passages(held),
            codes=_together([names.get(one["code"], "") for one in held], "code"),
            before=_together([names.get((one.before or {}).get("code", ""), "") for one in touched], "code"),
            fields=_listed([name for one in touched for name in one.after or {}]),
            verdict=str(held[0].get("verdict", "")).capitalize(),
        )

    def _whole(self, changes: Sequence[Change]) -> list[Fields]:
        """Return all fields of what changed, as the act left them; the act names only what it changed."""
        partial = [one.uid for one in changes if one.before is not None and one.after is not None]
        with self._store.reading() as connection:
            stored = read_fields(connection, RECORDS["coding"], Names(connection), partial) if partial else {}
        return [
            {**stored.get(one.uid, {}), **(one.after or one.before or {})}
            for one in changes
            if one.uid not in partial or one.uid in stored
        ]

    def _code_names(self) -> dict[str, str]:
        uids = self._store.recall("code uids", ("codebook", "code"), code_uids)
        names = {code.id: code.name for book in self._project.codebook.all() for code in book.codes}
        return {uid: names.get(code_id, code_id) for code_id, uid in uids.items()}

    def _passages(self, held: Sequence[Fields]) -> str:
        if len(held) == 1:
            return f"“{first_words(self._quote(held[0]))}”"
        sources = {one["source"] for one in held}
        where = self._handle(sources.pop()) if len(sources) == 1 else f"{len(sources)} sources"
        return f"{len(held):,} passages in {where}"

    def _handle(self, source: str) -> str:
        return next((one.handle for one in self._project.sources.list() if one.uid == source), "a source")

    def _quote(self, held: Fields) -> str:
        # What a suggestion was declined for has no text version of its own: it lies in today's.
        desk = self._project.sources
        uid = held.get("text") or next(desk.text_uid(one) for one in desk.list() if one.uid == held["source"])
        text = self._store.recall(("text", uid), (), lambda connection: read_text(connection, uid))
        return text[held["start"] : held["end"]]


def first_words(text: str) -> str:
    """Return the first words of a passage, as many as a line has room for beside other words."""
    words = text.split()
    kept = " ".join(words[:_MOST_WORDS])
    if len(kept) > _MOST_CHARACTERS:
        kept = kept[:_MOST_CHARACTERS].rsplit(" ", 1)[0]
    return kept if kept == " ".join(words) else f"{kept.rstrip(' ,;:')}…"


def _together(names: Sequence[str], what: str) -> str:
    each = list(dict.fromkeys(filter(None, names)))
    return f"“{each[0]}”" if len(each) == 1 else f"{len(each)} {what}s"


def _listed(fields: Sequence[str]) -> str:
    return ", ".join(sorted({"key quotation" if one == "key" else one for one in fields}))
