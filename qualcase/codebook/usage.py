"""What a codebook's use tells about it: codes never used, codes always used together, gaps in its rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.codebook.checks import WARNING, Finding, element_codes
from qualcase.codebook.tree import ancestors, children, subtree

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from qualcase.model.code import Code, Codebook

# Twice may be chance; a pattern needs more.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Use:
    """A code on `[start, end)` of one place: a source as one coder read it, or an event."""

    code: str
    place: Hashable
    start: int = 0
    end: int = 1


def check_use(
    codebooks: Sequence[Codebook], uses: Sequence[Use], among: str = ""
) -> Iterator[tuple[Codebook, tuple[Finding, ...]]]:
    """Yield each codebook with what its use tells about it.

    Where not all uses are given, `among` ends the sentences that would be wrong of all.
    """
    counts = Counter(use.code for use in uses)
    retired = {code.id for book in codebooks for code in book.codes if code.status == "retired"}
    pairs = list(check_together(codebooks, uses))
    for book in codebooks:
        places = {code.id: index for index, code in enumerate(book.codes)}
        together = (
            Finding(WARNING, f"{text}{among}", tuple(places[one] for one in (first, second) if one in places))
            for first, second, text in pairs
            if first in places
        )
        plain = (
            *check_definitions(book),
            *check_unused(book, counts, among),
            *check_retired_elements(book, retired),
        )
        yield book, (*plain, *together)


def check_definitions(codebook: Codebook) -> Iterator[Finding]:
    """Yield a warning for each active code that nobody has said the meaning of."""
    for index, code in enumerate(codebook.codes):
        if code.status == "active" and not code.definition.strip():
            yield Finding(WARNING, f"The code {code.id} has no definition", (index,))


def check_unused(codebook: Codebook, counts: Counter[str], among: str = "") -> Iterator[Finding]:
    """Yield a warning for each active code that neither it nor any code below it was ever given."""
    active = [code for code in codebook.codes if code.status == "active"]
    if active and not any(counts[code.id] for code in codebook.codes):
        yield Finding(WARNING, f"No code of {codebook.id} was ever used{among} ({len(active)} in all)")
        return
    for index, code in enumerate(codebook.codes):
        if code.status == "active" and not any(counts[one] for one in subtree(codebook, code.id)):
            yield Finding(WARNING, f"The code {code.id} was never used{among}", (index,))


def check_retired_elements(codebook: Codebook, retired: set[str]) -> Iterator[Finding]:
    """Yield a warning for each row of a crosswalk that rests on a code that was retired."""
    for crosswalk in codebook.crosswalks:
        for row in crosswalk.rows:
            for code in (part for element in (*row.left, *row.right) for part in element_codes(element)):
                if code in retired:
                    where = f"row {row.id} of the crosswalk {crosswalk.id}"
                    yield Finding(WARNING, f"The code {code} in {where} is retired")


def check_together(codebooks: Sequence[Codebook], uses: Sequence[Use]) -> Iterator[tuple[str, str, str]]:
    """Yield pairs that are always used together as (code, code, sentence), each with its counts.

    Together means on passages that overlap, by one coder, or on one event. A code and one above it may
    always be together rightly; fewer than three uses say nothing.
    """
    counts = Counter(use.code for use in uses)
    met = _always_met(uses)
    related = {code.id: _family(book, code) for book in codebooks for code in book.codes}
    for first in sorted(met):
        if counts[first] < FEWEST:
            continue
        for second in sorted(met[first] - {first} - related.get(first, set())):
            mutual = first in met.get(second, set()) and counts[second] >= FEWEST
            if mutual and first < second:
                text = f"The codes {first} and {second} are always used together"
                yield first, second, f"{text} ({counts[first]} and {counts[second]} times)"
            elif not mutual:
                text = f"The code {first} is never used without {second}"
                yield first, second, f"{text} ({counts[first]} times; {second} {counts[second]} times)"


def _family(codebook: Codebook, code: Code) -> set[str]:
    above = {one.id for one in ancestors(codebook, code.id)}
    return above | (set(subtree(codebook, code.id)) if children(codebook, code.id) else set())


def _always_met(uses: Iterable[Use]) -> dict[str, set[str]]:
    """Return for each code the codes that overlap every one of its uses."""
    places: dict[Hashable, list[Use]] = defaultdict(list)
    for use in uses:
        places[use.place].append(use)
    always: dict[str, set[str]] = {}
    for here in places.values():
        for use, met in _meetings(sorted(here, key=lambda one: (one.start, one.end))):
            always[use.code] = always[use.code] & met if use.code in always else met
    return always


def _meetings(here: list[Use]) -> Iterator[tuple[Use, set[str]]]:
    """Yield each use of one place with the codes whose uses overlap it; sorted by start."""
    met: list[set[str]] = [set() for _ in here]
    still: list[int] = []
    for index, use in enumerate(here):
        still = [other for other in still if here[other].end > use.start]
        for other in still:
            met[other].add(use.code)
            met[index].add(here[other].code)
        still.append(index)
    return zip(here, met, strict=True)
