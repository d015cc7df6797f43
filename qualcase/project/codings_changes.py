"""Changing codings that are there, one or a thousand: each act is one operation in one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, overload

from qualcase.coding.acts.describe import describe_passages
from qualcase.coding.acts.recode import recode_passages
from qualcase.coding.acts.resize import resize_passages
from qualcase.coding.acts.uncode import uncode_passages
from qualcase.coding.places import SpanPlace
from qualcase.model.errors import ConflictError, UsageError
from qualcase.model.identity import short_uid
from qualcase.project.codings_attributes import check_attributes
from qualcase.project.codings_listing import CodingListing
from qualcase.project.independence import INDEPENDENT
from qualcase.project.twins import join_twins
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcase.model.coding import Coding
    from qualcase.model.operation import Fields, Operation

    Names = list[str] | tuple[str, ...]
    Span = tuple[int, int]


class CodingChanges(CodingListing):
    """Acts on codings that are there. Given one id they return a coding, given several all of them.

    Nobody else's act comes between what is checked and what is written; one undo takes the whole back.
    """

    @overload
    def recode(self, names: str, code_id: str) -> Coding: ...
    @overload
    def recode(self, names: Names, code_id: str) -> tuple[Coding, ...]: ...
    def recode(self, names: str | Names, code_id: str) -> Coding | tuple[Coding, ...]:
        """Give codings another code; those that have it already are left as they are.

        Where their coder has it on just that passage already, that coding stays and takes over what the other
        recorded. Raises UsageError where all of them have it, or the code takes no codings, and ConflictError
        where two that would be one contradict each other.
        """
        with self._store.writing():
            codings = self._several(names)
            code = self.usable(code_id)
            others = [coding for coding in codings if coding.code != code.id]
            if not others:
                raise UsageError(f"{_these(codings)} coded {code.id} already.")
            operation = recode_passages(
                codings=self._fields([coding.uid for coding in others]),
                code=self._code_uid(code),
                version=self._project.codebook.version_of(code),
                summary=f"Recoded {_place(others)} from {_codes(others)} to {code.id}",
            )
            return self._changed(names, codings, self._commit_joined(operation))

    def resize(self, name: str, start: int, end: int) -> Coding:
        """Move the ends of a coding to `[start, end)`, in code points of its source's text."""
        return self.resize_all({name: (start, end)})[0]

    def resize_all(self, spans: Mapping[str, Span]) -> tuple[Coding, ...]:
        """Move the ends of several codings, each to its own span; those that are there already stay.

        One that comes to lie where its coder has the same code becomes one with it, as in `recode`. Raises
        UsageError for a coding in review and for a span that its text does not have.
        """
        with self._store.writing():
            wanted = {self.find_any(name): span for name, span in spans.items()}
            if len(wanted) < max(len(spans), 1):
                raise UsageError("Name at least one coding, and each once.")
            self._refuse_others(tuple(wanted))
            for coding, span in wanted.items():
                self._check_span(coding, span)
            moved = {c: span for c, span in wanted.items() if span != (c.start, c.end)}
            if not moved:
                raise UsageError(f"{_these(tuple(wanted), 'covers', 'cover')} {_span(wanted)} already.")
            operation = resize_passages(
                codings={c.uid: ((c.start, c.end), span) for c, span in moved.items()},
                summary=_resizing(moved),
            )
            into = self._commit_joined(operation)
            return self.read(tuple(dict.fromkeys(into.get(one.uid, one.uid) for one in wanted)))

    @overload
    def describe(self, names: str, **attributes: Any) -> Coding: ...  # noqa: ANN401 - each has its own type
    @overload
    def describe(self, names: Names, **attributes: Any) -> tuple[Coding, ...]: ...  # noqa: ANN401 - as above
    def describe(self, names: str | Names, **attributes: Any) -> Coding | tuple[Coding, ...]:
        """Record the same with codings: any of memo, valence, stance, voice, weight, key; None takes it away.

        Raises UsageError for a value that is none, and where nothing would change.
        """
        check_attributes(**attributes)
        after = {name: _stored(name, value) for name, value in attributes.items()}
        with self._store.writing():
            codings = self._several(names)
            held = self._fields([coding.uid for coding in codings])
            before = {uid: {name: fields.get(name) for name in after} for uid, fields in held.items()}
            differing = {uid: fields for uid, fields in before.items() if _differs(fields, after)}
            if not differing:
                raise UsageError(f"{_these(codings, 'has', 'have')} that already.")
            changed = [coding for coding in codings if coding.uid in differing]
            summary = f"Changed {', '.join(after)} of {_codes(changed)} in {_place(changed)}"
            self._commit(describe_passages(codings=differing, after=after, summary=summary))
            return self._changed(names, codings)

    @overload
    def remove(self, names: str) -> Coding: ...
    @overload
    def remove(self, names: Names) -> tuple[Coding, ...]: ...
    def remove(self, names: str | Names) -> Coding | tuple[Coding, ...]:
        """Take codings away and return what they were."""
        with self._store.writing():
            codings = self._several(names)
            fields = self._fields([coding.uid for coding in codings])
            summary = f"Took {_codes(codings)} away from {_place(codings)}"
            self._commit(uncode_passages(codings=fields, summary=summary))
        return codings[0] if isinstance(names, str) else codings

    def _several(self, names: str | Names) -> tuple[Coding, ...]:
        found = (self.find_any(names),) if isinstance(names, str) else self.find_all(names)
        if not found:
            raise UsageError("Say which codings.")
        self._refuse_others(found)
        return found

    def _refuse_others(self, codings: Sequence[Coding]) -> None:
        # A layer somebody else has touched is no independent judgement, and agreement with it no finding.
        if self._project.mode != INDEPENDENT:
            return
        mine = fold_name(self._project.coder)
        others = [coding.coder for coding in codings if fold_name(coding.coder) != mine]
        if others:
            whose = ", ".join(f"{name}’s" for name in dict.fromkeys(others))
            verb = "is" if len(others) == 1 else "are"
            message = f"Coders work independently here, and {len(others)} of these {verb} {whose}."
            raise ConflictError(message, hint="Each changes their own codings.")

    def _commit_joined(self, operation: Operation) -> Mapping[str, str]:
        """Write an act that moves codings, and return into which others those went that met their like."""
        with self._store.reading() as connection:
            joined = join_twins(connection, operation.changes, agreeing=True)
        self._commit(replace(operation, changes=joined.changes, summary=f"{operation.summary}{joined.told}"))
        return joined.into

    def _changed(
        self, names: str | Names, codings: Sequence[Coding], into: Mapping[str, str] | None = None
    ) -> Coding | tuple[Coding, ...]:
        found = self.read(tuple(dict.fromkeys((into or {}).get(one.uid, one.uid) for one in codings)))
        return found[0] if isinstance(names, str) else found

    def _check_span(self, coding: Coding, span: Span) -> None:
        if coding.state != "placed":
            hint = f"qualcase review move {short_uid(coding.uid)} A:B"
            raise UsageError("That coding is in review: its place is settled there.", hint=hint)
        SpanPlace(*span).spans(self._project.sources.text_by_handle(coding.source), ())


