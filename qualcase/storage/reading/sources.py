"""Sources as the project lists them, with what was found in them and who has coded them through."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from qualcase.model.source import Source
from qualcase.storage.clock import clock_text
from qualcase.storage.schema import codings, journal, material

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

_source, _version, _speaker, _turn = material.source, material.text_version, material.speaker, material.turn


def list_sources(connection: Connection) -> tuple[Source, ...]:
    """Return all live sources in the order of their import."""
    query = (
        select(_source, _version.c.characters, _version.c.words, _version.c.id.label("text_id"))
        .join(_version, _version.c.uid == _source.c.text_uid)
        .where(_source.c.deleted == 0)
        .order_by(_source.c.position, _source.c.uid)
    )
    rows = connection.execute(query).mappings().all()
    lists = _Lists(connection)
    return tuple(_source_of(row, lists) for row in rows)


class _Lists:
    """What belongs to sources many to one, each read with one query."""

    def __init__(self, connection: Connection) -> None:
        case, member, done, coder = material.case, material.case_member, codings.source_done, material.coder
        self.turns = dict(_pairs(connection, select(_turn.c.text_id, func.count()).group_by(_turn.c.text_id)))
        self.speakers = _group(connection, _speaker_query())
        self.cases = _group(
            connection,
            select(member.c.source_id, case.c.name)
            .join(case, case.c.id == member.c.case_id)
            .where(
                member.c.deleted == 0,
                case.c.deleted == 0,
                member.c.speaker_id.is_(None),
                member.c.turn.is_(None),
            )
            .order_by(member.c.uid),
        )
        self.done = _group(
            connection,
            select(done.c.source_id, coder.c.name)
            .join(coder, coder.c.id == done.c.coder_id)
            .where(done.c.deleted == 0)
            .order_by(coder.c.folded),
        )
        coding = codings.coding
        self.codings = dict(
            _pairs(
                connection,
                select(coding.c.source_id, func.count())
                .where(coding.c.until.is_(None))
                .group_by(coding.c.source_id),
            )
        )
        self.attributes = read_attributes(connection, "source")


def _pairs(connection: Connection, query: Any) -> Iterable[tuple[Any, Any]]:  # noqa: ANN401 - a select
    return ((first, second) for first, second in connection.execute(query))


def _group(connection: Connection, query: Any) -> dict[int, list[Any]]:  # noqa: ANN401 - a select
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, *rest in connection.execute(query):
        groups[key].append(rest[0] if len(rest) == 1 else tuple(rest))
    return groups


def _speaker_query() -> Any:  # noqa: ANN401 - a select
    return (
        select(
            _speaker.c.source_id, _speaker.c.label, func.count(_turn.c.position), func.min(_turn.c.position)
        )
        .join(_turn, _turn.c.speaker_id == _speaker.c.id)
        .join(_version, _version.c.id == _turn.c.text_id)
        .join(_source, _source.c.text_uid == _version.c.uid)
        .where(_speaker.c.deleted == 0)
        .group_by(_speaker.c.source_id, _speaker.c.label)
        .order_by(_speaker.c.source_id, func.min(_turn.c.position))
    )


def read_attributes(connection: Connection, owner: str) -> dict[str, dict[str, str]]:
    """Return the attributes of one kind of thing, as text, by the owner's uid."""
    kind, value = material.attribute, material.attribute_value
    query = (
        select(value.c.owner_uid, kind.c.name, value.c.text)
        .join(kind, kind.c.id == value.c.attribute_id)
        .where(value.c.deleted == 0, kind.c.owner == owner)
        .order_by(kind.c.uid)
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for uid, name, text in connection.execute(query):
        found[uid][name] = text
    return found


def _source_of(row: Any, lists: _Lists) -> Source:  # noqa: ANN401 - a row mapping
    key = row["id"]
    return Source(
        uid=row["uid"],
        handle=row["handle"],
        name=row["name"],
        title=row["title"],
        kind=row["kind"],
        format=row["format"],
        encoding=row["encoding"],
        language=row["language"],
        sha256=row["sha256"],
        words=row["words"],
        characters=row["characters"],
        turns=lists.turns.get(row["text_id"], 0),
        speakers=tuple((label, count) for label, count, _ in lists.speakers.get(key, ())),
        cases=tuple(lists.cases.get(key, ())),
        date=row["date"],
        earliest=row["earliest"],
        latest=row["latest"],
        date_basis=row["date_basis"],
        informant=row["informant"],
        minutes=row["minutes"],
        first_timestamp=row["first_timestamp"],
        last_timestamp=row["last_timestamp"],
        attributes=dict(lists.attributes.get(row["uid"], {})),
        warnings=tuple(row["warnings"] or ()),
        position=row["position"],
        codings=lists.codings.get(key, 0),
        done=tuple(lists.done.get(key, ())),
        path=row["path"],
    )


def text_uid_of(connection: Connection, source_uid: str) -> str:
    """Return the uid of a source's current text version."""
    uid: str = connection.scalars(select(_source.c.text_uid).where(_source.c.uid == source_uid)).one()
    return uid


def text_uids(connection: Connection) -> dict[str, str]:
    """Return the uid of each live source's current text version by the source's handle."""
    query = select(_source.c.handle, _source.c.text_uid).where(_source.c.deleted == 0)
    return dict(connection.execute(query).all())


def last_text_number(connection: Connection, source_uid: str) -> int:
    """Return the highest number that a text version of a source ever had, those taken back included."""
    query = select(func.max(_version.c.number)).join(_source, _source.c.id == _version.c.source_id)
    return connection.scalar(query.where(_source.c.uid == source_uid)) or 0


class TextStamp(NamedTuple):
    """One version of a source's text: who brought it in and when, and whether it is the one in force."""

    uid: str
    number: int
    coder: str
    at: str
    current: bool


def list_text_versions(connection: Connection, source_uid: str) -> tuple[TextStamp, ...]:
    """Return the versions of a source's text by number; those taken back are not among them."""
    operation, coder = journal.operation, material.coder
    query = (
        select(_version.c.uid, _version.c.number, coder.c.name, operation.c.clock, _source.c.text_uid)
        .join(_source, _source.c.id == _version.c.source_id)
        .outerjoin(operation, operation.c.uid == _version.c.writer)
        .outerjoin(coder, coder.c.id == operation.c.coder_id)
        .where(_source.c.uid == source_uid, _version.c.deleted == 0)
        .order_by(_version.c.number, _version.c.clock)
    )
    return tuple(
        TextStamp(uid, number, name or "", clock_text(clock) if clock is not None else "", uid == current)
        for uid, number, name, clock, current in connection.execute(query)
    )
