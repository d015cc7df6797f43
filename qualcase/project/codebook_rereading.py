"""Reading again: what was coded under an older meaning of its code, and a person's word that it holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.codebook.versions import meaning_versions, merged_and_changed, waiting_merges
from qualcase.coding.acts.confirm import confirm_readings
from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.model.operation import Operation
from qualcase.project.codebook_migration import CodeKey, move_codings, move_events
from qualcase.project.independence import seen_codings
from qualcase.storage.reading.chronology import read_chronology
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.codings import CodingQuery, list_codings
from qualcase.storage.reading.unaware import Awareness, changed_apart
from qualcase.storage.reading.versions import event_code_versions, list_versions
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.triangulation.recode import CODING, EVENT, Overdue, is_older, list_rereadings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualcase.codebook.versions import CodebookVersion
    from qualcase.model.code import Code
    from qualcase.model.coding import Coding
    from qualcase.model.event import Event
    from qualcase.model.operation import Change
    from qualcase.project.project import Project
    from qualcase.storage.connection import Connection
    from qualcase.triangulation.recode import Rereading


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was read again; `code` is another that it was given, `doubled` how many bore that already."""

    confirmed: tuple[Rereading, ...]
    code: str | None = None
    doubled: int = 0


def changed_meanings(project: Project) -> dict[str, int]:
    """Return by code id the version in which its meaning last changed."""
    names = ("codebook", "codebook_version")
    return meaning_versions(project.store.recall("versions", names, list_versions))


def list_rereading(project: Project, code: Code | None = None) -> tuple[Rereading, ...]:
    """Return exactly what is to be read again, for one code or for all, as far as it may be seen."""
    changed, codes = _causes(project, code.id if code is not None else None)
    if not codes:
        return ()
    with project.store.reading() as connection:
        codings, events = _coded(connection, codes)
        overdue = find_overdue(project, connection, codings, events)
    return list_rereadings(seen_codings(project, codings), events, changed, overdue)


def list_overdue(project: Project, code: str) -> dict[tuple[str, str], Overdue]:
    """Return, by uid and code, what bears a code and waits although its version does not say so."""
    changed, codes = _causes(project, code)
    if codes == changed.keys() and not changed_apart(project.codebook.history()):
        return {}
    with project.store.reading() as connection:
        return find_overdue(project, connection, *_coded(connection, (code,)))


def _causes(project: Project, code: str | None) -> tuple[dict[str, int], set[str]]:
    """Return the versions that changed meanings, and all codes under which something may wait, or one."""
    changed, history = changed_meanings(project), project.codebook.history()
    codes = changed.keys() | {name for _, name in waiting_merges(history)}
    if changed_apart(history) and merged_and_changed(history):
        codes |= {name for version in history if version.act == "merge" for name in version.effect.into}
    if code is None:
        return changed, codes
    return ({code: changed[code]} if code in changed else {}), codes & {code}


def _coded(
    connection: Connection, codes: Iterable[str]
) -> tuple[tuple[Coding, ...], list[tuple[Event, Mapping[str, int]]]]:
    codings = list_codings(connection, CodingQuery(codes=tuple(codes)))
    versions = event_code_versions(connection)
    return codings, [(event, versions.get(event.uid, {})) for event in read_chronology(connection).events]


def older_codings(project: Project, codings: Sequence[Coding]) -> tuple[Coding, ...]:
    """Return those of some codings that were made under an older definition of their code."""
    changed = changed_meanings(project)
    with project.store.reading() as connection:
        overdue = find_overdue(project, connection, codings, ())
    return tuple(coding for coding in codings if is_older(coding, changed, overdue))


def find_overdue(
    project: Project,
    connection: Connection,
    codings: Sequence[Coding],
    events: Sequence[tuple[Event, Mapping[str, int]]],
) -> dict[tuple[str, str], Overdue]:
    """Return, by uid and code, what waits although it is of a younger version, or its code never changed."""
    changed = changed_meanings(project)
    unaware = _find_unaware(project, connection, codings, events, changed)
    overdue = {(uid, code): Overdue(changed[code]) for uid, code in unaware}
    made = {(one.uid, one.code): one.codebook_version for one in codings}
    made |= {(event.uid, code): given.get(code, 0) for event, given in events for code in event.codes}
    for key, version in waiting_merges(project.codebook.history()).items():
        if key in made and made[key] < version.number:
            overdue[key] = Overdue(version.number, version.effect.codes[0])
    return overdue | _find_merged_away(project, connection, codings, events)


