"""Which codes a question asks for, and what lies below them that it did not ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.codebook.tree import subtree
from qualcase.coding.queries.grammar import CodeLeaf, read_question
from qualcase.project.question_names import leaves_of

if TYPE_CHECKING:
    from qualcase.project.project import Project


def codes_asked(project: Project, written: str) -> frozenset[str] | None:
    """Return the codes that a question names, by id; None where it speaks of sets, or of all codes."""
    leaves = tuple(leaves_of(read_question(written)))
    if not leaves or not all(isinstance(leaf, CodeLeaf) for leaf in leaves):
        return None
    found: set[str] = set()
    for leaf in leaves:
        code = project.codebook.find(leaf.name)
        inside = isinstance(leaf, CodeLeaf) and leaf.subtree
        found |= set(subtree(project.codebook.home_of(code), code.id)) if inside else {code.id}
    return frozenset(found)


def coded_below(project: Project, name: str) -> tuple[str, int]:
    """Return a code's id and how many codings the codes below it have; 0 where it has some itself."""
    code, usage = project.codebook.find(name), project.codebook.usage()
    if code.id in usage:
        return code.id, 0
    return code.id, sum(usage.get(one, 0) for one in subtree(project.codebook.home_of(code), code.id))


def asked_with_all_below(project: Project, written: str) -> tuple[dict[str, int], str]:
    """Return the codes without codings of their own and how many those below have, and the question for them.

    Only codes that a question names without those below them; none, and the question itself, where none is.
    """
    found: dict[str, int] = {}
    wider = written
    named = leaves_of(read_question(written), wanted=True)
    leaves = [leaf for leaf in named if isinstance(leaf, CodeLeaf) and not leaf.subtree]
    for leaf in sorted(leaves, key=lambda leaf: leaf.place, reverse=True):
        code, below = coded_below(project, leaf.name)
        if below:
            found[code] = below
            end = _end(written, leaf)
            wider = f"{wider[:end]}+{wider[end:]}"
    return found, wider


def _end(written: str, leaf: CodeLeaf) -> int:
    if written.startswith(leaf.name, leaf.place):
        return leaf.place + len(leaf.name)
    return written.index(written[leaf.place], leaf.place + 1) + 1
