"""The desk of rounds: how far independent coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.project.desk import Desk
from qualcase.project.independence import HIDDEN_CODINGS, INDEPENDENT, sight_of, told_hidden
from qualcase.storage.store import fold_name
from qualcase.text.labelled import with_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.coding.frame import CodedData, SpanColumns
    from qualcase.model.coding import Coding
    from qualcase.model.source import Source
    from qualcase.triangulation.agreement import AgreementReport
    from qualcase.triangulation.disagreements import Disagreement
    from qualcase.triangulation.spans import CodedSpans, Units


class Rounds(Desk):
    """Independent coding, compared."""

    def coders_with_codings(self) -> tuple[str, ...]:
        """Return the coders who have coded anything, in the order of their first act."""
        data = self._project.codings.data(everyone=True)
        present = set(data.codings.coder.tolist())
        return tuple(name for number, name in enumerate(data.coders) if number in present)

    def hidden(self) -> str:
        """Return the sentence that says that others' codings are not shown yet; empty if all are."""
        return HIDDEN_CODINGS if told_hidden(self._project) else ""

    def others_in(self, source: Source) -> tuple[tuple[Coding, ...], tuple[str, ...]]:
        """Return the other coders' codings in a source, and the names of those whose codings stay hidden.

        Where coders work independently (mode `coding-reliability`), one sees another's once both have marked
        the source as coded through. Raises UsageError where the acting coder has not.
        """
        source = self._project.sources.find(source.handle)
        mine = fold_name(self._project.coder)
        found = [one for one in self._project.codings.all_in_source(source) if fold_name(one.coder) != mine]
        sight = sight_of(self._project)
        if sight is None:
            return tuple(found), ()
        if mine not in {fold_name(name) for name in source.done}:
            message = (
                f"Coders work independently here: mark {source.handle} as coded through to see the others'."
            )
            raise UsageError(message, hint=f"qualcase source done {source.handle}")
        hidden = dict.fromkeys(one.coder for one in found if not sight.sees(source.handle, one.coder))
        return tuple(one for one in found if one.coder not in hidden), tuple(hidden)

    def agreement(
        self,
        coders: Sequence[str] | None = None,
        unit: str = "character",
        rule: str = "any",
        *,
        without_interviewer: bool = False,
    ) -> AgreementReport:
        """Compare coders' own layers over the sources that all marked done, else those that all coded.

        Accepted suggestions are left out: they are nobody's unaided judgement. Refused in reflexive mode.
        """
        from dataclasses import replace  # noqa: PLC0415 - with the numpy rooms below

        from qualcase.triangulation.agreement import check_request, measure_agreement  # noqa: PLC0415 - loads numpy

        self._refuse_reflexive()
        names = self._names(coders)
        check_request(names, unit, rule)
        data = self._project.codings.data(sentences=True, unaided=True, everyone=True)
        scope, basis = _scope(data, names)
        spans, units = _arrays(data, names, scope, unit, without_interviewer=without_interviewer)
        codes = tuple(code.id for code in data.codes)
        report = measure_agreement(spans, units, coders=names, codes=codes, unit=unit, rule=rule)
        left_out = _left_out(self._project.codings.data(everyone=True), names, scope)
        return replace(report, notes=("not blind", basis, *report.notes, *left_out))

    def disagreements(self, coders: Sequence[str] | None = None) -> tuple[Disagreement, ...]:
        """Return every passage that only one of two coders gave a code, with its likely type.

        Where coders work independently, as far as the acting coder may see it now; see `differences`.
        """
        self._refuse_reflexive()
        if self._project.mode == INDEPENDENT:
            return self.differences(self._names(coders))
        names = self._names(coders)
        data = self._project.codings.data(unaided=True, everyone=True)
        scope, _ = _scope(data, names)
        return _differences(data, names, scope)

    def differences(self, coders: Sequence[str]) -> tuple[Disagreement, ...]:
        """Return what `disagreements` does, as far as the acting coder may see it now.

        Where coders work independently, that is in the sources that both and the acting coder have marked as
        coded through; UsageError where there is none.
        """
        if self._project.mode != INDEPENDENT:
            return self.disagreements(coders)
        names = self._names(coders)
        data = self._project.codings.data(unaided=True, everyone=True)
        mine = (*names, self._project.coder)
        scope = [place for place, source in enumerate(data.sources) if _all_done(source, mine)]
        if not scope:
            message = f"Coders work independently here: no source is marked as coded through by {_and(mine)}."
            raise UsageError(message, hint="Mark your sources as coded through; then differences are shown.")
        return _differences(data, names, scope)

    def _refuse_reflexive(self) -> None:
        if self._project.mode == "reflexive":
            raise UsageError(
                "This project is in reflexive mode, in which codings are not compared by coefficients.",
                hint="Record a second reading as memos.",
            )

    def _names(self, coders: Sequence[str] | None) -> tuple[str, ...]:
        known = {fold_name(name): name for name in self._project.coders()}
        if coders is None:
            names = self.coders_with_codings()
            if len(names) < 2:  # noqa: PLR2004 - agreement takes two
                raise UsageError(
                    "Single coder; intercoder agreement not computed.",
                    hint="A second coder has to code as well.",
                )
            if len(names) > 2:  # noqa: PLR2004
                hint = f"Name two or more with --coders A,B: {', '.join(names)}."
                raise UsageError(f"{len(names)} coders have coded here.", hint=hint)
            return names
        for name in coders:
            if fold_name(name) not in known:
                raise UnknownNameError("coder", name, hint=f"The coders: {', '.join(known.values())}.")
        return tuple(known[fold_name(name)] for name in coders)


