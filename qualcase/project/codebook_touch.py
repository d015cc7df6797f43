"""What rests on a code: shown before the code is changed, so that nobody changes more than they meant to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.codebook.tree import subtree
from qualcase.project.independence import sight_of

if TYPE_CHECKING:
    from qualcase.model.code import Code
    from qualcase.project.project import Project


@dataclass(frozen=True, slots=True)
class Touched:
    """What rests on a code: codings (not those in review), whose, where; events; codes below, by id.

    `shared` counts the codings whose coder has coded exactly the same passage with the other code too;
    they are what a merge makes one of. None where no other code was named. Coders whose codings may not be
    seen yet are counted, not named.
    """

    code: Code
    codings: int
    coders: tuple[str, ...]
    sources: int
    events: int
    below: tuple[str, ...]
    shared: int | None = None


def find_touched(project: Project, code: Code, other: Code | None = None) -> Touched:
    """Return what rests on a code, and what of it rests on another one as well."""
    import numpy as np  # noqa: PLC0415 - every screen and command reads codes; this alone counts in arrays

    data = project.codings.data(everyone=True)
    ids = [one.id for one in data.codes]
    columns = data.codings
    mine = columns.code == ids.index(code.id)
    shared = None
    if other is not None:
        spans = np.stack([columns.coder, columns.source, columns.start, columns.end], axis=1)
        theirs = {tuple(row) for row in spans[columns.code == ids.index(other.id)].tolist()}
        shared = sum(tuple(row) in theirs for row in spans[mine].tolist())
    sight = sight_of(project)
    coders = (data.coders[place] for place in np.unique(columns.coder[mine]))
    return Touched(
        code,
        int(mine.sum()),
        tuple(name for name in coders if sight is None or sight.sees_all_of(name)),
        len(np.unique(columns.source[mine])),
        sum(code.id in event.codes for event in project.events.list()),
        subtree(project.codebook.home_of(code), code.id)[1:],
        shared,
    )
