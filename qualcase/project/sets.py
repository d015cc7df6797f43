"""The desk of sets: sources or codes under one name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.coding.acts.saved import keep_set
from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.model.retrieval import SET_KINDS
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.sources import choose_source
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.saved import list_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Fields
    from qualcase.model.retrieval import SavedSet

_BAD_NAME = re.compile(r"[\"“”„()\x00-\x1f]")


class Sets(Desk):
    """Sources or codes under one name, for use as `set:NAME`."""

    def list(self) -> tuple[SavedSet, ...]:
        """Return all sets in the order of their making."""
        return self._store.recall("sets", ("saved_set", "source", "code"), list_sets)

    def find(self, name: str) -> SavedSet:
        """Return a set by its name, case ignored."""
        folded = fold(name)
        for known in self.list():
            if fold(known.name) == folded:
                return known
        raise UnknownNameError("set", name, hint="`qualcase set list` lists them.")

    @one_transaction
    def add(self, name: str, kind: str, members: Sequence[str]) -> SavedSet:
        """Make a set of sources or codes, or add members to the one that is there."""
        name = clean_name(name, "set")
        if kind not in SET_KINDS:
            raise UsageError(f"There are no sets of {kind}.", hint=f"Choose one of {', '.join(SET_KINDS)}.")
        uids = self._uids(kind, members)
        known = next((one for one in self.list() if fold(one.name) == fold(name)), None)
        if known is None:
            summary = f"Made the set {name} of {len(uids)} {kind}"
            self._commit(keep_set(after={"name": name, "kind": kind, kind: uids}, summary=summary))
            return self.find(name)
        if known.kind != kind:
            raise UsageError(f"{known.name} is a set of {known.kind}.")
        after = list(dict.fromkeys((*known.uids, *uids)))
        if len(after) == len(known.uids):
            raise UsageError(f"All of that is in the set {known.name} already.")
        return self._change(known, after, f"Added to the set {known.name}")

    @one_transaction
    def remove(self, name: str, members: Sequence[str] = ()) -> SavedSet:
        """Take members out of a set, or without any let the set go; return what it was."""
        known = self.find(name)
        if not members:
            fields: Fields = {"name": known.name, "kind": known.kind, known.kind: list(known.uids)}
            self._commit(keep_set(uid=known.uid, before=fields, summary=f"Removed the set {known.name}"))
            return known
        gone = self._uids(known.kind, members)
        after = [uid for uid in known.uids if uid not in gone]
        if len(after) == len(known.uids):
            raise UsageError(f"None of that is in the set {known.name}.")
        self._change(known, after, f"Took out of the set {known.name}")
        return known

    def _change(self, known: SavedSet, after: Sequence[str], summary: str) -> SavedSet:
        before: Fields = {known.kind: list(known.uids)}
        self._commit(keep_set(uid=known.uid, before=before, after={known.kind: list(after)}, summary=summary))
        return self.find(known.name)

    def _uids(self, kind: str, members: Sequence[str]) -> Sequence[str]:
        if not members:
            raise UsageError("A set needs members.")
        if kind == "sources":
            sources = self._project.sources.list()
            return list(dict.fromkeys(choose_source(sources, name).uid for name in members))
        known = self._store.recall("code uids", ("codebook", "code"), code_uids)
        return list(dict.fromkeys(known[self._project.codebook.find(name).id] for name in members))


def fold(name: str) -> str:
    """Return what names of sets and questions are compared by."""
    return " ".join(name.split()).casefold()


def clean_name(name: str, what: str) -> str:
    """Return a name as it is kept; UsageError where it could not be written in a question."""
    clean = " ".join(name.split())
    if not clean or _BAD_NAME.search(clean):
        raise UsageError(
            f"“{name}” cannot be the name of a {what}.", hint="Leave out quotation marks and brackets."
        )
    return clean
