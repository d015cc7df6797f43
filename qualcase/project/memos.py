"""The desk of memos: notes on the project, on one thing in it or on a passage, and what they name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.coding.acts.memo import write_memo
from qualcase.model.coding import PASSAGE, Wording
from qualcase.model.errors import UsageError
from qualcase.model.identity import find_uid, short_uid
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.independence import seen_memos
from qualcase.project.quoting import quote_memos
from qualcase.project.things import Things
from qualcase.storage.reading.memos import list_memos, read_wordings
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.text.mentions import find_mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.places import Place
    from qualcase.model.coding import Memo
    from qualcase.model.display import Display
    from qualcase.model.operation import Fields
    from qualcase.model.source import Source

About = tuple[str, str] | str

MEMO_KINDS = ("analytic", "methodological", "reflexive", "question", "tension")


class Memos(Desk):
    """Notes on anything."""

    def list(self, kind: str | None = None, about: str | None = None) -> tuple[Memo, ...]:
        """Return memos in the order of their making, with what they are about and name.

        `about` leaves those on a thing (S3, KM.TRUST, coder:Anna …) and those whose words name it; of a
        source also those on its passages.
        """
        if kind is not None:
            _check_kind(kind)
        with self._store.reading() as connection:
            memos = seen_memos(self._project, list_memos(connection))
        things = Things(self._project, [memo.uid for memo in memos])
        linked = {memo.uid: _links(memo, things) for memo in memos}
        naming: dict[str, list[str]] = defaultdict(list)
        for uid, links in linked.items():
            for target_kind, target in links:
                if target_kind == "memo" and target != uid:
                    naming[target].append(short_uid(uid))
        wanted = things.guess(about) if about is not None else None
        return tuple(
            replace(
                memo,
                about=(memo.about[0], _place(memo) or things.name(*memo.about)) if memo.about else None,
                links=tuple((one, things.name(one, uid)) for one, uid in linked[memo.uid]),
                linked_from=tuple(naming[memo.uid]),
            )
            for memo in memos
            if kind in (None, memo.kind)
            and (wanted is None or wanted in {memo.about, _of_source(memo), *linked[memo.uid]})
        )

    def find(self, name: str) -> Memo:
        """Return a memo by an unambiguous beginning of its id, or its last 8 characters."""
        memos = {memo.uid: memo for memo in self.list()}
        return memos[find_uid(name, memos, what="memo")]

    def wordings(self, name: str) -> tuple[Wording, ...]:
        """Return every wording that a memo has had, oldest first."""
        memo = self.find(name)
        with self._store.reading() as connection:
            found = read_wordings(connection)
        # The words of an edit that lost in a merge are a memo that no act wrote.
        return found.get(memo.uid) or (Wording(memo.text, memo.coder, memo.created_at),)

    def unresolved(self, text: str) -> tuple[str, ...]:
        """Return the names after an `@` in a text that nothing in the project answers to."""
        things = Things(self._project, [memo.uid for memo in self.list()])
        return tuple(name for name in find_mentions(text) if things.named(name) is None)

    def register(self, kind: str | None = None) -> Display:
        """Return the register of memos: when, who, on what, what, and how the wording changed."""
        from qualcase.analysis.manifest import manifest_of  # noqa: PLC0415 - loads numpy
        from qualcase.reports.memos import memo_register  # noqa: PLC0415 - the reports room

        memos = self.list(kind)
        with self._store.reading() as connection:
            wordings = read_wordings(connection)
        filters = (f"kind: {kind}",) if kind else ()
        manifest = manifest_of(self._project.codings.data(), filters=filters)
        return memo_register(memos, quote_memos(self._project, memos), wordings, manifest, kind)

    def add(
        self, text: str, kind: str = "analytic", about: About | None = None, place: Place | None = None
    ) -> Memo:
        """Write a memo; `about` is a thing's name, or its kind and its name.

        Kinds of thing: source, code, coding, event, case, coder, project. With a place the memo is on that
        passage of the source named. Raises BadPlaceError where the source has no such passage, and
        UsageError where the place is more than one.
        """
        _check_text(text)
        _check_kind(kind)
        # One transaction: no correction of the text comes between where the passage is and what is written.
        with self._store.writing():
            subject, where = self._subject(about, place)
            fields: Fields = {"text": text, "kind": kind, "coder": self.coder_uid(), **subject}
            operation = write_memo(after=fields, summary=f"Wrote {_article(kind)} {kind} memo{where}")
            self._commit(operation)
            return self.find(operation.changes[0].uid)

    @one_transaction
    def edit(self, name: str, text: str) -> Memo:
        """Change the words of a memo; the words before stay in the journal."""
        memo = self.find(name)
        _check_text(text)
        if text == memo.text:
            raise UsageError("The memo says that already.")
        before, after = {"text": memo.text}, {"text": text}
        self._commit(write_memo(uid=memo.uid, before=before, after=after, summary="Changed a memo"))
        return self.find(memo.uid)

    @one_transaction
    def remove(self, name: str) -> Memo:
        """Take a memo away and return what it said."""
        memo = self.find(name)
        with self._store.reading() as connection:
            before = read_fields(connection, RECORDS["memo"], Names(connection), (memo.uid,))[memo.uid]
        self._commit(write_memo(uid=memo.uid, before=before, summary="Removed a memo"))
        return memo

    def _subject(self, about: About | None, place: Place | None) -> tuple[Fields, str]:
        """Return the fields that say what a memo is about, and the same in words."""
        if place is not None:
            return self._passage(self._source(about), place)
        if not about:
            return {}, ""
        things = Things(self._project, [memo.uid for memo in self.list()])
        what, uid = things.guess(about) if isinstance(about, str) else things.find(*about)
        return {"about_kind": what, "about_uid": uid}, f" on {what} {things.name(what, uid)}"

    def _source(self, about: About | None) -> Source:
        kind, name = (
            ("source", about.removeprefix("source:")) if isinstance(about, str) else about or ("", "")
        )
        if kind != "source":
            message = "A memo on a passage needs the source that the passage is in."
            raise UsageError(message, hint="Say which source; its codes, cases and events have no passages.")
        return self._project.sources.find(name)

    def _passage(self, source: Source, place: Place) -> tuple[Fields, str]:
        desk = self._project.sources
        spans = place.spans(desk.text(source), desk.turns(source))
        if len(spans) != 1:
            raise UsageError(f"A memo is on one passage; these are {len(spans)}.")
        [(start, end)] = spans
        fields: Fields = {"about_kind": PASSAGE, "source": source.uid, "text_version": desk.text_uid(source)}
        return fields | {"start": start, "end": end}, f" on {source.handle} {start}:{end}"


def _place(memo: Memo) -> str:
    return f"{memo.source} {memo.start}:{memo.end}" if memo.source else ""


def _of_source(memo: Memo) -> tuple[str, str] | None:
    return ("source", memo.about[1]) if memo.about and memo.about[0] == PASSAGE else None


def _links(memo: Memo, things: Things) -> Sequence[tuple[str, str]]:
    found = (things.named(name) for name in find_mentions(memo.text))
    return tuple(dict.fromkeys(link for link in found if link is not None))


def _check_text(text: str) -> None:
    if not text.strip():
        raise UsageError("A memo needs words.")


def _check_kind(kind: str) -> None:
    if kind not in MEMO_KINDS:
        raise UsageError(f"“{kind}” is not a kind of memo.", hint=f"Choose one of {', '.join(MEMO_KINDS)}.")


def _article(kind: str) -> str:
    return "an" if kind[0] in "aeiou" else "a"
