"""What must hold in a codebook (errors), and what a careful team would look at again (warnings)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.codebook.confusables import skeleton, spelled
from qualcase.codebook.errors import BrokenCodebookError, quoted
from qualcase.codebook.tree import fold
from qualcase.model.code import CODE_KINDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.code import Code, Codebook, Crosswalk

ERROR = "error"
WARNING = "warning"
STATUSES = ("active", "retired")
MAX_DEPTH = 30
GAP = "gap"
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `message` is a clause without a full stop, `where` the indexes of its codes.

    The first index is the code to change; the others are those it clashes with.
    """

    level: str
    message: str
    where: tuple[int, ...] = ()


def check_codebook(codebook: Codebook) -> tuple[Finding, ...]:
    """Return all findings, the errors first."""
    codes = codebook.codes
    found = [*_fields(codes), *_same_ids(codes), *_same_names(codes), *_parents(codes)]
    found += _references(codebook)
    if not any(finding.level == ERROR for finding in found):
        found += _confusable_names(codes)
    return tuple(sorted(found, key=lambda finding: finding.level != ERROR))


def refuse_broken(codebook: Codebook) -> None:
    """Raise BrokenCodebookError with the first error of a codebook, if it has one."""
    for finding in check_codebook(codebook):
        if finding.level == ERROR:
            names = ", ".join(filter(None, (codebook.codes[index].id for index in finding.where)))
            place = f" at {names}" if names else ""
            raise BrokenCodebookError(f"The codebook {codebook.id} is broken{place}: {finding.message}.")


def warnings(codebook: Codebook) -> tuple[str, ...]:
    """Return the warnings on a codebook as sentences."""
    return tuple(f"{finding.message}." for finding in check_codebook(codebook) if finding.level == WARNING)


def check_crosswalk(crosswalk: Crosswalk, left: Codebook, right: Codebook) -> tuple[Finding, ...]:
    """Return an error for every element of a crosswalk that is no code of its side's codebook.

    What fills a gap may be a code of either.
    """
    sides = ((left, [row.left for row in crosswalk.rows]), (right, [row.right for row in crosswalk.rows]))
    known = {code.id for side in (left, right) for code in side.codes}
    strange = (row.filled_by for row in crosswalk.rows if row.filled_by and row.filled_by not in known)
    return tuple(
        Finding(ERROR, f"expected a code that fills a gap of {crosswalk.id}, found {quoted(code)}")
        for code in strange
    ) + tuple(
        Finding(ERROR, f"expected a code of {side.id} in the crosswalk {crosswalk.id}, found {quoted(code)}")
        for side, rows in sides
        for elements in rows
        for element in elements
        for code in element_codes(element)
        if all(code != one.id for one in side.codes)
    )


def element_codes(element: str) -> tuple[str, ...]:
    """Return the code ids of a crosswalk element: one, or several joined by `+` that count as one element."""
    return tuple(element.split("+"))


def _fields(codes: Sequence[Code]) -> Iterator[Finding]:
    for index, code in enumerate(codes):
        for problem in _problems(code):
            yield Finding(ERROR, problem, (index,))


def _problems(code: Code) -> Iterator[str]:
    if not code.id.strip():
        yield "expected an id, found an empty one"
    if not skeleton(code.name):
        yield f"expected a name that can be seen, found {quoted(code.name) if code.name else 'an empty one'}"
    if _holds_control(code.id + code.name, but=""):
        yield f"expected a name without control characters, found {quoted(code.name)}"
    if any(_holds_control(text, but="\t\n") for text in _texts(code)):
        yield "expected text without control characters, found some"
    if code.kind not in CODE_KINDS:
        yield f"expected one of the kinds {', '.join(CODE_KINDS)}, found {quoted(code.kind)}"
    if code.status not in STATUSES:
        yield f"expected one of the states {', '.join(STATUSES)}, found {quoted(code.status)}"
    if code.colour and not _COLOUR.fullmatch(code.colour):
        yield f"expected a colour such as #1f77b4, found {quoted(code.colour)}"


def _texts(code: Code) -> tuple[str, ...]:
    lists = (*code.include, *code.exclude, *code.key_phrases, *code.examples)
    return (code.definition, code.note, *lists)


def _holds_control(text: str, *, but: str) -> bool:
    return any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in but for letter in text)


def _same_ids(codes: Sequence[Code]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for index, code in enumerate(codes):
        earlier = first.setdefault(fold(code.id), index)
        if earlier != index:
            yield Finding(ERROR, f"expected each code once, found {quoted(code.id)} again", (index, earlier))


def _same_names(codes: Sequence[Code]) -> Iterator[Finding]:
    first: dict[tuple[str | None, str], int] = {}
    for index, code in enumerate(codes):
        earlier = first.setdefault((code.parent, fold(code.name)), index)
        if earlier != index:
            message = f"expected each name once under one parent, found {quoted(code.name)} again"
            yield Finding(ERROR, message, (index, earlier))


def _parents(codes: Sequence[Code]) -> Iterator[Finding]:
    parents = {code.id: code.parent for code in codes}
    for index, code in enumerate(codes):
        if code.parent is not None and code.parent not in parents:
            yield Finding(ERROR, f"expected a parent that is a code, found {quoted(code.parent)}", (index,))
        elif _depth(code.id, parents) is None:
            message = f"expected {quoted(code.id)} at most {MAX_DEPTH} levels deep, found more or a circle"
            yield Finding(ERROR, message, (index,))


def _depth(code_id: str, parents: dict[str, str | None]) -> int | None:
    """Return the level of a code, or None where the way up is a circle or longer than allowed."""
    above: str | None = code_id
    for level in range(MAX_DEPTH):
        above = parents.get(above) if above is not None else None
        if above is None:
            return level
    return None


def _references(codebook: Codebook) -> Iterator[Finding]:
    ids = {code.id for code in codebook.codes}
    for note in codebook.boundary_notes:
        for name in note.between:
            if name not in ids:
                yield Finding(ERROR, f"expected a code in a boundary note, found {quoted(name)}")
    for crosswalk in codebook.crosswalks:
        for row in crosswalk.rows:
            if row.relation not in RELATIONS:
                known = ", ".join(RELATIONS)
                yield Finding(ERROR, f"expected a relation of {known}, found {quoted(row.relation)}")
            if row.filled_by and row.relation != GAP:
                yield Finding(ERROR, f"expected a gap where {quoted(row.filled_by)} fills one, found none")


def _confusable_names(codes: Sequence[Code]) -> Iterator[Finding]:
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for index, code in enumerate(codes):
        groups[skeleton(code.name)].setdefault(fold(code.name), index)
    for alike in (list(group.values()) for group in groups.values() if len(group) > 1):
        names = ", ".join(f"{quoted(codes[index].name)} ({spelled(codes[index].name)})" for index in alike)
        message = f"{len(alike)} confusable code names (UTS #39 skeleton): {names}"
        yield Finding(WARNING, message, tuple(alike))
