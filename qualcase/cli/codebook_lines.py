"""Codebooks as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.model.identity import short_uid
from qualcase.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qualcase.codebook.checks import Finding
    from qualcase.codebook.versions import CodebookVersion
    from qualcase.model.code import Code, Codebook, Crosswalk
    from qualcase.triangulation.recode import Rereading


def book_lines(book: Codebook, usage: Mapping[str, int]) -> Iterator[str]:
    """Yield a codebook as a tree of codes, with how often each was used."""
    from qualcase.codebook.tree import depths  # noqa: PLC0415 - not where JSON is printed

    yield f"{book.id}, version {book.version}: {book.title}"
    depth = depths(book)
    for code in book.codes:
        used = f"  ({plural(usage[code.id], 'coding')})" if code.id in usage else ""
        status = "" if code.status == "active" else f"  [{code.status}]"
        yield f"{'  ' * (depth[code.id] + 1)}{code.id}  {code.name}{used}{status}"


def code_lines(code: Code, usage: Mapping[str, int]) -> Iterator[str]:
    """Yield all that is laid down about one code."""
    yield f"{code.id}  {code.name}"
    under = f", under {code.parent}" if code.parent else ""
    yield f"  {code.kind}, {code.status}{under}, {plural(usage.get(code.id, 0), 'coding')}"
    if code.definition:
        yield f"  {code.definition}"
    parts = {
        "include": code.include,
        "exclude": code.exclude,
        "phrases": code.key_phrases,
        "examples": code.examples,
    }
    for name, items in parts.items():
        if items:
            yield f"  {name}:"
            yield from (f"    {item}" for item in items)
    if code.note:
        yield f"  note: {code.note}"


def version_lines(versions: Iterable[CodebookVersion], *, several: bool) -> Iterator[str]:
    """Yield the life of codebooks, or of a code, a sentence or two for each version."""
    from qualcase.codebook.narration import tell  # noqa: PLC0415 - not where JSON is printed

    for version in versions:
        head = f"{version.codebook} {version.number}" if several else f"Version {version.number}"
        yield f"{head}. {tell(version)}"


def rereading_lines(waiting: Sequence[Rereading]) -> Iterator[str]:
    """Yield what is to be read again, by code, and how to say that it was."""
    from qualcase.text.visible import make_visible_line  # noqa: PLC0415 - not where JSON is printed

    if not waiting:
        yield "Nothing is to be read again."
        return
    for code in dict.fromkeys(one.code for one in waiting):
        mine = [one for one in waiting if one.code == code]
        versions = sorted({one.changed_in for one in mine if one.merged is None})
        changed = f", whose meaning changed in version {versions[-1]}" if versions else ""
        yield f"{code}{changed}: {len(mine):,} to be read again."
        for one in mine:
            name = one.id if one.kind == "event" else short_uid(one.id)
            where = (
                f"{one.source} {one.start}:{one.end}" if one.source and one.start is not None else "no source"
            )
            made = f"version {one.made_under}" if one.made_under else "an unknown version"
            made += ", made without knowing of that" if one.made_under > one.changed_in else ""
            made += f", as {one.merged}" if one.merged else ""
            by = f" by {one.coder}" if one.coder else ""
            yield f"  {name}  {one.kind}  {where}{by}, under {made}{f': {one.title}' if one.title else ''}"
            if one.quote:
                yield f"    “{make_visible_line(' '.join(one.quote.split()))}”"
    yield "`qualcase codebook confirm ID…` says that they hold, `--as CODE` that they are another code."


def crosswalk_lines(crosswalks: Iterable[Crosswalk]) -> Iterator[str]:
    """Yield crosswalks row by row; an empty side is a gap."""
    shown = False
    for crosswalk in crosswalks:
        shown = True
        yield f"{crosswalk.id}: {crosswalk.title} ({crosswalk.left} | {crosswalk.right})"
        for row in crosswalk.rows:
            left, right = (", ".join(side) or "nothing" for side in (row.left, row.right))
            filled = f", filled by {row.filled_by}" if row.filled_by else ""
            yield f"  {left}  |  {right}  ({row.relation}{filled})"
            if row.note:
                yield f"      {row.note}"
    if not shown:
        yield "There is no crosswalk between the codebooks of this project."


def finding_shape(book: Codebook, finding: Finding) -> dict[str, Any]:
    """Return a finding of the check with the ids of the codes that it is about."""
    codes = [book.codes[index].id for index in finding.where]
    return {"codebook": book.id, "level": finding.level, "message": finding.message, "codes": codes}