def _differences(data: CodedData, names: tuple[str, ...], scope: list[int]) -> tuple[Disagreement, ...]:
    from qualcase.triangulation.disagreements import list_disagreements  # noqa: PLC0415 - loads numpy

    spans, units = _arrays(data, names, scope, "character", without_interviewer=False)
    codes = tuple(code.id for code in data.codes)
    parents = {code.id: code.parent for code in data.codes}
    return list_disagreements(spans, sources=units.names, codes=codes, parents=parents)


def _and(names: Sequence[str]) -> str:
    known = list({fold_name(name): name for name in names}.values())
    return f"{', '.join(known[:-1])} and {known[-1]}"


def _left_out(data: CodedData, names: tuple[str, ...], scope: Sequence[int]) -> Iterator[str]:
    """Yield how many accepted suggestions these coders have in these sources, where they have any."""
    columns, coders = data.codings, {data.coders.index(name) for name in names if name in data.coders}
    rows = zip(columns.source.tolist(), columns.coder.tolist(), columns.unaided.tolist(), strict=True)
    number = sum(source in scope and coder in coders and not unaided for source, coder, unaided in rows)
    if number == 1:
        yield "1 accepted suggestion is left out: it is not an unaided coding"
    elif number:
        yield f"{number} accepted suggestions are left out: they are not unaided codings"


def _scope(data: CodedData, names: tuple[str, ...]) -> tuple[list[int], str]:
    """Return the positions of the sources to compare over, and why those."""
    done = [place for place, source in enumerate(data.sources) if _all_done(source, names)]
    if done:
        return done, f"over the {_sources(done)} that all marked as coded through"
    columns = data.codings
    coded = [set(columns.source[columns.coder == data.coders.index(name)].tolist()) for name in names]
    both = sorted(set.intersection(*coded))
    if not both:
        raise UsageError(f"There is no source that {' and '.join(names)} have both coded.")
    return both, f"over the {_sources(both)} that all have coded (none is marked as coded through by all)"


def _sources(places: Sequence[int]) -> str:
    return "1 source" if len(places) == 1 else f"{len(places)} sources"


def _all_done(source: Source, names: tuple[str, ...]) -> bool:
    done = {fold_name(name) for name in source.done}
    return all(fold_name(name) in done for name in names)


def _arrays(
    data: CodedData, names: tuple[str, ...], scope: list[int], unit: str, *, without_interviewer: bool
) -> tuple[CodedSpans, Units]:
    import numpy as np  # noqa: PLC0415 - most commands do not need it

    from qualcase.triangulation.spans import CodedSpans, Stretches, Units  # noqa: PLC0415 - loads numpy

    place = np.full(len(data.sources), -1, dtype=np.int64)
    place[scope] = np.arange(len(scope))
    coder = np.full(len(data.coders), -1, dtype=np.int64)
    coder[[data.coders.index(name) for name in names]] = np.arange(len(names))
    columns = data.codings
    kept = np.zeros(len(columns.source), dtype=np.bool_)
    if len(kept):
        kept = (place[columns.source] >= 0) & (coder[columns.coder] >= 0)
    spans = CodedSpans(
        columns.start[kept],
        columns.end[kept],
        columns.code[kept],
        coder[columns.coder[kept]],
        place[columns.source[kept]],
    )
    stretches = Stretches.from_rows(_stretches(data, scope, unit))
    excluded = Stretches.from_rows(_questions(data, scope) if without_interviewer else ())
    lengths = np.array([data.sources[number].characters for number in scope], dtype=np.int64)
    handles = tuple(data.sources[number].handle for number in scope)
    return spans, Units(handles, lengths, stretches, excluded)


def _stretches(data: CodedData, scope: list[int], unit: str) -> Iterator[tuple[int, int, int]]:
    """Yield (source, start, end) of the sentences or turns to be compared, labels included."""
    if unit in {"sentence", "turn"}:
        for number, source in enumerate(scope):
            sentences = _spans(data.sentences, source)
            spans = sentences if unit == "sentence" else _spans(data.turns, source)
            for start, end in with_labels(data.texts[source], spans, sentences):
                yield number, start, end


def _questions(data: CodedData, scope: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (source, start, end) of the interviewers' turns, labels included."""
    asking = {number for number, name in enumerate(data.speakers) if name in data.interviewers}
    for number, source in enumerate(scope):
        turns, speakers = _spans(data.turns, source), data.turns.speaker[data.turns.source == source]
        whole = with_labels(data.texts[source], turns, _spans(data.sentences, source))
        for (start, end), speaker in zip(whole, speakers.tolist(), strict=True):
            if speaker in asking:
                yield number, start, end


def _spans(columns: SpanColumns, source: int) -> list[tuple[int, int]]:
    own = columns.source == source
    return list(zip(columns.start[own].tolist(), columns.end[own].tolist(), strict=True))
