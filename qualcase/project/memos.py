"""The desk of memos: notes on the project or on one thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.acts.memo import write_memo
from qualcase.model.errors import UsageError
from qualcase.model.identity import find_uid
from qualcase.project.desk import Desk
from qualcase.storage.reading.chronology import chronology_uids
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.codings import list_memos

if TYPE_CHECKING:
    from qualcase.model.coding import Memo
    from qualcase.model.operation import Fields

MEMO_KINDS = ("analytic", "methodological", "reflexive", "question", "tension")


class Memos(Desk):
    """Notes on anything."""

    def list(self) -> tuple[Memo, ...]:
        """Return all memos in the order of their making."""
        with self._store.reading() as connection:
            return list_memos(connection)

    def find(self, name: str) -> Memo:
        """Return a memo by an unambiguous beginning of its id, or its last 8 characters."""
        memos = {memo.uid: memo for memo in self.list()}
        return memos[find_uid(name, memos, what="memo")]

    def add(self, text: str, kind: str = "analytic", about: tuple[str, str] | None = None) -> Memo:
        """Write a memo; `about` is (source, code, coding, event or case; its name)."""
        if not text.strip():
            raise UsageError("A memo needs words.")
        if kind not in MEMO_KINDS:
            raise UsageError(
                f"“{kind}” is not a kind of memo.", hint=f"Choose one of {', '.join(MEMO_KINDS)}."
            )
        fields: Fields = {"text": text, "kind": kind, "coder": self.coder_uid()}
        if about:
            fields |= {"about_kind": about[0], "about_uid": self._target(*about)}
        where = f" on {about[0]} {about[1]}" if about else ""
        operation = write_memo(after=fields, summary=f"Wrote a {kind} memo{where}")
        self._commit(operation)
        return self.find(operation.changes[0].uid)

    def edit(self, name: str, text: str) -> Memo:
        """Change the words of a memo."""
        memo = self.find(name)
        if not text.strip():
            raise UsageError("A memo needs words.")
        self._commit(
            write_memo(
                uid=memo.uid, before={"text": memo.text}, after={"text": text}, summary="Changed a memo"
            )
        )
        return self.find(memo.uid)

    def remove(self, name: str) -> Memo:
        """Take a memo away and return what it said."""
        memo = self.find(name)
        before: Fields = {"text": memo.text, "kind": memo.kind}
        self._commit(write_memo(uid=memo.uid, before=before, summary="Removed a memo"))
        return memo

    def _target(self, kind: str, name: str) -> str:
        if kind == "source":
            return self._project.sources.find(name).uid
        if kind == "coding":
            return self._project.codings.find(name).uid
        with self._store.reading() as connection:
            if kind == "code":
                wanted = code_uids(connection)
            elif kind == "event":
                wanted = chronology_uids(connection)["event"]
            elif kind == "case":
                wanted = self._project.cases.uids()
            else:
                raise UsageError(
                    f"A memo cannot be about a {kind}.", hint="source, code, coding, event or case"
                )
        key = self._project.codebook.find(name).id if kind == "code" else name
        if key not in wanted:
            raise UsageError(f"There is no {kind} “{name}”.")
        return wanted[key]
