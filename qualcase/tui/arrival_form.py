"""What can be said of files before they come in: the questions, what was found, and what cannot be taken."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from qualcase.model.errors import QualcaseError
from qualcase.model.source import SOURCE_KINDS
from qualcase.readers.speaker_pattern import compile_pattern
from qualcase.reports.wording import plural
from qualcase.text.edtf import read_edtf
from qualcase.tui.dialogues.form import Field, FormScreen
from qualcase.tui.paths import read_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.tui.arrivals import Arrivals, Newcomer

_TABLE = "A CSV with the column file and any of date, kind, case, informant, minutes, title."
_ASKED = {
    "kind": ("Kind", f"One of {', '.join(SOURCE_KINDS)}. Empty: as found."),
    "date": ("Date", "No more exact than is known: 2009-06, 2008-23 (autumn), 2006/2007. Empty: as found."),
    "case": ("Case", "The case it speaks of; several with a semicolon between. Empty: as found."),
    "informant": ("Informant", "Who was spoken with. Empty: as found."),
    "speakers": (
        "Speakers",
        "A pattern for the labels, as I|P\\d for “I:” and “P1:”; none for no turns; empty: found by itself.",
    ),
    "encoding": ("Encoding", "As utf-8 or cp1252. Empty: found by itself."),
}


def ask_of_file(arrivals: Arrivals, file: Newcomer) -> FormScreen:
    """Return the questions on one file, over what was found in it."""
    fields = _fields(arrivals.said(file))
    return FormScreen(f"What is {file.path.name}?", fields, about=_found(file), check=check_answers)


def ask_of_all(arrivals: Arrivals) -> FormScreen:
    """Return the questions on all files, with the table that speaks for each of them."""
    fields = [*_fields(arrivals.common), Field("table", "Table", str(arrivals.metadata or ""), _TABLE)]
    return FormScreen("What are all of these?", fields, check=check_answers)


def check_answers(answers: Mapping[str, str]) -> str:
    """Return a sentence on the first answer that cannot be taken, or an empty text."""
    try:
        if answers["date"]:
            read_edtf(answers["date"])
        if answers["speakers"] and answers["speakers"].casefold() != "none":
            compile_pattern(answers["speakers"])
        if answers["encoding"]:
            codecs.lookup(answers["encoding"])
    except QualcaseError as fault:
        return fault.message
    except LookupError:
        return f"There is no encoding “{answers['encoding']}”."
    table = answers.get("table")
    return f"There is no file {table}." if table and not read_path(table).is_file() else ""


def _fields(said: Mapping[str, str]) -> list[Field]:
    return [
        Field(name, label, said.get(name, ""), about, SOURCE_KINDS if name == "kind" else ())
        for name, (label, about) in _ASKED.items()
    ]


def _found(file: Newcomer) -> str:
    seen = file.preview
    if seen is None:
        return ""
    facts = [seen.kind.replace("_", " "), seen.date or "no date", *seen.cases]
    facts += [f"informant {seen.informant}"] if seen.informant else []
    return f"Found: {', '.join(facts)}, {plural(len(seen.speakers), 'speaker')}, {seen.encoding}."