def _find_merged_away(
    project: Project,
    connection: Connection,
    codings: Sequence[Coding],
    events: Sequence[tuple[Event, Mapping[str, int]]],
) -> dict[tuple[str, str], Overdue]:
    """Return what one copy gave another code while the other copy changed what the first one means.

    It waits under the code that it bears now, as it would had the meaning been changed before the merge.
    """
    history = project.codebook.history()
    pairs = merged_and_changed(history) if changed_apart(history) else ()
    if not pairs:
        return {}
    awareness = Awareness(connection)
    found: dict[tuple[str, str], Overdue] = {}
    for merge, change in pairs:
        since = change.codebook, change.number
        if not awareness.made_apart((merge.codebook, merge.number), since):
            continue
        brought = _brought(awareness, merge, history)
        uids = {uid for uid, _ in brought}
        wanted = {one.uid: since for one in codings if (one.uid, one.code) in brought}
        waiting = awareness.unaware_codings(wanted)
        waiting |= awareness.unaware_events({event.uid: since for event, _ in events if event.uid in uids})
        found |= {key: Overdue(merge.number, merge.effect.codes[0]) for key in brought if key[0] in waiting}
    return found


def _brought(
    awareness: Awareness, merge: CodebookVersion, history: Iterable[CodebookVersion]
) -> set[tuple[str, str]]:
    """Return, by uid and code, what a merge gave its code, and what later merges gave that on to."""
    found: set[tuple[str, str]] = set()
    for version in history:
        here = {uid for uid, code in found if code in version.effect.codes}
        if version.act == "merge" and (version == merge or here):
            moved = awareness.moved_by((version.codebook, version.number))
            taken = moved if version == merge else moved & here
            found |= {(uid, code) for uid in taken for code in version.effect.into}
    return found


def _find_unaware(
    project: Project,
    connection: Connection,
    codings: Sequence[Coding],
    events: Sequence[tuple[Event, Mapping[str, int]]],
    changed: Mapping[str, int],
) -> frozenset[tuple[str, str]]:
    """Return, by uid and code, what is of a version younger than the last change but did not know of it.

    So it is where two copies changed the codebook, and the other one's change came by a merge.
    """
    if not changed or not changed_apart(project.codebook.history()):
        return frozenset()
    home = {code.id: book.id for book in project.codebook.all() for code in book.codes}
    since = {code: (home[code], number) for code, number in changed.items() if code in home}
    awareness = Awareness(connection)
    wanted = {
        one.uid: since[one.code]
        for one in codings
        if one.code in since and one.codebook_version > since[one.code][1]
    }
    code_of = {one.uid: one.code for one in codings}
    found = {(uid, code_of[uid]) for uid in awareness.unaware_codings(wanted)}
    for code, version in since.items():
        later = {event.uid: version for event, given in events if given.get(code, 0) > version[1]}
        found |= {(uid, code) for uid in awareness.unaware_events(later)}
    return frozenset(found)


def confirm(
    project: Project, names: Sequence[str], *, code: Code | None, whole: bool, other: Code | None
) -> Confirmation:
    """Note that codings and events were read again: `names`, or the `whole` list of a code.

    Each holds under its code as that is defined now, or is given the `other` code. One act.
    """
    with project.store.writing() as connection:
        waiting = list_rereading(project, code)
        chosen = waiting if whole else _chosen(project, names, waiting)
        if not chosen:
            what = f"under {code.id} " if code else ""
            raise UsageError(f"Nothing {what}is waiting to be read again.")
        if other is not None and any(one.code == other.id for one in chosen):
            raise UsageError(f"What is coded {other.id} cannot be given that code; leave it out to confirm.")
        operation, doubled = _operation(project, connection, chosen, other)
        project.store.commit(operation, coder=project.coder, codebook_version=project.codebook_version())
    return Confirmation(chosen, other.id if other else None, doubled)


