"""What the import screen says of files that may come in, as rows and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.wording import plural
from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from qualcase.model.source import Source
    from qualcase.project.preview import LabelStyle, Preview, PreviewPart
    from qualcase.tui.arrivals import Arrivals, Newcomer
    from qualcase.tui.widgets.lines import Line

ROOMY = 130
_MARKS = {"comes": "", "in": "✓", "unread": "…", "refused": "×", "left out": "–", "there": "=", "twin": "="}
_OTHERS = {
    "unread": "not read yet (…)",
    "refused": "refused (×)",
    "left out": "left out (–)",
    "there": "there already (=)",
    "twin": "twice here (=)",
}
_SPEAKERS_SHOWN = 12
_BAR = 24
_BASES = {
    "option": "as you said",
    "metadata": "from the table",
    "file": "from the file",
    "file name": "from the file's name",
    "document properties": "from the document's properties",
}
_KINDS = _BASES | {"its turns": "it has turns", "it has no turns": "it has no turns"}
_TABLE = "It looks like a table of dates and kinds of other files: a, Table, lets it speak for them."
_OPTIONS = (
    ("import it with --speakers PATTERN or --speakers none", "e changes it"),
    ("import it with --speakers PATTERN, a pattern", "e takes a pattern"),
    ("given with --speakers", "for speakers"),
    ("--speakers PATTERN", "e, Speakers,"),
    ("--encoding", "e, Encoding,"),
    ("--text-column", "on the command line, --text-column"),
)
_NARROW = (
    Column("", 1),
    Column("File"),
    Column("Words", 7, numbers=True),
    Column("Turns", 5, numbers=True),
    Column("Speakers", 8, numbers=True),
    Column("Date", 10),
    Column("Kind", 11),
)
_WIDE = (*_NARROW[:2], Column("Format", 6), *_NARROW[2:], Column("Case", 16), Column("Note"))


def columns(width: int) -> tuple[Column, ...]:
    """Return the columns of the table, more of them where there is room."""
    return _NARROW if width < ROOMY else _WIDE


def row(arrivals: Arrivals, file: Newcomer, width: int) -> Row:
    """Return a file as a row."""
    seen = file.preview or file.source
    mark = _MARKS[arrivals.fate(file)] or ("!" if seen and seen.warnings else "")
    form = seen.format if seen else file.path.suffix.lstrip(".").lower()
    head, extra = (mark, file.path.name), (form, "; ".join(seen.cases) if seen else "", _note(arrivals, file))
    cells, values = (
        _measures(seen) if seen else (("", "", "", "", "refused" if file.refusal else ""), (None,) * 5)
    )
    sorted_by = (mark, file.path.name.casefold())
    if width < ROOMY:
        return Row(str(file.path), (*head, *cells), (*sorted_by, *values))
    return Row(str(file.path), (*head, form, *cells, *extra[1:]), (*sorted_by, form, *values, *extra[1:]))


def _measures(seen: Preview | Source) -> tuple[tuple[str, ...], tuple[str | float | None, ...]]:
    speakers, kind = len(seen.speakers), seen.kind.replace("_", " ")
    cells = (f"{seen.words:,}", f"{seen.turns:,}", f"{speakers:,}", seen.date or "–", kind)
    return cells, (seen.words, seen.turns, speakers, seen.date, kind)


def count_line(arrivals: Arrivals) -> str:
    """Return how many files would come in, and what becomes of the others, with the marks they have."""
    fates = [arrivals.fate(one) for one in arrivals.files]
    words = sum(one.preview.words for one in arrivals.coming if one.preview)
    noted = sum(bool(one.preview and one.preview.warnings) for one in arrivals.coming)
    parts = [f"{fates.count('in')} taken in (✓)"] if "in" in fates else []
    parts += (
        [f"{fates.count('comes')} would come in ({plural(words, 'word')})"]
        if "comes" in fates or not parts
        else []
    )
    parts += [f"{noted} noted (!)"] if noted else []
    for fate, name in _OTHERS.items():
        parts += [f"{fates.count(fate)} {name}"] if fate in fates else []
    return ", ".join(parts)


def about_lines(arrivals: Arrivals, file: Newcomer, width: int) -> list[Line]:
    """Return what a file would become: its facts with their basis, warnings, labels, and its first turns."""
    lines: list[Line] = [((file.path.name, "strong"), (_fate_words(arrivals, file), "warn"))]
    if file.refusal:
        return [*lines, *fold(f"× {_here(file.refusal)}", width, "warn")]
    if file.preview is None:
        return lines if file.source else [*lines, (("… reading", "dim"),)]
    seen = file.preview
    lines += fold(_facts(arrivals, file, seen), width, "plain")
    lines += fold(_speakers(seen), width, "plain")
    for warning in seen.warnings:
        lines += fold(f"! {_here(warning)}", width, "warn")
    if file.source is None and _is_table(seen):
        lines += fold(f"! {_TABLE}", width, "warn")
    heading = "As it would be stored:" if file.source is None else "As it is stored:"
    return [*lines, ((heading, "strong"),), *_part_lines(seen, width)]


def progress_line(done: int, total: int, seconds: float, name: str) -> Line:
    """Return how far an import has come: a bar, how many, how fast, how long still."""
    full = _BAR * done // total if total else 0
    rate = done / seconds if seconds > 0 else 0.0
    pace = f" · {rate:,.1f} a second · {_span((total - done) / rate)} left" if rate and done < total else ""
    words = f" {done:,} of {plural(total, 'file')}{pace} · "
    bar = " " + "█" * full + "░" * (_BAR - full)
    return ((bar, "key"), (words, "plain"), ("Esc", "key"), (f" stops · {name}", "plain"))


def _note(arrivals: Arrivals, file: Newcomer) -> str:
    if file.refusal:
        return file.refusal
    if words := _fate_words(arrivals, file):
        return words.removeprefix(" · ")
    return file.preview.warnings[0] if file.preview and file.preview.warnings else ""


def _fate_words(arrivals: Arrivals, file: Newcomer) -> str:
    fate, twin = arrivals.fate(file), arrivals.twin(file)
    if fate == "in" and file.source:
        return f" · taken in as {file.source.handle}; Enter codes it"
    if fate == "there" and file.preview:
        return f" · the same content is there already as {file.preview.same_as}; it is passed over"
    if fate == "twin" and twin:
        return f" · the same content as {twin.path.name}; it is passed over"
    return {"left out": " · left out; x takes it in again", "refused": " · refused"}.get(fate, "")


def _is_table(seen: Preview) -> bool:
    heading = seen.parts[0].text.casefold() if seen.format in {"csv", "tsv"} and seen.parts else ""
    return "file" in {cell.strip() for cell in heading.replace("\t", "|").split("|")}


def _here(sentence: str) -> str:
    # The readers name options of the command line; here a key asks for the same.
    for option, key in _OPTIONS:
        sentence = sentence.replace(option, key)
    return sentence


def _facts(arrivals: Arrivals, file: Newcomer, seen: Preview) -> str:
    basis = "as you said" if "kind" in arrivals.said(file) else _KINDS.get(seen.bases.get("kind", ""), "")
    dated = seen.date_basis or ""
    parts = [
        seen.kind.replace("_", " ") + (f" ({basis})" if basis else ""),
        f"{seen.date} ({_BASES.get(dated, dated)})" if seen.date else "no date found",
        f"{seen.format}, {seen.encoding}",
        plural(seen.words, "word"),
        plural(seen.turns, "turn") if seen.turns else "no turns",
    ]
    parts += [f"case {'; '.join(seen.cases)}"] if seen.cases else []
    parts += [f"informant {seen.informant}"] if seen.informant else []
    return " · ".join(parts)


def _speakers(seen: Preview) -> str:
    if not seen.speakers:
        turns = "Turns without names" if seen.turns else "No speakers: it is kept in paragraphs"
        return f"{turns}. If people do speak in it, e tells how they are labelled."
    shown = ", ".join(f"{name} {turns:,}" for name, turns in seen.speakers[:_SPEAKERS_SHOWN])
    more = f" and {len(seen.speakers) - _SPEAKERS_SHOWN} more" if len(seen.speakers) > _SPEAKERS_SHOWN else ""
    return f"Speakers: {shown}{more}. {_labels(seen.labels)}"


def _labels(labels: LabelStyle | None) -> str:
    if labels is None:
        return ""
    example = f", as “{labels.example}”" if labels.example else ""
    return f"Labels: {labels.title}{example} ({labels.sure})."


def _part_lines(seen: Preview, width: int) -> list[Line]:
    lines: list[Line] = []
    for part in seen.parts:
        lines += _part(part, width)
    more = seen.turns > sum(part.kind == "turn" for part in seen.parts)
    return [*lines, (("… and so on", "dim"),)] if more else lines


def _part(part: PreviewPart, width: int) -> list[Line]:
    # The head of a turn is drawn apart, so that what is a label and what is speech can be told.
    stamp = f"{part.timestamp} " if part.timestamp else ""
    kind = "" if part.kind in {"turn", "paragraph"} else f"[{part.kind}] "
    head = f"{stamp}{part.speaker or ''}{kind}"
    indent = "  "
    body = fold(" ".join(part.text.split()), width, "dim" if kind else "plain", indent)
    return [((head, "speaker"),), *body] if head.strip() else body


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
