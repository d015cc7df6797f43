"""Things that memos speak of: between their names and their identities, both ways."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.model.identity import SHORT_LENGTH, short_uid
from qualcase.storage.people import find_coder, list_coders
from qualcase.storage.reading.chronology import chronology_uids
from qualcase.storage.reading.codes import code_uids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.project.project import Project

THINGS = ("source", "code", "coding", "event", "case", "coder", "project", "memo")
# What an `@` may mean, the first that answers to the name.
_NAMED = ("code", "source", "event")


class Things:
    """The names of a project's things, each kind read when it is first asked for."""

    def __init__(self, project: Project, memos: Iterable[str] = ()) -> None:
        self._project = project
        self._memos = tuple(memos)
        self._uids: dict[str, dict[str, str]] = {}

    def find(self, kind: str, name: str) -> tuple[str, str]:
        """Return the (kind, uid) of one thing, its name read as elsewhere on its desk."""
        if kind == "source":
            return kind, self._project.sources.find(name).uid
        if kind == "coding":
            return kind, self._project.codings.find(name).uid
        if kind == "code":
            return kind, self.uids("code")[self._project.codebook.find(name).id]
        if kind not in THINGS:
            raise UsageError(f"A memo cannot be about a {kind}.", hint=", ".join(THINGS[:-1]))
        folded = name.casefold()
        for known, uid in self.uids(kind).items():
            if kind == "project" or known.casefold() == folded:
                return kind, uid
        raise UnknownNameError(kind, name)

    def guess(self, name: str) -> tuple[str, str]:
        """Return the (kind, uid) of the thing that KIND:NAME or a bare name means."""
        kind, colon, rest = name.partition(":")
        if colon and kind in THINGS:
            return self.find(kind, rest)
        found = self.named(name)
        if found is None:
            raise UnknownNameError(
                "thing", name, hint="Say what it is: source:S3, code:KM.TRUST, coder:Anna …"
            )
        return found

    def named(self, name: str) -> tuple[str, str] | None:
        """Return the (kind, uid) of what an `@` before a name means, or None where nothing is called so."""
        folded = name.casefold()
        for kind in _NAMED:
            for known, uid in self.uids(kind).items():
                if known.casefold() == folded:
                    return kind, uid
        if len(folded) >= SHORT_LENGTH:
            for uid in self._memos:
                if folded in {uid, short_uid(uid)}:
                    return "memo", uid
        return None

    def name(self, kind: str, uid: str) -> str:
        """Return what people call a thing; the end of its id where it has no name or is gone."""
        if kind not in self._tables:
            return short_uid(uid)
        return self._names(kind).get(uid, short_uid(uid))

    def uids(self, kind: str) -> dict[str, str]:
        """Return the uid of every thing of a kind by its name."""
        if kind not in self._uids:
            self._uids[kind] = self._read(kind) if kind in self._tables else {}
        return self._uids[kind]

    def _names(self, kind: str) -> dict[str, str]:
        return {uid: name for name, uid in self.uids(kind).items()}

    @cached_property
    def _tables(self) -> frozenset[str]:
        return frozenset(THINGS) - {"coding", "memo"}

    def _read(self, kind: str) -> dict[str, str]:
        store = self._project.store
        if kind == "source":
            return {source.handle: source.uid for source in self._project.sources.list()}
        if kind == "case":
            return self._project.cases.uids()
        if kind == "project":
            return {self._project.name: self._project.settings().uid}
        with store.reading() as connection:
            if kind == "code":
                return code_uids(connection)
            if kind == "event":
                return chronology_uids(connection)["event"]
            return {name: find_coder(connection, name) or "" for name in list_coders(connection)}
