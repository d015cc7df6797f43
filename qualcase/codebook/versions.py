"""The versions of a codebook: what each one did, who made it, when and why, and what it asks for.

A change either migrates what was coded by itself (rename, merge), or leaves it to be read again by a person
(split, narrow, widen, redefine), or concerns nothing that was coded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from qualcase.model.code import Code, Codebook

BY_ITSELF = "by itself"
READ_AGAIN = "to be read again"
NOTHING = "nothing to do"

# What each kind of change asks of the codings and events that bear the code.
MIGRATIONS = {
    "begin": NOTHING,
    "add": NOTHING,
    "rename": BY_ITSELF,
    "describe": NOTHING,
    "reword": NOTHING,
    "redefine": READ_AGAIN,
    "narrow": READ_AGAIN,
    "widen": READ_AGAIN,
    "move": NOTHING,
    "merge": BY_ITSELF,
    "split": READ_AGAIN,
    "retire": NOTHING,
    "crosswalk": NOTHING,
}
# A code means what these say; key phrases, examples and notes only help to find it.
MEANING = ("definition", "include", "exclude")


@dataclass(frozen=True, slots=True)
class VersionEffect:
    """What a version touched, by ids: `codes` it changed, `into` those it led to, and the material.

    `reread_codings` is how many codings it left to be read again and `reread_events` names the events;
    `moved` codings and `moved_events` went along by themselves, `doubled` of them met one that was there;
    `waiting` are those of them, by uid, that waited to be read again before and still do.
    """

    codes: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    reread_codings: int = 0
    reread_events: tuple[str, ...] = ()
    moved: int = 0
    moved_events: tuple[str, ...] = ()
    doubled: int = 0
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """One version: `change` is its sentence, `act` its kind, `at` ISO 8601 in UTC, `content` all of it."""

    codebook: str
    number: int
    change: str
    act: str
    reason: str
    coder: str
    at: str
    effect: VersionEffect = field(default_factory=VersionEffect)
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def migration(self) -> str:
        """What the change asks of what was coded before it."""
        return MIGRATIONS.get(self.act, NOTHING)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that the version is about."""
        return (*self.effect.codes, *self.effect.into)


def effect_to_plain(effect: VersionEffect) -> dict[str, Any]:
    """Return an effect as JSON values, empty parts left out."""
    parts = ((name, getattr(effect, name)) for name in VersionEffect.__dataclass_fields__)
    return {name: list(part) if isinstance(part, tuple) else part for name, part in parts if part}


def effect_from_plain(plain: Mapping[str, Any]) -> VersionEffect:
    """Return the effect that JSON values hold; parts it does not know are passed over."""
    names = VersionEffect.__dataclass_fields__
    parts: dict[str, Any] = {name: part for name, part in plain.items() if name in names}
    parts |= {name: tuple(part) for name, part in parts.items() if isinstance(part, list)}
    return VersionEffect(**parts)


def meaning_versions(versions: Iterable[CodebookVersion]) -> dict[str, int]:
    """Return by code id the last version in which a meaning changed; codes that kept theirs are not in it.

    A code that two copies began apart means since the second what that says.
    """
    found: dict[str, int] = {}
    meant: dict[tuple[str, str], Mapping[str, Any]] = {}
    for version in versions:
        changed = set(version.effect.codes) if version.migration == READ_AGAIN else set()
        begun = _begun_in(version)
        for code, meaning in _meanings(version, begun | changed):
            key = version.codebook, code
            if code in begun and meant.get(key, meaning) != meaning:
                changed.add(code)
            meant[key] = meaning
        found |= {code: max(found.get(code, 0), version.number) for code in changed}
    return found


def _begun_in(version: CodebookVersion) -> set[str]:
    """Return the codes that a version begins."""
    if version.act == "begin":
        return {code["id"] for code in version.content.get("codes", ())}
    return set({"add": version.effect.codes, "split": version.effect.into}.get(version.act, ()))


def _meanings(version: CodebookVersion, wanted: Collection[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield some codes with what they mean in a version."""
    for code in version.content.get("codes", ()) if wanted else ():
        if code["id"] in wanted:
            yield code["id"], {part: code.get(part) for part in MEANING}


def waiting_merges(versions: Iterable[CodebookVersion]) -> dict[tuple[str, str], CodebookVersion]:
    """Return, by uid and code, the merge that gave something its code while it waited to be read again."""
    return {
        (uid, code): version
        for version in versions
        for code in version.effect.into
        for uid in version.effect.waiting
    }


def merged_and_changed(
    versions: Iterable[CodebookVersion],
) -> tuple[tuple[CodebookVersion, CodebookVersion], ...]:
    """Return each merge of a code into another with each change of what that code means."""
    versions = tuple(versions)
    merges = [version for version in versions if version.act == "merge"]
    changes = [version for version in versions if version.migration == READ_AGAIN]
    return tuple(
        (merge, change)
        for merge in merges
        for change in changes
        if merge.codebook == change.codebook and set(merge.effect.codes) & set(change.effect.codes)
    )


def infer_act(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[str, VersionEffect]:
    """Return what a version did that does not say so itself, from what stood before it and after it.

    Versions of the first two formats are such. A definition that differs counts as a new one.
    """
    if before is None:
        return "begin", VersionEffect()
    old = {code["id"]: code for code in before["codes"]}
    new = {code["id"]: code for code in after["codes"]}
    if added := [code for code in new if code not in old]:
        return "add", VersionEffect(tuple(added))
    changed = [code for code in new if new[code] != old[code]]
    redefined = [code for code in changed if any(new[code][part] != old[code][part] for part in MEANING)]
    if redefined:
        return "redefine", VersionEffect(tuple(redefined))
    return _lesser_act(old, new, changed), VersionEffect(tuple(changed))


def _lesser_act(old: Mapping[str, Any], new: Mapping[str, Any], changed: Sequence[str]) -> str:
    for part, act in (("status", "retire"), ("parent", "move"), ("name", "rename")):
        if any(new[code][part] != old[code][part] for code in changed):
            return act
    return "describe"


def means_otherwise(before: Code, after: Code) -> bool:
    """Tell whether a code's definition or rules differ, so that what bears it may be wrong."""
    return any(getattr(before, part) != getattr(after, part) for part in MEANING)


def changed_ids(before: Codebook, after: Codebook) -> tuple[str, ...]:
    """Return the ids of the codes that two states of a codebook differ in, in the order of the later."""
    old = {code.id: code for code in before.codes}
    return tuple(code.id for code in after.codes if old.get(code.id) != code)
