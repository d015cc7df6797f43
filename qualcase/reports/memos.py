"""The register of memos: who noted what, when, on what, and how the wording changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.display import Cell, Column, Display, Row, not_reported
from qualcase.model.identity import short_uid
from qualcase.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcase.model.coding import Memo, Wording
    from qualcase.model.display import Manifest

_TITLES = {"reflexive": "Reflexivity register", "question": "Open questions"}
_COLUMNS = (
    Column("date", "date"),
    Column("author", "author"),
    Column("kind", "kind"),
    Column("about", "bears on"),
    Column("memo", "memo"),
    Column("names", "names"),
    Column("before", "earlier wordings"),
)


def memo_register(
    memos: Sequence[Memo],
    wordings: Mapping[str, Sequence[Wording]],
    manifest: Manifest,
    kind: str | None = None,
) -> Display:
    """Return memos as a display, one row each, in the order given; `wordings` by id, the oldest first."""
    title = _TITLES.get(kind or "", f"{kind.capitalize()} memos" if kind else "Memos")
    rows = tuple(_row(memo, wordings.get(memo.uid, ())) for memo in memos)
    name = "reflexivity-register" if kind == "reflexive" else "memos"
    return Display(name, f"{title}: {plural(len(rows), 'memo')}", manifest, _COLUMNS, rows, (), None, "memo")


def _row(memo: Memo, wordings: Sequence[Wording]) -> Row:
    earlier = "; ".join(f"{one.at[:10]} {one.coder}: “{one.text}”" for one in wordings[:-1])
    names = ", ".join(f"{kind} {name}" for kind, name in memo.links)
    about = " ".join(memo.about) if memo.about else "the project"
    values = (memo.created_at[:10], memo.coder, memo.kind, about, memo.text, names, earlier)
    cells = tuple(Cell(value, value) if value else not_reported() for value in values)
    return Row(memo.uid, short_uid(memo.uid), cells)
