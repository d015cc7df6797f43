"""The desk of attributes: what is known of sources, cases and actors besides their words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.coding.acts.attribute import set_attributes
from qualcase.model.errors import AmbiguousNameError, InputError, UnknownNameError, UsageError
from qualcase.project.attribute_book import AttributeBook
from qualcase.project.attribute_types import infer_type
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.sources import choose_source
from qualcase.readers.isolation import close_worker, read_tables_safely
from qualcase.readers.rows import cell
from qualcase.storage.reading.attributes import list_stored_attributes, list_stored_values
from qualcase.storage.reading.cases import actor_uids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from qualcase.model.operation import Change
    from qualcase.readers.rows import Table

OWNERS = ("source", "case", "actor")
_KEYS = {
    "source": ("source", "file", "handle", "id", "name"),
    "case": ("case", "name", "id"),
    "actor": ("actor", "speaker", "informant", "participant", "name", "handle", "id"),
}
_MOST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: whose (source, case, actor), its type, and the value of each owner that has one."""

    name: str
    owner: str
    type: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class AttributeReport:
    """What came of a file of attributes; `owners` and `values` count what was given a new value."""

    owner: str
    attributes: tuple[Attribute, ...]
    owners: int
    values: int


class Attributes(Desk):
    """What is known of sources, cases and actors, each with a type."""

    def list(self, owner: str | None = None) -> tuple[Attribute, ...]:
        """Return all attributes in the order of their making, or those of one kind of owner."""
        kinds = OWNERS if owner is None else (_check_owner(owner),)
        names = {kind: {uid: name for name, uid in self._uids(kind).items()} for kind in kinds}
        found: list[Attribute] = []
        with self._store.reading() as connection:
            for kind in kinds:
                values = list_stored_values(connection, kind)
                for attribute in list_stored_attributes(connection, kind):
                    own = {
                        names[kind][value.owner_uid]: value.text or ""
                        for value in values
                        if value.attribute_uid == attribute.uid and value.owner_uid in names[kind]
                    }
                    found.append(Attribute(attribute.name, kind, attribute.type, own))
        return tuple(found)

    def import_file(self, path: Path, owner: str) -> AttributeReport:
        """Give attributes to sources, cases or actors from a CSV or Excel file, all of it or nothing.

        One column names the owner (source or file, case, actor or speaker; else the first); each other column
        is an attribute, whose type is told by all its values. An empty cell changes nothing.
        """
        _check_owner(owner)
        table = _read(path)
        return self._give(owner, table, _headings(table, path.name), path.name)

    @one_transaction
    def _give(self, owner: str, table: Table, headings: Sequence[str], file: str) -> AttributeReport:
        key = _key_column(headings, owner)
        owners = _owners(self._finder(owner), table, key, file)
        columns = [place for place, name in enumerate(headings) if place != key and name]
        types = {headings[at]: infer_type(cell(row, at) for row in table.rows[1:]) for at in columns}
        with self._store.reading() as connection:
            stored = list_stored_attributes(connection, owner)
            book = AttributeBook(owner, stored, list_stored_values(connection, owner))
        changes: list[Change] = []
        given: Counter[str] = Counter()
        for uid, row in zip(owners, table.rows[1:], strict=True):
            made = list(book.set_values(uid, {headings[at]: cell(row, at) for at in columns}, types))
            given[uid] += sum(change.record == "attribute_value" for change in made)
            changes += made
        if changes:
            what = f"{given.total()} attributes to {sum(map(bool, given.values()))} {owner}s"
            self._commit(set_attributes(changes=changes, summary=f"Gave {what} from {file}"))
        named = [attribute for attribute in self.list(owner) if attribute.name in types]
        return AttributeReport(owner, tuple(named), sum(map(bool, given.values())), given.total())

    def _uids(self, owner: str) -> dict[str, str]:
        if owner == "source":
            return {source.handle: source.uid for source in self._project.sources.list()}
        if owner == "case":
            return self._project.cases.uids()
        with self._store.reading() as connection:
            return actor_uids(connection)

    def _finder(self, owner: str) -> Callable[[str], str]:
        if owner == "source":
            sources = self._project.sources.list()
            return lambda name: choose_source(sources, name).uid
        exact = self._uids(owner)
        folded: dict[str, list[str]] = {}
        for name, uid in exact.items():
            folded.setdefault(name.casefold(), []).append(uid)

        def find(name: str) -> str:
            found = [exact[name]] if name in exact else folded.get(name.casefold(), [])
            if len(found) > 1:
                raise AmbiguousNameError(owner, name, [name])
            if not found:
                raise UnknownNameError(owner, name)
            return found[0]

        return find


def _check_owner(owner: str) -> str:
    if owner not in OWNERS:
        raise UsageError(
            f"Nothing called “{owner}” has attributes.", hint=f"Choose one of {', '.join(OWNERS)}."
        )
    return owner


def _read(path: Path) -> Table:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path.name} is larger than 100 MB.")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        tables = read_tables_safely(path.name, data)
    finally:
        close_worker()
    if not tables or len(tables[0].rows) < 2:  # noqa: PLR2004 -- headings and a row
        raise InputError(f"{path.name} has no rows of attributes below a row of headings.")
    return tables[0]


def _headings(table: Table, name: str) -> list[str]:
    headings = [heading.strip().removeprefix("\ufeff") for heading in table.rows[0]]
    twice = [heading for heading, times in Counter(filter(None, headings)).items() if times > 1]
    if twice:
        raise InputError(f"{name} has the column “{twice[0]}” twice.")
    return headings


def _key_column(headings: Sequence[str], owner: str) -> int:
    folded = [heading.casefold() for heading in headings]
    return next((folded.index(key) for key in _KEYS[owner] if key in folded), 0)


def _owners(find: Callable[[str], str], table: Table, key: int, file: str) -> list[str]:
    """Return the uid of each row's owner; InputError where one stands there twice."""
    found = [_find(find, table, place, key, file) for place in range(1, len(table.rows))]
    if twice := [uid for uid, times in Counter(found).items() if times > 1]:
        last = len(found) - found[::-1].index(twice[0])
        where = f"{file}, row {table.numbers[last]}"
        raise InputError(f"{where}: “{cell(table.rows[last], key).strip()}” stands there twice.")
    return found


def _find(find: Callable[[str], str], table: Table, place: int, key: int, file: str) -> str:
    name = cell(table.rows[place], key).strip()
    where = f"{file}, row {table.numbers[place]}"
    if not name:
        raise InputError(f"{where}: the column “{table.rows[0][key].strip()}” is empty.")
    try:
        return find(name)
    except (UnknownNameError, AmbiguousNameError) as error:
        raise InputError(f"{where}: {error.message[0].lower()}{error.message[1:]}", hint=error.hint) from None
