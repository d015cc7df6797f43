"""The desk of memos: notes on the project or on one thing in it, and what they name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.coding.acts.memo import write_memo
from qualcase.model.errors import UsageError
from qualcase.model.identity import find_uid, short_uid
from qualcase.project.desk import Desk
from qualcase.project.independence import seen_memos
from qualcase.project.things import Things
from qualcase.storage.reading.codings import list_memos
from qualcase.storage.reading.memos import read_wordings
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.text.mentions import find_mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.coding import Memo, Wording
    from qualcase.model.display import Display
    from qualcase.model.operation import Fields

MEMO_KINDS = ("analytic", "methodological", "reflexive", "question", "tension")


class Memos(Desk):
    """Notes on anything."""

    def list(self, kind: str | None = None, about: str | None = None) -> tuple[Memo, ...]:
        """Return memos in the order of their making, with what they are about and name.

        `about` leaves those on a thing (S3, KM.TRUST, coder:Anna …) and those whose words name it.
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
                about=(memo.about[0], things.name(*memo.about)) if memo.about else None,
                links=tuple((one, things.name(one, uid)) for one, uid in linked[memo.uid]),
                linked_from=tuple(naming[memo.uid]),
            )
            for memo in memos
            if kind in (None, memo.kind) and (wanted is None or wanted in {memo.about, *linked[memo.uid]})
        )

    def find(self, name: str) -> Memo:
        """Return a memo by an unambiguous beginning of its id, or its last 8 characters."""
        memos = {memo.uid: memo for memo in self.list()}
        return memos[find_uid(name, memos, what="memo")]

    def wordings(self, name: str) -> tuple[Wording, ...]:
        """Return every wording that a memo has had, oldest first."""
        memo = self.find(name)
        with self._store.reading() as connection:
            return read_wordings(connection)[memo.uid]

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
        return memo_register(memos, wordings, manifest, kind)

    def add(self, text: str, kind: str = "analytic", about: tuple[str, str] | str | None = None) -> Memo:
        """Write a memo; `about` is a thing's name, or its kind and its name.

        Kinds of thing: source, code, coding, event, case, coder, project.
        """
        _check_text(text)
        _check_kind(kind)
        fields: Fields = {"text": text, "kind": kind, "coder": self.coder_uid()}
        where = ""
        if about:
            things = Things(self._project, [memo.uid for memo in self.list()])
            what, uid = things.guess(about) if isinstance(about, str) else things.find(*about)
            fields |= {"about_kind": what, "about_uid": uid}
            where = f" on {what} {things.name(what, uid)}"
        operation = write_memo(after=fields, summary=f"Wrote a {kind} memo{where}")
        self._commit(operation)
        return self.find(operation.changes[0].uid)

    def edit(self, name: str, text: str) -> Memo:
        """Change the words of a memo; the words before stay in the journal."""
        memo = self.find(name)
        _check_text(text)
        if text == memo.text:
            raise UsageError("The memo says that already.")
        before, after = {"text": memo.text}, {"text": text}
        self._commit(write_memo(uid=memo.uid, before=before, after=after, summary="Changed a memo"))
        return self.find(memo.uid)

    def remove(self, name: str) -> Memo:
        """Take a memo away and return what it said."""
        memo = self.find(name)
        with self._store.reading() as connection:
            before = read_fields(connection, RECORDS["memo"], Names(connection), (memo.uid,))[memo.uid]
        self._commit(write_memo(uid=memo.uid, before=before, summary="Removed a memo"))
        return memo


def _links(memo: Memo, things: Things) -> Sequence[tuple[str, str]]:
    found = (things.named(name) for name in find_mentions(memo.text))
    return tuple(dict.fromkeys(link for link in found if link is not None))


def _check_text(text: str) -> None:
    if not text.strip():
        raise UsageError("A memo needs words.")


def _check_kind(kind: str) -> None:
    if kind not in MEMO_KINDS:
        raise UsageError(f"“{kind}” is not a kind of memo.", hint=f"Choose one of {', '.join(MEMO_KINDS)}.")
