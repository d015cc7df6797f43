"""Where two coders differ, as rows and sentences, and their agreement as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from qualcase.triangulation.agreement import AgreementReport, CodeAgreement
    from qualcase.triangulation.disagreements import Disagreement
    from qualcase.tui.codes import CodeList
    from qualcase.tui.widgets.lines import Line

NOT_BLIND = "not blind: nobody guarded here who saw whose codings before."
_GUESS = {
    "boundary": "Both used the code, on different characters.",
    "level": "The other used a code above or below it.",
    "different code": "The other used another code here.",
    "missed": "The other gave this passage no code like it.",
}
# What a guess is called in a narrow column.
_SHORT = {"different code": "other code"}
_NAME = 15
_FIGURES = ("both", "first", "second", "neither", "%", "kappa", "alpha", "pos.")
_WIDTHS = (7, 6, 7, 8, 6, 7, 7, 6)


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that two coders did not code alike, with its words and its 1-based line."""

    found: Disagreement
    words: str
    line: int

    @property
    def id(self) -> str:
        """What names it as long as the two code as they do."""
        found = self.found
        return f"{found.source}:{found.code}:{found.start}:{found.end}"


def columns(pair: tuple[str, str]) -> tuple[Column, ...]:
    """Return the columns for two coders."""
    first, second = pair
    return (
        Column("source", 6),
        Column("line", 4, numbers=True),
        Column("code", 12),
        Column(first, 11),
        Column(second, 11),
        Column("seems", 10),
        Column("words"),
    )


def difference_row(one: Difference) -> Row:
    """Return a difference as a row: what each of the two gave the passage."""
    found = one.found
    cells = (
        found.source,
        f"{one.line:,}",
        found.code,
        _given(found, 0),
        _given(found, 1),
        _SHORT.get(found.kind, found.kind),
        one.words,
    )
    return Row(one.id, cells, (None, one.line, found.code, *cells[3:5], found.kind, one.words.casefold()))


def difference_lines(one: Difference, pair: tuple[str, str], codes: CodeList, width: int) -> list[Line]:
    """Return in sentences who coded what, a guess at why they differ, and the words."""
    found = one.found
    lines = fold(f"“{one.words}”", width, "plain")[:3]
    for number, name in enumerate(pair):
        extents = (found.first, found.second)[number]
        places = ", ".join(f"{start}–{end}" for start, end in extents)
        if extents:
            lines += fold(f"{name} coded {places} as {codes.name(found.code)}.", width, "strong")
        elif found.other_code:
            lines += fold(f"{name} coded it as {codes.name(found.other_code)} instead.", width, "strong")
        else:
            lines += fold(f"{name} did not code it so.", width, "strong")
    return [*lines, *fold(_GUESS[found.kind], width, "dim")]


def agreement_lines(report: AgreementReport, width: int) -> list[Line]:
    """Return the agreement of two coders, code by code; the figures stand without a verdict."""
    lines = fold(f"{' and '.join(report.coders)}, compared character by character; {NOT_BLIND}", width, "dim")
    lines += [(), ((_row("code", _FIGURES), "strong"),)]
    used = [one for one in report.codes if one.units != one.neither]
    lines += [((_row(one.code, _figures(one)), "plain"),) for one in used]
    if not used:
        lines += fold("Neither has used a code in the sources compared.", width, "plain")
    lines.append(())
    told = [note for note in report.notes if note != "not blind"]
    told += [f"{one.code}: {one.note}" for one in used if one.note]
    told.append("first, second: only the one or the other; pos.: of what either coded so, how much both did.")
    return lines + [line for note in told for line in fold(note, width, "dim")]


def _given(found: Disagreement, coder: int) -> str:
    extents = (found.first, found.second)[coder]
    if extents:
        (start, _), (_, end) = extents[0], extents[-1]
        return f"{start}–{end}"
    return found.other_code or "·"


def _figures(one: CodeAgreement) -> tuple[str, ...]:
    coefficients = (one.cohen_kappa, one.krippendorff_alpha, one.positive_agreement)
    counts = (one.both, one.first, one.second, one.neither)
    percent = None if one.percent is None else one.percent * 100
    return (*map(str, counts), _figure(percent, 100, 1), *(_figure(value, 1, 3) for value in coefficients))


def _figure(value: float | None, whole: int, places: int) -> str:
    if value is None:
        return "–"
    # What falls short of the whole is not rounded up to it.
    short = f">{whole - 10**-places:.{places}f}".replace(">0.", ">.")
    shown = f"{value:.{places}f}"
    return (
        short
        if value < whole and float(shown) >= whole
        else "0." + "0" * places
        if float(shown) == 0
        else shown
    )


def _row(name: str, figures: tuple[str, ...]) -> str:
    kept = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return f"{kept:{_NAME}}" + "".join(f"{one:>{width}}" for one, width in zip(figures, _WIDTHS, strict=True))
