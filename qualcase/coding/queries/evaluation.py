"""What answers to a question about codes: passages, worked out on columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

import numpy as np

from qualcase.coding.queries.distance import near_truths, soon_truths
from qualcase.coding.queries.filters import Filter
from qualcase.coding.queries.grammar import Any, CodeLeaf, Link, SetLeaf
from qualcase.coding.queries.spans import (
    FAR,
    common,
    inside,
    join,
    make_spans,
    next_after,
    overlapping,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from qualcase.coding.frame import CodedData
    from qualcase.coding.queries.grammar import All, Question
    from qualcase.coding.queries.spans import (
        Spans,
    )

    Truth = NDArray[np.bool_]
    Groups = tuple[tuple[Filter, ...], ...]  # One group a bracket; all of them must hold.


@dataclass(frozen=True, slots=True)
class Names:
    """What a project makes of the names in a question.

    `codes` gives the positions of the codes that a leaf means; `kept` which codings a filter keeps, and
    `layer` the layer that a filter asks for, or None.
    """

    codes: Callable[[CodeLeaf | SetLeaf], frozenset[int] | None]
    kept: Callable[[CodedData, Filter], Truth]
    layer: Callable[[Filter], str | None]


@dataclass(slots=True)
class Evaluation:
    """One question being answered; `data` gives the coded data of a layer (None: the coders' own)."""

    data: Callable[[str | None], CodedData]
    names: Names
    used: list[tuple[str | None, Truth]] = field(default_factory=list)

    def answer(self, question: Question, groups: Groups = ()) -> Spans:
        """Return the passages that answer to a question, under the filters of all that it stands in."""
        if self._of_sources(question):
            return self._leaf(None, (*groups, (_as_filter(question),)))
        if isinstance(question, CodeLeaf | SetLeaf):
            return self._leaf(question, groups)
        if isinstance(question, Any):
            return join([self.answer(part, groups) for part in question.parts])
        if isinstance(question, Link):
            return self._link(question, groups)
        return self._all(question, groups)

    def evidence(self, spans: Spans, position: int) -> list[tuple[str | None, int]]:
        """Return the layer and place of every coding that a passage rests on."""
        start, end = int(spans.start[position]), int(spans.end[position])
        found: dict[tuple[str | None, int], None] = {}
        for layer, mask in self.used:
            codings = self.data(layer).codings
            place = codings.source * FAR
            hits = np.flatnonzero(mask & (place + codings.start < end) & (place + codings.end > start))
            found |= {(layer, int(hit)): None for hit in hits}
        return list(found)

    def _all(self, question: All, outer: Groups) -> Spans:
        sets = [_as_filter(part) for part in question.parts if self._of_sources(part)]
        unwanted = [_as_filter(part, negated=True) for part in question.without if self._of_sources(part)]
        groups = (*outer, (*question.filters, *sets, *unwanted))
        parts = [part for part in question.parts if not self._of_sources(part)]
        found = self.answer(parts[0], groups) if parts else self._leaf(None, groups)
        for part in parts[1:]:
            found = common(found, self.answer(part, groups))
        for part in question.without:
            if not self._of_sources(part):
                found = found.pick(~overlapping(found, self.answer(part, groups)))
        return found

    def _of_sources(self, part: Question) -> TypeGuard[SetLeaf]:
        return isinstance(part, SetLeaf) and self.names.codes(part) is None

    def _link(self, question: Link, groups: Groups) -> Spans:
        left, right = self.answer(question.left, groups), self.answer(question.right, groups)
        if question.relation == "within":
            return left.pick(inside(left, right))
        if question.relation == "overlaps":
            return left.pick(overlapping(left, right))
        if question.relation == "near":
            return left.pick(self._near(left, right, question))
        return left.pick(self._followed(left, right, question))

    def _near(self, left: Spans, right: Spans, question: Link) -> Truth:
        return near_truths(self.data(None), left, right, question.most or 0, question.unit)

    def _followed(self, left: Spans, right: Spans, question: Link) -> Truth:
        if question.most is None:
            return next_after(left, right) >= 0
        return soon_truths(self.data(None), left, right, question.most, question.unit)

    def _leaf(self, leaf: CodeLeaf | SetLeaf | None, groups: Groups) -> Spans:
        layers = {name for group in groups for one in group if (name := self.names.layer(one)) is not None}
        layer = min(layers) if layers else None
        data = self.data(layer)
        codings = data.codings
        # No coding is in two layers.
        mask = np.full(len(codings.uid), len(layers) <= 1)
        codes = self.names.codes(leaf) if leaf is not None else None
        if codes is not None:
            mask &= np.isin(codings.code, list(codes))
        for group in groups:
            mask &= self._filtered(data, group)
        self.used.append((layer, mask))
        place = codings.source * FAR
        return make_spans((place + codings.start)[mask], (place + codings.end)[mask])

    def _filtered(self, data: CodedData, group: tuple[Filter, ...]) -> Truth:
        # Filters of one name are alternatives; those of different names must all hold, negated ones must not.
        mask = np.ones(len(data.codings.uid), dtype=np.bool_)
        wanted: dict[tuple[str, bool], Truth] = {}
        for one in group:
            if self.names.layer(one) is not None:
                continue
            kept = self.names.kept(data, one)
            if one.negated:
                mask &= ~kept
            else:
                key = one.name, one.attribute
                wanted[key] = wanted[key] | kept if key in wanted else kept
        for kept in wanted.values():
            mask &= kept
        return mask


def _as_filter(leaf: SetLeaf, *, negated: bool = False) -> Filter:
    return Filter("set", leaf.name, leaf.place, negated)