def _chosen(project: Project, names: Sequence[str], waiting: tuple[Rereading, ...]) -> tuple[Rereading, ...]:
    found: list[Rereading] = []
    for name in names:
        mine = [one for one in waiting if one.kind == EVENT and one.id.casefold() == name.casefold()]
        if not mine:
            uid = _coding_or_event(project, name)
            mine = [one for one in waiting if one.kind == CODING and one.id == uid]
        if not mine:
            raise UsageError(
                f"{name} is not waiting to be read again.", hint="`qualcase codebook reread` lists what is."
            )
        found += [one for one in mine if one not in found]
    return tuple(found)


def _coding_or_event(project: Project, name: str) -> str:
    if any(event.id.casefold() == name.casefold() for event in project.events.list()):
        return name
    try:
        return project.codings.find(name).uid
    except UnknownNameError:
        raise UnknownNameError(
            "coding or event", name, hint="`qualcase codebook reread` lists them."
        ) from None


def _operation(
    project: Project, connection: Connection, chosen: tuple[Rereading, ...], other: Code | None
) -> tuple[Operation, int]:
    names = sorted({one.code for one in chosen})
    many = f"{len(chosen):,} place{'' if len(chosen) == 1 else 's'}"
    if other is None:
        codings = _confirmed_codings(project, connection, chosen)
        events = _confirmed_events(project, connection, chosen)
        summary = f"Read {many} again; {', '.join(names)} hold{'s' if len(names) == 1 else ''}"
        return confirm_readings(codings=codings, events=events, summary=summary), 0
    summary = (
        f"Read {many} again that {'was' if len(chosen) == 1 else 'were'} {', '.join(names)}: now {other.id}"
    )
    changes, doubled = _recoded(project, connection, chosen, other)
    return Operation("confirm", summary, tuple(changes)), doubled


def _confirmed_codings(
    project: Project, connection: Connection, chosen: tuple[Rereading, ...]
) -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    versions = project.codebook.code_versions(one.code for one in chosen)
    codings = {one.id: one for one in chosen if one.kind == CODING}
    held = read_fields(connection, RECORDS["coding"], Names(connection), codings)
    return {
        uid: (
            {"codebook_version": fields["codebook_version"]},
            {"codebook_version": versions[codings[uid].code]},
        )
        for uid, fields in held.items()
    }


def _confirmed_events(
    project: Project, connection: Connection, chosen: tuple[Rereading, ...]
) -> dict[str, tuple[dict[str, object], dict[str, object]]]:
    versions = project.codebook.code_versions(one.code for one in chosen)
    read: dict[str, dict[str, int]] = defaultdict(dict)
    uids = {event.id: event.uid for event in read_chronology(connection).events}
    for one in chosen:
        if one.kind == EVENT:
            read[uids[one.id]][one.code] = versions[one.code]
    known = event_code_versions(connection)
    return {
        uid: ({"code_versions": known[uid] or None}, {"code_versions": known[uid] | now})
        for uid, now in read.items()
    }


def _recoded(
    project: Project, connection: Connection, chosen: tuple[Rereading, ...], other: Code
) -> tuple[list[Change], int]:
    uids = code_uids(connection)
    target = CodeKey(other.id, uids[other.id], project.codebook.version_of(other))
    by_uid = {event.id: event.uid for event in read_chronology(connection).events}
    wanted = [one.id for one in chosen if one.kind == CODING]
    moved = move_codings(connection, project.codings.read(wanted), target, current_from=0)
    changes = moved.changes
    for code in sorted({one.code for one in chosen if one.kind == EVENT}):
        only = frozenset(by_uid[one.id] for one in chosen if one.kind == EVENT and one.code == code)
        old = CodeKey(code, uids[code], 0)
        changes += move_events(connection, old, target, current_from=0, only=only).changes
    if len({change.uid for change in changes}) < len(changes):
        hint = "Confirm one code at a time: `qualcase codebook confirm --all CODE --as OTHER`."
        raise UsageError("An event waits under more than one of these codes.", hint=hint)
    return changes, moved.doubled