def _stored(name: str, value: Any) -> Any:  # noqa: ANN401 - each attribute has its own type
    if name == "key":
        return int(bool(value))
    return None if value == "" else value


def _differs(before: Fields, after: Fields) -> bool:
    # Who has never said that a quotation is a key one has said that it is none.
    return any((before[name] or 0 if name == "key" else before[name]) != after[name] for name in after)


def _place(codings: Sequence[Coding]) -> str:
    if len(codings) == 1:
        return f"{codings[0].source} {codings[0].start}:{codings[0].end}"
    sources = {coding.source for coding in codings}
    where = f"in {sources.pop()}" if len(sources) == 1 else f"in {len(sources)} sources"
    return f"{len(codings)} passages {where}"


def _codes(codings: Sequence[Coding]) -> str:
    codes = {coding.code for coding in codings}
    return codes.pop() if len(codes) == 1 else f"{len(codes)} codes"


def _these(codings: Sequence[Coding], one: str = "is", many: str = "are") -> str:
    return f"That passage {one}" if len(codings) == 1 else f"All {len(codings)} passages {many}"


def _span(wanted: Mapping[Coding, Span]) -> str:
    start, end = next(iter(wanted.values()))
    return f"{start}:{end}" if len(wanted) == 1 else "those spans"


def _resizing(moved: Mapping[Coding, Span]) -> str:
    if len(moved) > 1:
        return f"Resized {_codes(tuple(moved))} on {_place(tuple(moved))}"
    coding, (start, end) = next(iter(moved.items()))
    return f"Resized {coding.code} in {coding.source} from {coding.start}:{coding.end} to {start}:{end}"
