"""What search and query have in common: questions from a file, a caret under what is wrong, shapes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcase.coding.queries.errors import BadQueryError
from qualcase.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.model.retrieval import Passage, SavedQuestion, SavedSet
    from qualcase.project.search import Hit

_MOST_BYTES = 1 << 20


def read_question(given: str) -> str:
    """Return a question as it was typed, or for `@FILE` the words of that file."""
    if not given.startswith("@") or given == "@":
        return given
    path = Path(given[1:])
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it cannot be the name of one"
        hint = "To look for these words themselves, put a blank before them."
        raise InputError(f"{path} cannot be read: {why}.", hint=hint) from None
    if len(data) > _MOST_BYTES:
        raise InputError(f"{path} is too long for a question.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not text in UTF-8.") from None


@contextmanager
def pointing() -> Iterator[None]:
    """Show where a question cannot be understood, before the error itself is told."""
    try:
        yield
    except BadQueryError as fault:
        for line in fault.picture():
            click.echo(line, err=True)
        raise


def hit_shape(hit: Hit) -> dict[str, Any]:
    """Return a hit as `search` prints it; `start` and `end` are offsets in its source."""
    return {
        "source": hit.source, "start": hit.start, "end": hit.end, "snippet": hit.snippet, "quote": hit.quote,
        "speaker": hit.speaker,
    }  # fmt: skip


def passage_shape(passage: Passage) -> dict[str, Any]:
    """Return a passage as `query` prints it; `evidence` are ids of codings."""
    return {
        "source": passage.source,
        "start": passage.start,
        "end": passage.end,
        "snippet": " ".join(f"{passage.before}{passage.quote}{passage.after}".split()),
        "quote": passage.quote,
        "codes": passage.codes,
        "coders": passage.coders,
        "speaker": passage.speaker,
        "evidence": passage.evidence,
    }


def question_shape(question: SavedQuestion) -> dict[str, Any]:
    """Return a kept question with who kept it."""
    return {
        "name": question.name, "query": question.expression, "coder": question.coder,
        "created_at": question.created_at,
    }  # fmt: skip


def set_shape(one: SavedSet) -> dict[str, Any]:
    """Return a set with the handles or ids of its members."""
    return {"name": one.name, "kind": one.kind, "members": one.members}
