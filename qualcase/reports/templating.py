"""The one template environment: everything is escaped, and nothing that acts is let through unseen."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from qualcase.reports.evidence import anchor
from qualcase.reports.narrative import bounds_words, date_words, place_words
from qualcase.reports.quotations import provenance
from qualcase.reports.wording import MINUS, cell_text, is_number, manifest_line, row_heading, shared_evidence
from qualcase.text.visible import make_visible


def visible(value: object) -> object:
    """Return a datum with control characters made visible; what a template itself made stays as it is."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else make_visible(value)


@cache
def environment() -> Environment:
    """Return the environment that every page is made in."""
    made = Environment(
        loader=PackageLoader("qualcase.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        anchor=lambda identity, kind: anchor(kind, identity),
        bounds=lambda event: bounds_words(event.date),
        cell_text=cell_text,
        heading=row_heading,
        manifest_line=manifest_line,
        place=place_words,
        provenance=provenance,
        shared_evidence=shared_evidence,
        when=lambda event: date_words(event.date),
    )
    made.tests.update(number=is_number)
    made.globals.update(MINUS=MINUS)
    return made
