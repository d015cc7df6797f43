"""The retrieved-segments report: coded passages under what they are grouped by, each with its provenance."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.display import Cell, Column, Display, Row, not_reported
from qualcase.model.errors import UsageError
from qualcase.reports.markdown_text import escape
from qualcase.reports.quotations import distribution_note, provenance
from qualcase.reports.registry import render
from qualcase.reports.templating import environment
from qualcase.reports.wording import MINUS, manifest_line, plural
from qualcase.text.name_order import name_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcase.model.display import Manifest
    from qualcase.reports.quotations import Quotation

GROUPS = ("code", "source", "speaker", "coder", "phase")
PLAIN = "code"  # What pages are grouped by, and tables ordered by, where nothing is asked for.
OUTSIDE = "outside the phases"
GROUP = Column("group", "group")
COLUMNS = (
    Column("quotation", "quotation"), Column("code", "code"), Column("speaker", "speaker"),
    Column("source", "source"), Column("lines", "lines"), Column("said", "said"), Column("about", "about"),
    Column("coder", "coder"), Column("valence", "valence"), Column("memo", "memo"),
)  # fmt: skip
CONTEXT = (Column("before", "before"), Column("after", "after"))


class UnknownGroupError(UsageError):
    """Passages cannot be grouped by that."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Passages cannot be grouped by “{name}”.", hint=f"Choose among {', '.join(GROUPS)}."
        )


def passages(quotations: Sequence[Quotation], manifest: Manifest, group_by: str | None = None) -> Display:
    """Return the passages as a display: one row each, or where they are grouped, one in each of its groups.

    The first column is then the group; without `group_by` they are in the order of their codes.
    """
    grouped = group_passages(quotations, group_by or PLAIN)
    around = any(quotation.before or quotation.after for quotation in quotations)
    placed = [(name, quotation) for name, members in grouped.items() for quotation in members]
    if group_by is None:
        placed = [("", quotation) for quotation in dict.fromkeys(quotation for _, quotation in placed)]
    rows = tuple(_row(quotation, around=around) for _, quotation in placed)
    columns = COLUMNS + CONTEXT if around else COLUMNS
    if group_by is not None:
        rows, columns = _with_groups(rows, [name for name, _ in placed]), (GROUP, *columns)
    passages_there = plural(len({quotation for _, quotation in placed}), "passage")
    title = f"Coded passages{_asked(manifest)} by {group_by or PLAIN}: {passages_there}"
    notes = _notes(quotations, grouped, group_by or PLAIN)
    return Display("codings", title, manifest, columns, rows, notes, None, "passage")


def _with_groups(rows: Sequence[Row], names: Sequence[str]) -> tuple[Row, ...]:
    """Return rows with their groups before their cells; a row that is there again has an id of its own."""
    seen: Counter[str] = Counter()
    found = []
    for row, name in zip(rows, names, strict=True):
        seen[row.id] += 1
        uid = row.id if seen[row.id] == 1 else f"{row.id}.{seen[row.id]}"
        found.append(replace(row, id=uid, cells=(_cell(name), *row.cells)))
    return tuple(found)


def _asked(manifest: Manifest) -> str:
    """Return of which code the passages are, where one was asked for: a printed page must say it itself."""
    code = next((one.partition(": ")[2] for one in manifest.filters if one.startswith("code: ")), "")
    if not code:
        return ""
    return f" of {code} and the codes below it," if "subtree: True" in manifest.filters else f" of {code}"


def group_passages(quotations: Sequence[Quotation], group_by: str = "code") -> dict[str, list[Quotation]]:
    """Return group → passages, groups by name (S2 before S10), passages as given; raises UnknownGroupError.

    Phases may overlap: a passage stands under each that its source lies in.
    """
    if group_by not in GROUPS:
        raise UnknownGroupError(group_by)
    groups: dict[str, list[Quotation]] = {}
    for quotation in quotations:
        for name in _groups(quotation, group_by):
            groups.setdefault(name, []).append(quotation)
    return dict(sorted(groups.items(), key=lambda item: (item[0] == OUTSIDE, name_order(item[0]), item[0])))


