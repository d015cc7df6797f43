"""Finding one's way in the tree of codes: parents, children, processes, and a code by part of its name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from qualcase.codebook.errors import AmbiguousCodeError, CodeCycleError, UnknownCodeError
from qualcase.model.identity import SHORT_LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qualcase.model.code import Code, Codebook

PROCESS = "process"


def get_code(codebook: Codebook, code_id: str) -> Code:
    """Return the code with exactly this id; UnknownCodeError where there is none."""
    for code in codebook.codes:
        if code.id == code_id:
            return code
    raise UnknownCodeError(code_id)


def children(codebook: Codebook, code_id: str | None) -> tuple[Code, ...]:
    """Return the codes directly under a code, or at the top for None, in codebook order."""
    return tuple(code for code in codebook.codes if code.parent == code_id)


def ancestors(codebook: Codebook, code_id: str) -> tuple[Code, ...]:
    """Return the codes above a code, the nearest first; CodeCycleError where the way up never ends."""
    by_id = {code.id: code for code in codebook.codes}
    above: list[Code] = []
    seen = {code_id}
    parent = get_code(codebook, code_id).parent
    while parent is not None:
        if parent in seen:
            raise CodeCycleError(code_id)
        if parent not in by_id:
            raise UnknownCodeError(parent)
        seen.add(parent)
        above.append(by_id[parent])
        parent = by_id[parent].parent
    return tuple(above)


def top_ancestor(codebook: Codebook, code_id: str) -> Code:
    """Return the code at the top of a code's branch, which may be the code itself."""
    above = ancestors(codebook, code_id)
    return above[-1] if above else get_code(codebook, code_id)


def subtree(codebook: Codebook, code_id: str) -> tuple[str, ...]:
    """Return the id of a code and of all codes below it, depth first."""
    get_code(codebook, code_id)
    within = {code_id}
    found = [code_id]
    for code in depth_first(codebook.codes):
        if code.parent in within:
            within.add(code.id)
            found.append(code.id)
    return tuple(found)


def process_of(codebook: Codebook, code_id: str) -> Code | None:
    """Return the top-level code above a code (or itself) where its kind is process, else None."""
    top = top_ancestor(codebook, code_id)
    return top if top.kind == PROCESS else None


def processes(codebook: Codebook) -> dict[str, str | None]:
    """Return for each code id the id of its process, or None; in one pass over the codebook."""
    found: dict[str, str | None] = {}
    for code in depth_first(codebook.codes):
        own = code.id if code.kind == PROCESS else None
        found[code.id] = own if code.parent is None else found[code.parent]
    return found


def depths(codebook: Codebook) -> dict[str, int]:
    """Return for each code id how far below the top it lies (0 at the top)."""
    found: dict[str, int] = {}
    for code in depth_first(codebook.codes):
        found[code.id] = 0 if code.parent is None else found[code.parent] + 1
    return found


def depth_first(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Return the codes with each branch together, parents before children, siblings in the order given.

    Raises UnknownCodeError for a parent that is not among the codes, CodeCycleError for a circle.
    """
    codes = tuple(codes)
    below: dict[str | None, list[Code]] = defaultdict(list)
    for code in codes:
        below[code.parent].append(code)
    ids = {code.id for code in codes}
    for code in codes:
        if code.parent is not None and code.parent not in ids:
            raise UnknownCodeError(code.parent)
    ordered: list[Code] = []
    waiting = list(reversed(below[None]))
    while waiting:  # not recursive: a file may hold a branch deeper than Python's stack
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(reversed(below.pop(code.id, [])))
    if len(ordered) < len(codes):
        placed = {code.id for code in ordered}
        raise CodeCycleError(next(code.id for code in codes if code.id not in placed))
    return tuple(ordered)


def find_code(codebook: Codebook, text: str) -> Code:
    """Return the code that `text` means: an id, a name, or an unambiguous beginning of either.

    Tried in this order, case ignored: id, name, beginning of an id, of a name, of the last part of an id
    (`trust` for KM.TRUST), the last 8 characters of an id. Raises UnknownCodeError or AmbiguousCodeError.
    """
    for code in codebook.codes:
        if code.id == text:
            return code
    wanted = fold(text)
    for answers in _WAYS if wanted else ():
        found = [code for code in codebook.codes if answers(code, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousCodeError(text, [code.id for code in found])
    raise UnknownCodeError(text)


def fold(text: str) -> str:
    """Return text as names are compared: NFC, case folded, white space collapsed."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())


_WAYS: tuple[Callable[[Code, str], bool], ...] = (
    lambda code, wanted: fold(code.id) == wanted,
    lambda code, wanted: fold(code.name) == wanted,
    lambda code, wanted: fold(code.id).startswith(wanted),
    lambda code, wanted: fold(code.name).startswith(wanted),
    lambda code, wanted: fold(code.id).rpartition(".")[2].startswith(wanted),
    lambda code, wanted: len(wanted) == SHORT_LENGTH and fold(code.id).endswith(wanted),
)
