"""Memos as lines and rows, and what a memo can be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.identity import short_uid
from qualcase.project.memos import MEMO_KINDS
from qualcase.tui.dialogues.pick import Entry
from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.coding import Memo, Wording
    from qualcase.project.project import Project
    from qualcase.tui.codes import CodeList
    from qualcase.tui.widgets.lines import Line

_SUMMARY = 200
_ABOUT_KINDS = {
    "analytic": "what the material seems to mean",
    "methodological": "how something was done, and why",
    "reflexive": "one's own part in it: the reflexivity register",
    "question": "what is still to be asked",
    "tension": "what pulls in two directions",
}


def day_of(moment: str) -> str:
    """Return the day of a moment."""
    return moment[:10]


def memo_row(memo: Memo) -> Row:
    """Return a memo as a row: kind, what it is about, by whom, when, its first words."""
    about = _place(memo)
    words = " ".join(memo.text.split())[:_SUMMARY]
    day = day_of(memo.created_at)
    values = (memo.kind, about.casefold(), memo.by.casefold(), memo.created_at, words.casefold())
    return Row(memo.uid, (memo.kind, about, memo.by, day, words), values)


def memo_lines(memo: Memo, codes: CodeList, width: int) -> list[Line]:
    """Return a memo whole, with what it is about and the words it is on, what it names and what names it."""
    about = f"passage {_place(memo)}" if memo.source else _place(memo)
    at, uid = day_of(memo.created_at), short_uid(memo.uid)
    head = f"{memo.kind} memo on {about} · {memo.by} · {at} · {uid}"
    lines = [*fold(head, width, "strong"), *_quote_lines(memo, width), ()]
    for paragraph in memo.text.split("\n"):
        lines += fold(paragraph, width, "plain") if paragraph else [()]
    if memo.links:
        named = (_named(kind, name, codes) for kind, name in memo.links)
        lines += [(), *fold(f"names {', '.join(named)}", width, "dim")]
    if memo.linked_from:
        lines += fold(f"named by {', '.join(f'memo {name}' for name in memo.linked_from)}", width, "dim")
    return lines


def _place(memo: Memo) -> str:
    if memo.about is None:
        return "the project"
    return memo.about[1] if memo.source else " ".join(memo.about)


def _quote_lines(memo: Memo, width: int) -> list[Line]:
    if memo.quote is None:
        return []
    lines = fold(f"“{' '.join(memo.quote.split())}”", width, "key")
    doubt = "The text was corrected; where these words are now waits in review (g, then r)."
    return lines + (fold(doubt, width, "warn") if memo.state == "review" else [])


def wording_lines(wordings: Sequence[Wording], width: int) -> list[Line]:
    """Return every wording with who wrote it and when, the newest first."""
    lines: list[Line] = []
    for one in reversed(wordings):
        lines += fold(f"{one.at[:16].replace('T', ' ')} {one.coder}", width, "strong")
        for paragraph in one.text.split("\n"):
            lines += fold(paragraph, width, "plain")
        lines.append(())
    return lines


def kind_entries() -> list[Entry]:
    """Return the kinds of memo to choose from."""
    return [Entry(kind, kind, _ABOUT_KINDS.get(kind, "")) for kind in MEMO_KINDS]


def subject_entries(project: Project) -> list[Entry]:
    """Return all that a memo can be about by name, the project first; codings get theirs where they lie."""
    entries = [Entry("project", "the project", project.name)]
    for book in project.codebook.all():
        entries += [
            Entry(f"code:{one.id}", f"code {one.id} {one.name}", one.definition) for one in book.codes
        ]
    entries += [
        Entry(f"source:{one.handle}", f"source {one.handle} {one.title or one.name}", one.kind)
        for one in project.sources.list()
    ]
    entries += [Entry(f"case:{name}", f"case {name}") for name in project.cases.list()]
    entries += [Entry(f"event:{one.id}", f"event {one.id} {one.title}") for one in project.events.list()]
    return entries + [Entry(f"coder:{name}", f"coder {name}") for name in project.coders()]


def _named(kind: str, name: str, codes: CodeList) -> str:
    return f"code {name} ({codes.name(name)})" if kind == "code" else f"{kind} {name}"