def render_passages(
    quotations: Sequence[Quotation],
    manifest: Manifest,
    format: str,  # noqa: A002 -- the word users know
    group_by: str | None = None,
) -> str:
    """Return the report: HTML and Markdown as quotations to be read, any other format as a table.

    Pages are grouped by code where nothing else is asked for; a table tells groups where they are.
    """
    display = passages(quotations, manifest, group_by)
    by = group_by or PLAIN
    groups = {
        _heading(name, members, by): members for name, members in group_passages(quotations, by).items()
    }
    if format == "html":
        template = environment().get_template("passages.html.j2")
        return template.render(display=display, groups=groups, repeated=_repeated(groups))
    return _markdown(display, groups) if format == "md" else render(display, format)


def _repeated(groups: Mapping[str, Sequence[Quotation]]) -> set[tuple[str, str]]:
    """Return the (group, id) of passages that stand in a group above too: an anchor may be there once."""
    seen: set[str] = set()
    again: set[tuple[str, str]] = set()
    for name, members in groups.items():
        again |= {(name, one.id) for one in members if one.id in seen}
        seen |= {one.id for one in members}
    return again


def _heading(name: str, members: Sequence[Quotation], group_by: str) -> str:
    known = {"code": members[0].code_name, "source": members[0].source_title}.get(group_by, "")
    return f"{name} {known}" if known and known != name else name


def _groups(quotation: Quotation, group_by: str) -> tuple[str, ...]:
    if group_by == "phase":
        return quotation.phases or (OUTSIDE,)
    if group_by == "speaker":
        return (quotation.who,)
    found: str = getattr(quotation, group_by)
    return (found or "not reported",)


def _row(quotation: Quotation, *, around: bool) -> Row:
    lines = quotation.lines and "–".join(str(line) for line in dict.fromkeys(quotation.lines))
    if quotation.in_review:
        lines = "in review"
    known = (
        quotation.code, quotation.who, quotation.source, lines, quotation.said, quotation.about,
        quotation.coder, quotation.valence, quotation.memo,
    )  # fmt: skip
    evidence = (quotation.evidence,) if quotation.evidence else ()
    context = (" ".join(part.split()) for part in (quotation.before, quotation.after) if around)
    cells = (Cell(quotation.text, quotation.words, evidence), *map(_cell, (*known, *context)))
    return Row(quotation.id, quotation.id, cells)


def _cell(value: str | None) -> Cell:
    return Cell(value, value) if value else not_reported()


def _notes(
    quotations: Sequence[Quotation], grouped: Mapping[str, Sequence[Quotation]], group_by: str
) -> tuple[str, ...]:
    places = Counter(quotation for members in grouped.values() for quotation in members)
    several = sum(count > 1 for count in places.values())
    repeated = (
        f"{several} of {plural(len(places), 'passage')} {'stands' if several == 1 else 'stand'} under more "
        f"than one {group_by}: the groups together hold {places.total()}."
    )
    note = distribution_note(quotations)
    return (*((repeated,) if several else ()), *((note,) if note else ()))


def _markdown(display: Display, groups: dict[str, list[Quotation]]) -> str:
    lines = [f"# {escape(display.title)}", ""]
    for name, members in groups.items():
        lines += [f"## {escape(name)} ({len(members)})", ""]
        for quotation in members:
            lines += _quotation(quotation)
    lines += [line for note in display.notes for line in (f"Note: {escape(note)}", "")]
    return "\n".join([*lines, f"*{escape(manifest_line(display.manifest))}*"]) + "\n"


def _quotation(quotation: Quotation) -> list[str]:
    sign = f" {MINUS}" if quotation.valence == "-" else ""
    record = " | ".join((quotation.id, *provenance(quotation)))
    memo = [">", f"> memo: {escape(quotation.memo)}"] if quotation.memo else []
    words = f"{_run_in(quotation.lead)}“{escape(quotation.words)}”{sign}{_run_in(quotation.trail)}"
    return [f"> {words}", ">", f"> {escape(record)}", *memo, ""]


def _run_in(text: str) -> str:
    # What is escaped loses the blanks at its ends.
    return f"{' ' * text.startswith(' ')}{escape(text)}{' ' * text.endswith(' ')}"
