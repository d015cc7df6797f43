"""The numbers of versions after a merge: an order by when each was made, whoever merges whom.

Two copies that change one codebook, or correct one text, both call what they make version 2. A version is
known by its uid, and its number is worked out from all versions that there are; while two copies are joined,
records name the version of a codebook that their number meant in the copy that they come from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from qualcase.storage.journal import MARKERS
from qualcase.storage.schema import codes, journal, material

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.joining import Held, Stamp

VERSION = "codebook_version"
TEXT_VERSION = "text_version"
# What has versions, each numbered within what the field names.
NUMBERED = {VERSION: "codebook", TEXT_VERSION: "source"}
_TABLES = {VERSION: codes.codebook_version, TEXT_VERSION: material.text_version}
_VERSIONS_OF_EVENT = "code_versions"
# By book, the uid of the version that each number means.
Numbers = dict[str, dict[int, str]]


class VersionName(NamedTuple):
    """Stands for a number while copies are joined: the version that it means, by uid."""

    uid: str


def read_made(connection: Connection, record: str = VERSION) -> dict[str, Stamp]:
    """Return when each version was made, also where it was taken back or done again since."""
    version, act, first = _TABLES[record], journal.operation, journal.operation.alias("first")
    query = (
        select(version.c.uid, func.coalesce(first.c.clock, act.c.clock), first.c.uid, act.c.uid)
        .join(act, act.c.uid == version.c.writer)
        .outerjoin(first, (first.c.sequence == act.c.target) & act.c.kind.in_(MARKERS))
    )
    return {uid: (clock, made or wrote) for uid, clock, made, wrote in connection.execute(query)}


def number_versions(versions: Iterable[tuple[str, Stamp, int]]) -> dict[str, int]:
    """Return the number of each version of one thing, from its uid, its making and its own number.

    Its own number is the one that it was made with, which it keeps where no other made earlier has it.
    """
    numbers: dict[str, int] = {}
    last = 0
    for uid, _, own in sorted(versions, key=lambda version: version[1]):
        last = numbers[uid] = max(last + 1, own)
    return numbers


def own_number(fields: Fields) -> int:
    """Return the number that a version was made with; for one of a text, which does not tell, the first."""
    number: int = fields["content"].get("version") or fields["number"] if "content" in fields else 1
    return number


def read_numbers(held: Mapping[str, Held], made: Mapping[str, Stamp]) -> Numbers:
    """Return what each number means in a copy; one that was given twice means the first made that stands."""
    found: Numbers = {}
    versions = [one for one in held.values() if one.record == VERSION]
    for one in sorted(versions, key=lambda one: (not one.alive, made.get(one.uid, one.stamp))):
        found.setdefault(one.fields["codebook"], {}).setdefault(one.fields["number"], one.uid)
    return found


def name_versions(held: Mapping[str, Held], numbers: Numbers) -> dict[str, Held]:
    """Return a copy's records with the versions that they speak of named instead of numbered."""
    books = {uid: one.fields["codebook"] for uid, one in held.items() if one.record == "code"}
    by_handle = {held[uid].fields["handle"]: book for uid, book in books.items() if held[uid].alive}
    first = _first_book(held)
    return {uid: _named(one, books, by_handle, first, numbers) for uid, one in held.items()}


def _first_book(held: Mapping[str, Held]) -> str | None:
    found = [one for one in held.values() if one.record == "codebook" and one.alive]
    return min(found, key=lambda one: (one.fields.get("position", 0), one.uid)).uid if found else None


def _named(
    held: Held, books: Mapping[str, str], by_handle: Mapping[str, str], first: str | None, numbers: Numbers
) -> Held:
    if held.record == "event" and held.fields.get(_VERSIONS_OF_EVENT):
        given = held.fields[_VERSIONS_OF_EVENT]
        named: Any = {
            code: _name(numbers, by_handle.get(code), number) for code, number in sorted(given.items())
        }
        return replace(held, fields={**held.fields, _VERSIONS_OF_EVENT: named})
    if held.record in {"coding", "round"} and VERSION in held.fields:
        book = books.get(held.fields["code"]) if held.record == "coding" else first
        return replace(held, fields={**held.fields, VERSION: _name(numbers, book, held.fields[VERSION])})
    return held


def _name(numbers: Numbers, book: str | None, number: int) -> VersionName | int:
    uid = numbers.get(book or "", {}).get(number)
    return number if uid is None else VersionName(uid)


def number_again(fields: Fields, numbers: Mapping[str, int]) -> Fields:
    """Return fields in which versions that were named are numbered."""
    found = fields
    for name in (VERSION, _VERSIONS_OF_EVENT):
        if name in fields:
            found = {**found, name: _number(found[name], numbers)}
    return found


def _number(value: Any, numbers: Mapping[str, int]) -> Any:  # noqa: ANN401 - a field
    if isinstance(value, VersionName):
        return numbers[value.uid]
    if isinstance(value, dict):
        return {code: _number(part, numbers) for code, part in value.items()}
    return value


def list_renumbered(
    held: Mapping[str, Held], before: Numbers, numbers: Mapping[str, int]
) -> Iterator[tuple[str, int, int]]:
    """Yield for a copy's codes, by uid, each number of a version that is another one since."""
    for uid, one in held.items():
        if one.record == "code":
            for was, version in before.get(one.fields["codebook"], {}).items():
                if numbers[version] != was:
                    yield uid, was, numbers[version]
