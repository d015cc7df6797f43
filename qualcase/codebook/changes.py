"""Changes to a codebook: each takes one and gives the next version, or says why it cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from qualcase.codebook.checks import refuse_broken
from qualcase.codebook.errors import BrokenCodebookError, CodebookChangeError
from qualcase.codebook.tree import children, depth_first, get_code, subtree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.code import Code, Codebook, Crosswalk

Part = TypeVar("Part")

ACTIVE = "active"
RETIRED = "retired"


def add_code(codebook: Codebook, code: Code) -> Codebook:
    """Return the codebook with a new code, last among its parent's children."""
    if code.parent is not None:
        _active(codebook, code.parent)
    return _next(codebook, (*codebook.codes, code))


def rename_code(codebook: Codebook, code_id: str, name: str) -> Codebook:
    """Return the codebook with a code's name changed; its id stays, and codings and scripts with it."""
    code = get_code(codebook, code_id)
    if code.name == name:
        raise CodebookChangeError(f"The code {code_id} has that name already.")
    return _with(codebook, replace(code, name=name))


def redefine_code(
    codebook: Codebook,
    code_id: str,
    *,
    definition: str | None = None,
    include: tuple[str, ...] | None = None,
    exclude: tuple[str, ...] | None = None,
    key_phrases: tuple[str, ...] | None = None,
    examples: tuple[str, ...] | None = None,
    note: str | None = None,
) -> Codebook:
    """Return the codebook with what a code means or how it is used changed; None leaves a part as it is."""
    code = get_code(codebook, code_id)
    changed = replace(
        code,
        definition=_new(definition, code.definition),
        include=_new(include, code.include),
        exclude=_new(exclude, code.exclude),
        key_phrases=_new(key_phrases, code.key_phrases),
        examples=_new(examples, code.examples),
        note=_new(note, code.note),
    )
    if changed == code:
        raise CodebookChangeError(f"Nothing about the code {code_id} would change.")
    return _with(codebook, changed)


def move_code(codebook: Codebook, code_id: str, parent: str | None) -> Codebook:
    """Return the codebook with a code's whole branch under another parent (None: the top), last there."""
    code = get_code(codebook, code_id)
    if code.parent == parent:
        raise CodebookChangeError(f"The code {code_id} is already there.")
    if parent is not None:
        if parent in subtree(codebook, code_id):
            raise CodebookChangeError(f"The code {code_id} cannot be moved below itself.")
        _active(codebook, parent)
    others = (other for other in codebook.codes if other.id != code_id)
    return _next(codebook, (*others, replace(code, parent=parent)))


def merge_codes(codebook: Codebook, code_id: str, into: str) -> Codebook:
    """Return the codebook with one code retired in favour of another.

    The other takes over its sub-codes, key phrases and examples; definition and rules stay the other's own.
    The retired code says where it went. That its codings move is for the caller to do.
    """
    code, target = _active(codebook, code_id), _active(codebook, into)
    if into in subtree(codebook, code_id):
        raise CodebookChangeError(f"The code {code_id} cannot be merged into itself or into a code below it.")
    note = f"{code.note} Merged into {into}.".strip()
    changed = {
        into: replace(
            target,
            key_phrases=_union(target.key_phrases, code.key_phrases),
            examples=_union(target.examples, code.examples),
        ),
        code_id: replace(code, status=RETIRED, note=note),
    }
    changed |= {child.id: replace(child, parent=into) for child in children(codebook, code_id)}
    return _with(codebook, *changed.values())


def split_code(codebook: Codebook, code_id: str, parts: Sequence[Code], *, keep: bool = False) -> Codebook:
    """Return the codebook with a code's meaning divided among others that stand beside it.

    A part may be new or in use already; which passage belongs to which is for a person to say. The code
    itself takes no new codings from then on unless it is kept as one of the parts.
    """
    code = _active(codebook, code_id)
    names = [part.id for part in parts]
    if len(set(names)) < (1 if keep else 2) or len(set(names)) < len(names) or code_id in names:
        least = "another code" if keep else "two different codes"
        raise CodebookChangeError(f"The code {code_id} needs {least} or more to be split into.")
    known = {one.id for one in codebook.codes}
    for part in parts:
        if part.id in known:
            _active(codebook, part.id)
    left = (
        code
        if keep
        else replace(code, status=RETIRED, note=f"{code.note} Split into {', '.join(names)}.".strip())
    )
    if not keep:
        _refuse_sub_codes(codebook, code_id)
    new = tuple(replace(part, parent=code.parent) for part in parts if part.id not in known)
    place = codebook.codes.index(code)
    return _next(codebook, (*codebook.codes[:place], left, *new, *codebook.codes[place + 1 :]))


def set_crosswalk(codebook: Codebook, crosswalk: Crosswalk) -> Codebook:
    """Return the codebook with a crosswalk added, or replaced where it has one of that id."""
    others = tuple(one for one in codebook.crosswalks if one.id != crosswalk.id)
    if crosswalk in codebook.crosswalks:
        raise CodebookChangeError(f"The crosswalk {crosswalk.id} is just so already.")
    return _next(replace(codebook, crosswalks=(*others, crosswalk)), codebook.codes)


def drop_crosswalk(codebook: Codebook, name: str) -> Codebook:
    """Return the codebook without one of its crosswalks."""
    others = tuple(one for one in codebook.crosswalks if one.id != name)
    if len(others) == len(codebook.crosswalks):
        raise CodebookChangeError(f"The codebook {codebook.id} has no crosswalk {name}.")
    return _next(replace(codebook, crosswalks=others), codebook.codes)


def retire_code(codebook: Codebook, code_id: str) -> Codebook:
    """Return the codebook with a code that may no longer be given; what carries it keeps it."""
    code = _active(codebook, code_id)
    _refuse_sub_codes(codebook, code_id)
    return _with(codebook, replace(code, status=RETIRED))


def _refuse_sub_codes(codebook: Codebook, code_id: str) -> None:
    below = [child.id for child in children(codebook, code_id) if child.status == ACTIVE]
    if below:
        raise CodebookChangeError(
            f"The code {code_id} has sub-codes in use: {', '.join(below)}.", hint="Retire or move them first."
        )


def _active(codebook: Codebook, code_id: str) -> Code:
    code = get_code(codebook, code_id)
    if code.status == RETIRED:
        raise CodebookChangeError(f"The code {code_id} is retired.")
    return code


def _new(given: Part | None, old: Part) -> Part:
    return old if given is None else given


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _with(codebook: Codebook, *changed: Code) -> Codebook:
    by_id = {code.id: code for code in changed}
    return _next(codebook, (by_id.get(code.id, code) for code in codebook.codes))


def _next(codebook: Codebook, codes: Iterable[Code]) -> Codebook:
    changed = replace(codebook, codes=tuple(codes), version=codebook.version + 1)
    try:
        refuse_broken(changed)
    except BrokenCodebookError as error:
        raise CodebookChangeError(f"The change is not possible. {error.message}") from None
    return replace(changed, codes=depth_first(changed.codes))
