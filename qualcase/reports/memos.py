"""The register of memos: who noted what, when, on what, and how the wording changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.display import Cell, Column, Display, Row, not_reported
from qualcase.model.identity import short_uid
from qualcase.reports.quotations import provenance
from qualcase.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcase.model.coding import Memo, Wording
    from qualcase.model.display import Manifest
    from qualcase.reports.quotations import Quotation

_TITLES = {"reflexive": "Reflexivity register", "question": "Open questions"}
_COLUMNS = (
    Column("date", "date"),
    Column("author", "author"),
    Column("kind", "kind"),
    Column("about", "bears on"),
    Column("passage", "passage"),
    Column("memo", "memo"),
    Column("names", "names"),
    Column("before", "earlier wordings"),
)


def memo_register(
    memos: Sequence[Memo],
    passages: Mapping[str, Quotation],
    wordings: Mapping[str, Sequence[Wording]],
    manifest: Manifest,
    kind: str | None = None,
) -> Display:
    """Return memos as a display, one row each, in the order given.

    `passages` are the words that memos are on, and `wordings` what memos have said, the oldest first; both
    by the memo's id.
    """
    title = _TITLES.get(kind or "", f"{kind.capitalize()} memos" if kind else "Memos")
    rows = tuple(_row(memo, passages.get(memo.uid), wordings.get(memo.uid, ())) for memo in memos)
    name = "reflexivity-register" if kind == "reflexive" else "memos"
    return Display(name, f"{title}: {plural(len(rows), 'memo')}", manifest, _COLUMNS, rows, (), None, "memo")


def _row(memo: Memo, passage: Quotation | None, wordings: Sequence[Wording]) -> Row:
    earlier = "; ".join(f"{one.at[:10]} {one.coder}: “{one.text}”" for one in wordings[:-1])
    names = ", ".join(f"{kind} {name}" for kind, name in memo.links)
    about = " ".join(memo.about) if memo.about else "the project"
    words = _quoted(memo, passage) if passage else ""
    values = (memo.created_at[:10], memo.by, memo.kind, about, words, memo.text, names, earlier)
    cells = tuple(Cell(value, value) if value else not_reported() for value in values)
    return Row(memo.uid, short_uid(memo.uid), cells)


def _quoted(memo: Memo, passage: Quotation) -> str:
    doubt = "; its place is in doubt" if memo.state == "review" else ""
    return f"“{passage.words}” ({', '.join(provenance(passage))}{doubt})"
