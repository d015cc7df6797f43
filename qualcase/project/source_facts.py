"""Correcting what is known of a source: what was wrong at import need not stay wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.acts.source import describe_source
from qualcase.model.errors import UsageError
from qualcase.model.source import SOURCE_KINDS
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from qualcase.model.operation import Fields, Operation
    from qualcase.model.source import Source

# The basis of a date that a person gave after the import; who it was stands in the journal.
SAID = "coder"
_LONGEST_TITLE = 400


def correct_source(
    source: Source,
    *,
    title: str | None = None,
    kind: str | None = None,
    date: str | None = None,
    informant: str | None = None,
    minutes: float | str | None = None,
) -> Operation | None:
    """Return the operation that corrects a source, or None where nothing differs.

    None leaves a fact as it is, an empty text says that it is not known. Raises UsageError for a kind or a
    duration that cannot be, and for a date that is not EDTF.
    """
    after: Fields = {}
    if title is not None:
        after["title"] = _title(title, source.name)
    if kind is not None:
        if kind not in SOURCE_KINDS:
            hint = f"Choose one of {', '.join(SOURCE_KINDS)}."
            raise UsageError(f"“{kind}” is not a kind of source.", hint=hint)
        after["kind"] = kind
    if date is not None:
        after |= _date(date.strip())
    if informant is not None:
        after["informant"] = " ".join(informant.split()) or None
    if minutes is not None:
        after["minutes"] = _minutes(minutes)
    changed = {name: value for name, value in after.items() if getattr(source, name) != value}
    if set(changed) <= {"date_basis"}:
        return None
    before: Fields = {name: getattr(source, name) for name in changed}
    told = ", ".join(name for name in changed if name not in {"earliest", "latest", "date_basis"})
    summary = f"Corrected {source.handle}: {told}"
    return describe_source(source=source.uid, before=before, after=changed, summary=summary)


def _date(written: str) -> Fields:
    if not written:
        return {"date": None, "earliest": None, "latest": None, "date_basis": None}
    bounds = read_edtf(written)
    return {"date": written, "earliest": bounds.earliest, "latest": bounds.latest, "date_basis": SAID}


def _title(written: str, otherwise: str) -> str:
    title = " ".join(written.split()) or otherwise
    if len(title) > _LONGEST_TITLE:
        raise UsageError(f"{len(title)} characters are too many for a title.")
    return title


def _minutes(given: float | str) -> float | None:
    if isinstance(given, str) and not given.strip():
        return None
    try:
        minutes = float(given)
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes < float("inf"):
        raise UsageError(f"{given} is not a number of minutes.")
    return minutes
