"""The desk of merging: a colleague's copy taken in, and what that does said in sentences."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.operation import Change
from qualcase.project.desk import Desk
from qualcase.project.independence import seen_changes, sight_of
from qualcase.storage.merging import Merged, merge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qualcase.storage.joining import Conflict
    from qualcase.storage.merging import Renaming

__all__ = ["Merged", "Merging", "say_conflict", "say_merged"]

_PLURALS = {"study_case": "cases", "memo": "memos", "suggestion_decision": "decisions on suggestions"}
_MOST_CHARACTERS = 60
# What a source says of its text goes along with the text.
_OF_A_TEXT = frozenset({"text_uid", "sha256", "path"})


class Merging(Desk):
    """Taking in a colleague's copy."""

    def merge(self, other: Path, *, dry_run: bool = False, accept_clock: bool = False) -> Merged:
        """Take a colleague's copy of this project in, or with `dry_run` only find out what that would do.

        A backup is taken before, and one undo takes it back as long as nothing follows. Raises an error,
        with nothing changed, for a file of another project, an altered one, or one dated in the future.
        """
        merged = merge(
            self._store,
            other,
            coder=self._project.coder,
            version=self._project.codebook_version(),
            dry_run=dry_run,
            accept_clock=accept_clock,
        )
        sight = sight_of(self._project)
        # What would come is not here to be told apart by whose it is.
        return merged if sight is None or (sight.is_whole and not dry_run) else self._as_seen(merged)

    def _as_seen(self, merged: Merged) -> Merged:
        """Return what a merge did without what it would tell of others' codings; it counts them all."""
        written = [Change(one.record, one.uid, {}, {}) for one in merged.conflicts]
        seen = {one.uid for one in seen_changes(self._project, written)}
        hidden = {one.uid for one in merged.conflicts} - seen
        return replace(
            merged,
            conflicts=[one for one in merged.conflicts if one.uid in seen],
            names={uid: name for uid, name in merged.names.items() if uid not in hidden},
            stranded={"a code": sum(merged.stranded.values())} if merged.stranded else {},
        )


def say_merged(merged: Merged, *, dry_run: bool = False) -> Iterator[str]:
    """Yield what a merge did, or would do, as sentences."""
    if not merged.operations:
        yield "The other copy has nothing that is not here already."
        return
    taken = _were(merged.operations, dry_run)
    yield f"{_number(merged.operations, 'act')} {taken} taken over from the other copy."
    for group, verb in ((merged.added, "added"), (merged.changed, "changed"), (merged.removed, "removed")):
        if group:
            yield f"{_list(group)} {_were(sum(group.values()), dry_run)} {verb}."
    if not merged.touched():
        yield "Nothing that is in the project now would change." if dry_run else "Nothing else changed."
    for conflict in merged.conflicts:
        yield say_conflict(conflict, merged.names)
    if merged.kept:
        kept = _were(merged.kept, dry_run)
        yield f"{_number(merged.kept, 'edit')} that lost {kept} kept as {_number(merged.kept, 'memo')}."
    yield from (_say_renamed(one, dry_run=dry_run) for one in merged.renamed)
    if merged.review:
        left = _were(merged.review, dry_run)
        yield f"{_number(merged.review, 'passage')} of corrected texts {left} left for you to look at."
    for code, count in sorted(merged.stranded.items()):
        bear = "bears" if count == 1 else "bear"
        would = "would " if dry_run else ""
        bear = "bear" if dry_run else bear
        yield f"{_number(count, 'coding')} {would}{bear} {code}, which one of the copies has retired."


def say_conflict(conflict: Conflict, names: dict[str, str]) -> str:
    """Return the sentence that says what both copies did to one thing, and which of the two holds."""
    what = f"The {_kind(conflict.record, 1)} {names.get(conflict.uid, conflict.uid)}"
    holds = "yours holds" if conflict.kept == "ours" else "theirs holds"
    if conflict.ours is None or conflict.theirs is None:
        where = ("here", "there") if conflict.ours is None else ("there", "here")
        end = "it stays deleted" if (conflict.ours is None) == (conflict.kept == "ours") else "it stays"
        return f"{what} was deleted {where[0]} and changed {where[1]}; {end}."
    changed = {*conflict.ours, *conflict.theirs}
    if "text_uid" in changed:
        what = f"The text of {names.get(conflict.uid, conflict.uid)}"
        changed -= _OF_A_TEXT
        if not changed:
            return (
                f"{what} was corrected in both copies; {holds}, being the later. The other is kept as well."
            )
    parts = "; ".join(
        f"{name.replace('_', ' ')} is {_shown(conflict.ours.get(name), names)} here"
        f" and {_shown(conflict.theirs.get(name), names)} there"
        for name in sorted(changed)
    )
    return f"{what} was changed in both copies: {parts}; {holds}, being the later."


def _say_renamed(one: Renaming, *, dry_run: bool) -> str:
    now = "would be" if dry_run else "is now"
    said = f"Two {_kind(one.record, 2)} are called {one.before}; one of them {now} {one.since}."
    if one.record == "actor" and not dry_run:
        names = ["--"] * one.before.startswith("-") + [one.before, one.since]
        said += f" If they are the same: {shlex.join(('qualcase', 'actor', 'merge', *names))}"
    return said


def _shown(value: object, names: dict[str, str]) -> str:
    if value is None:
        return "empty"
    text = " ".join(names.get(str(value), str(value)).split())
    return f"“{text[:_MOST_CHARACTERS]}{'…' if len(text) > _MOST_CHARACTERS else ''}”"


def _list(group: dict[str, int]) -> str:
    parts = [f"{count:,} {_kind(record, count)}" for record, count in sorted(group.items())]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _kind(record: str, count: int) -> str:
    if count != 1 and record in _PLURALS:
        return _PLURALS[record]
    one = record.removeprefix("study_").replace("_", " ")
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return one if count == 1 else many


def _were(count: int, dry_run: bool) -> str:  # noqa: FBT001 - it only says how
    if dry_run:
        return "would be"
    return "was" if count == 1 else "were"


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
